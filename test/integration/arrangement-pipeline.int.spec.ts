import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { partIdOf, scheduleUnder, type ArrangedSchedule } from '../../src/core/arrangement/schedule.js';
import { parseScenario } from '../../src/core/scenario/scenario.parse.js';
import type { FeedItem } from '../../src/core/wire/feed.js';
import type { Report } from '../../src/core/wire/report.js';
import type { RunView } from '../../src/core/wire/run.js';
import { ArrangementsService } from '../../src/modules/runs/arrangements.service.js';
import { PROJECT_ROOT } from '../../src/platform/config/project-root.js';
import { Client } from '../support/client.js';
import { eventually } from '../support/eventually.js';
import { tempFiles, type TempFiles } from '../support/temp-files.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { queryAsAdmin } from '../support/test-database.js';

const SEED = 42;
const RECORD_DIGEST = '62145f6c3fa1b0e7c840288d2200fdda31682794d2116334fc479861c7d1dda3';
/** What is asked of the pipeline at speed 1. */
const WITHIN_MS = 250;

const PLAYED = [
  ['yeonpyeong-2010', 'as-it-was'],
  ['yeonpyeong-2010', 'tisa-relay'],
  ['yeonpyeong-2010', 'realtime-hub'],
  ['yeonpyeong-2010', 'none'],
  ['notice-and-clash', 'gsomia-direct'],
  ['notice-and-clash', 'full-mesh'],
] as const;

/** Twelve seconds in which Seoul learns of a launch and the others by machine. */
const SHORT = `
format: triwatch/scenario/1
id: short-sharing
kind: fictional
job: exercise
subject: missile
names: { ja-JP: 短い訓練, ko-KR: 짧은 훈련, en-US: Short drill }
summary: { ja-JP: 架空。, ko-KR: 가상., en-US: Invented. }
timeZone: Asia/Seoul
parties: [JP, KR, US]
actors:
  control: { names: { ja-JP: 統裁部, ko-KR: 통제단, en-US: Exercise control } }
chapters:
  - id: all
    names: { ja-JP: 全部, ko-KR: 전체, en-US: All }
    from: 2031-05-20T09:00:00+09:00
    to: 2031-05-20T09:00:12+09:00
    default: true
timeline:${[1, 2, 3]
  .map(
    (second) => `
  - id: event-${second}
    kind: report
    time: { precision: exact, at: '2031-05-20T09:00:0${second}+09:00' }
    actor: control
    texts: { ja-JP: { headline: 事象 }, ko-KR: { headline: 상황 }, en-US: { headline: Event } }
    known: [{ who: KR, at: '2031-05-20T09:00:0${second}+09:00', precision: exact, basis: scripted }]`,
  )
  .join('')}
`;

describe('a run under an arrangement', () => {
  let service: TestApp;
  let files: TempFiles;
  let control: Client;

  beforeAll(async () => {
    files = await tempFiles();
    await files.write('short-sharing/scenario.yaml', SHORT);
    for (const id of ['yeonpyeong-2010', 'notice-and-clash']) {
      await files.write(`${id}/scenario.yaml`, await scenarioText(id));
    }
    service = await startTestApp({ scenariosDir: files.folder });
    control = await Client.signIn(service.url, 'controller');
    // Together, since each takes as long as its clock: the tests below look at what was played.
    await Promise.all(PLAYED.map(([scenario, arrangement]) => played(scenario, arrangement)));
  }, 120_000);
  afterAll(async () => {
    await service?.stop();
    await files?.remove();
  });

  const play = async (scenario: string, arrangement: string, speed = 3600): Promise<RunView> => {
    const wanted = { scenario, arrangement, speed, seed: SEED };
    const { status, body } = await control.post<RunView>('/runs', wanted);
    expect({ status, body }).toMatchObject({ status: 201 });
    await eventually(
      `the run under ${arrangement} ends`,
      async () => (await control.get<RunView>(`/runs/${body.id}`)).body.clock.state === 'ended',
      90_000,
    );
    return body;
  };
  const runs = new Map<string, Promise<RunView>>();
  const played = (scenario: string, arrangement: string): Promise<RunView> => {
    const key = `${scenario} ${arrangement}`;
    const run = runs.get(key) ?? play(scenario, arrangement);
    runs.set(key, run);
    return run;
  };
  const report = async (run: RunView): Promise<Report> => (await control.get<Report>(`/runs/${run.id}/report`)).body;
  const items = async (run: RunView, audience: string): Promise<FeedItem[]> =>
    (await control.get<{ items: FeedItem[] }>(`/runs/${run.id}/feeds/${audience}/items?limit=500`)).body.items;

  const expected = async (text: string, arrangement: string): Promise<ArrangedSchedule> => {
    const parsed = parseScenario(text);
    if (!('scenario' in parsed)) {
      throw new Error(`The scenario is not right: ${parsed.faults[0]?.message}`);
    }
    const chapter = parsed.scenario.chapters.find((each) => each.default)!;
    const arrangements = service.app.get(ArrangementsService, { strict: false });
    const network = arrangements.networkOf(arrangements.find(arrangement));
    return scheduleUnder(parsed.scenario, chapter, network, SEED);
  };

  it.each(PLAYED.filter(([, arrangement]) => arrangement !== 'as-it-was'))(
    'plays %s under %s exactly as the propagation function says, in run time',
    async (scenario, arrangement) => {
      const run = await played(scenario, arrangement);
      const told = await queryAsAdmin<{ line: string }>(
        service.database,
        `SELECT concat_ws(' ', due_at, audience, item_id, version) AS line FROM feed_items WHERE run_id = $1 AND audience <> 'control'`,
        [run.id],
      );
      // A later version that came first leaves an earlier one untold; the record of the run says so.
      const { suppressed } = await report(run);
      const superseded = suppressed
        .filter(({ audience, step }) => audience !== 'control' && step === 'deliver')
        .map(({ dueAt, audience, id, version }) => `${Date.parse(dueAt)} ${audience} ${id} ${version}`);
      const schedule = await expected(await scenarioText(scenario), arrangement);
      const rows = schedule.rows.filter(({ audience, step }) => audience !== 'control' && step === 'deliver');
      expect(rows.length).toBeGreaterThan(20);
      // What the run makes by itself (a verdict, a missed deadline) is not scheduled.
      const ids = new Set(rows.map(({ itemId }) => itemId));
      expect([...told.map(({ line }) => line), ...superseded].filter((line) => ids.has(line.split(' ')[2]!)).sort()).toEqual(
      rows.map(({ dueAt, audience, itemId, version }) => `${dueAt} ${audience} ${itemId} ${version}`).sort(),
    ); // prettier-ignore
    },
  );

  it('keeps the record as it was, byte for byte', async () => {
    expect((await report(await played('yeonpyeong-2010', 'as-it-was'))).digest).toBe(RECORD_DIGEST);
  });

  it('shows three fields and nothing else of what passed the hub, in three languages', async () => {
    const run = await played('yeonpyeong-2010', 'realtime-hub');
    const part = (await items(run, 'jp')).find(({ id }) => id === partIdOf(SEED, 'first-barrage', 'jp'));
    expect(part?.body).toMatchObject({
      known: { basis: 'arrangement' },
      severity: 'Extreme',
      part: {
        version: 1,
        fields: ['impact-point'],
        withheld: ['time', 'place', 'actor', 'narrative'],
        impactPoint: { latitude: 37.66667, longitude: 125.69639 },
      },
    });
    expect(part?.body.texts['ja-JP']?.headline).toBe(
      '【再現】着弾予測地点：延坪島（大延坪島）（北緯37.67度、東経125.70度）【再現】',
    );
    expect(part?.body.texts['ko-KR']?.headline).toContain('탄착 예상지점: 연평도(대연평도)');
    // Neither who fired, nor when, nor any word or source of the record.
    expect(JSON.stringify(part)).not.toMatch(
      /first-barrage|hub-kr-in|KPA|shells|砲弾|포탄|"event"|"actor":|"conflicts"|05:34:00/,
    );
    const whole = (await items(run, 'jp')).find(({ id }) => id === 'first-barrage');
    expect(whole?.body.known).toMatchObject({ at: '2010-11-23T06:10:00.000Z', basis: 'recorded' });
  });

  it('counts a part as knowing in the report', async () => {
    const { knew } = await report(await played('yeonpyeong-2010', 'realtime-hub'));
    const cells = knew.find(({ id }) => id === 'first-barrage')?.audiences ?? [];
    const jp = cells.find(({ audience }) => audience === 'jp');
    expect(jp?.delayMs).toBeLessThan(61_000);
  });

  it('refuses an arrangement that is not there', async () => {
    const { status, body } = await control.post('/runs', { scenario: 'yeonpyeong-2010', arrangement: 'nowhere' });
    expect({ status, body }).toMatchObject({ status: 422, body: { code: 'ARRANGEMENT_UNKNOWN' } });
  });

  it(`tells at speed 1 within ${WITHIN_MS} ms of wall time`, async () => {
    const rows = (await expected(SHORT, 'full-mesh')).rows.filter(({ audience }) => audience !== 'control');
    expect(rows.length).toBeGreaterThan(3);
    let worst = Infinity;
    // A machine under load may hold a process up for longer than that; what the pipeline adds shows in the best of three.
    for (let attempt = 0; attempt < 3 && worst > WITHIN_MS; attempt += 1) {
      const run = await play('short-sharing', 'full-mesh', 1);
      const told = await queryAsAdmin<{ due_at: string; real_at: Date }>(
        service.database,
        `SELECT due_at, real_at FROM feed_items WHERE run_id = $1 AND audience <> 'control'`,
        [run.id],
      );
      expect(told).toHaveLength(rows.length);
      const { realAt, runAt } = run.clock;
      const late = told.map((item) => item.real_at.getTime() - Date.parse(realAt) - (Number(item.due_at) - Date.parse(runAt)));
      expect(Math.min(...late)).toBeGreaterThanOrEqual(0);
      worst = Math.max(...late);
    } // prettier-ignore
    expect(worst).toBeLessThanOrEqual(WITHIN_MS);
  }, 60_000);
});

const scenarioText = (id: string): Promise<string> =>
  readFile(join(PROJECT_ROOT, 'scenarios', id, 'scenario.yaml'), 'utf8');
