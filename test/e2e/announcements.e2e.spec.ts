import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import type { FeedItem } from '../../src/core/wire/feed.js';
import { SignInService } from '../../src/modules/parties/sign-in.service.js';
import { PROJECT_ROOT } from '../../src/platform/config/project-root.js';
import { Client } from '../support/client.js';
import { DeskSocket } from '../support/desk-socket.js';
import { eventually } from '../support/eventually.js';
import { ANNOUNCEMENT, MEMORIAL, SCENARIO } from '../support/requests.js';
import { DEMO_PASSWORD, startTestApp, type TestApp } from '../support/test-app.js';
import { queryAsAdmin } from '../support/test-database.js';
import { tempFiles, type TempFiles } from '../support/temp-files.js';

interface Announced {
  id: string;
  run: string;
  version: number;
  code: string;
  check: { regime: string; findings: { rule: string; verdict: string; detail: string }[] };
}

const HOUR_MS = 3_600_000;
const AUDIENCES = ['jp', 'kr', 'us', 'control'];
const UNANNOUNCED = 'unannounced-launch';

/** A window that opens in so many hours and stays open for so many. */
const window = (opensInHours: number, openHours: number): { windowStart: string; windowEnd: string } => {
  const startAt = Date.now() + opensInHours * HOUR_MS;
  return {
    windowStart: new Date(startAt).toISOString(),
    windowEnd: new Date(startAt + openHours * HOUR_MS).toISOString(),
  };
};

describe('announcements', () => {
  let service: TestApp;
  let files: TempFiles;
  let controller: Client;
  let officer: Client;

  beforeAll(async () => {
    files = await tempFiles();
    const shipped = await readFile(join(PROJECT_ROOT, 'scenarios', SCENARIO, 'scenario.yaml'), 'utf8');
    await files.write(`${SCENARIO}/scenario.yaml`, shipped);
    await files.write(`${UNANNOUNCED}/scenario.yaml`, withoutNotices(shipped));
    service = await startTestApp({ scenariosDir: files.folder });
    controller = await Client.signIn(service.url, 'controller');
    officer = await Client.signIn(service.url, 'us-indopacom');
  });
  afterAll(async () => {
    await service?.stop();
    await files?.remove();
  });

  const verdicts = ({ findings }: Announced['check']): Record<string, string> =>
    Object.fromEntries(findings.map(({ rule, verdict }) => [rule, verdict]));
  const fine = { FIELDS: 'met', SCOPE: 'met', LEAD: 'met', WINDOW: 'met' };

  it.each<[string, object, Record<string, string>]>([
    ['in time, short and complete', window(25, 24), fine],
    ['less than a day before its window opens', window(23.5, 24), { ...fine, LEAD: 'broken' }],
    ['after its window has opened', window(-1, 24), { ...fine, LEAD: 'broken' }],
    ['for more than four days', window(25, 97), { ...fine, WINDOW: 'broken' }],
    ['without a launch area', { ...window(25, 24), launchArea: undefined }, { ...fine, FIELDS: 'broken' }],
    ['without an impact area', { ...window(25, 24), impactAreas: [] }, { ...fine, FIELDS: 'broken' }],
    ['of a class that the regime does not reach', { ...window(25, 24), vehicleClass: 'SRBM' }, { ...fine, SCOPE: 'broken' }],
    ['of a class that it does not tell', { ...window(25, 24), vehicleClass: undefined }, { ...fine, SCOPE: 'cannot-tell' }],
  ])('are checked: one %s', async (_, change, expected) => {
    const { status, body } = await officer.post<Announced>('/announcements', { ...ANNOUNCEMENT, ...change });
    expect(status).toBe(201);
    expect(body).toMatchObject({ run: 'live', version: 1, check: { regime: 'us-ussr-1988' } });
    expect(verdicts(body.check)).toEqual(expected);
    // Asked later, the lead still counts from when the notice was received.
    const later = await officer.post<Announced['check']>(`/announcements/${body.id}/check`);
    expect(later.status).toBe(200);
    expect(verdicts(later.body)).toEqual(expected);
    expect(later.body.findings.every(({ detail }) => detail.endsWith('.'))).toBe(true);
  }); // prettier-ignore

  it('reach every desk with who announces and how they stand', async () => {
    const { body } = await officer.post<Announced>('/announcements', { ...ANNOUNCEMENT, note: 'Routine' });
    for (const desk of ['jp-cas', 'kr-jcs', 'us-usfk']) {
      const { token } = await Client.signIn(service.url, desk);
      const socket = await DeskSocket.open(service.url, { token, run: 'live', desk });
      const item = await socket.item('the notice', ({ id }) => id === body.id);
      socket.close();
      expect(item.kind).toBe('announcement');
      expect(item.body).toMatchObject({
        mode: 'test',
        note: 'Routine',
        announcement: { by: 'US', windowStart: ANNOUNCEMENT.windowStart, check: body.check },
      });
      expect(Object.keys(item.body.texts).sort()).toEqual(['en-US', 'ja-JP', 'ko-KR']);
    }
  });

  it('are made by a desk for its own party, and by a controller for the party it names', async () => {
    const send = (by: Client, body: object): Promise<{ status: number; body: Announced }> =>
      by.post<Announced>('/announcements', { ...ANNOUNCEMENT, ...body });
    expect((await send(officer, { by: 'US' })).status).toBe(201);
    expect(await send(officer, { by: 'KR' })).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
    expect(await send(controller, {})).toMatchObject({ status: 422, body: { code: 'PARTY_REQUIRED' } });
    expect((await send(controller, { by: 'KR' })).status).toBe(201);
  });

  it('are checked by the desk that made them and by controllers alone', async () => {
    const { body } = await officer.post<Announced>('/announcements', ANNOUNCEMENT);
    const other = await Client.signIn(service.url, 'us-usfk');
    const path = `/announcements/${body.id}/check`;
    expect(await other.post(path)).toMatchObject({ status: 404, body: { code: 'ANNOUNCEMENT_NOT_FOUND' } });
    expect((await controller.post(path)).status).toBe(200);
    expect(await controller.post(`${path}?regime=none`)).toMatchObject({ status: 404, body: { code: 'REGIME_NOT_FOUND' } });
  }); // prettier-ignore

  /** What each audience of `live` was told of an announcement: its versions with what they do. */
  async function told(id: string): Promise<Record<string, string[]>> {
    const versions: Record<string, string[]> = {};
    for (const audience of AUDIENCES) {
      const { body } = await controller.get<{ items: FeedItem[] }>(`/runs/live/feeds/${audience}/items?limit=500`);
      const items = body.items.filter((item) => item.id === id);
      versions[audience] = items.map(
        ({ version, body: { announcement } }) => `${version} ${announcement?.stage ?? 'announce'}`,
      );
    }
    return versions;
  }
  const everywhere = (versions: string[]): object => Object.fromEntries(AUDIENCES.map((each) => [each, versions]));

  it('are amended, reported on after the act, or cancelled, and then nothing follows', async () => {
    const { body } = await officer.post<Announced>('/announcements', ANNOUNCEMENT);
    const path = `/announcements/${body.id}`;
    const longer = { ...ANNOUNCEMENT, windowEnd: '2051-05-30T09:00:00+09:00' };
    const amended = await officer.post<Announced>(`${path}/amend`, longer);
    expect(amended).toMatchObject({ status: 201, body: { version: 2 } });
    expect(verdicts(amended.body.check).WINDOW).toBe('broken');
    const early = { occurredAt: '2051-05-20T10:00:00+09:00', outcome: 'as-announced' };
    expect(await officer.post(`${path}/report`, early)).toMatchObject({ status: 409, body: { code: 'REPORT_TOO_EARLY' } });
    const report = { occurredAt: '2024-05-20T10:00:00+09:00', outcome: 'in-part' };
    expect((await officer.post(`${path}/report`, report)).status).toBe(201);
    expect(await officer.post(`${path}/amend`, longer)).toMatchObject({ status: 409, body: { code: 'ANNOUNCEMENT_OVER' } });
    await eventually('everybody is told', async () => (await told(body.id)).jp?.length === 3);
    expect(await told(body.id)).toEqual(everywhere(['1 announce', '2 amend', '3 report']));

    const other = await officer.post<Announced>('/announcements', ANNOUNCEMENT);
    const cancel = `/announcements/${other.body.id}/cancel`;
    expect((await officer.post(cancel, { note: 'Weather' })).status).toBe(201);
    expect(await officer.post(cancel, {})).toMatchObject({ status: 409, body: { code: 'ANNOUNCEMENT_CANCELLED' } });
    const stranger = await Client.signIn(service.url, 'kr-jcs');
    expect(await stranger.post(cancel, {})).toMatchObject({ status: 404, body: { code: 'ANNOUNCEMENT_NOT_FOUND' } });
  }); // prettier-ignore

  it('belong to the desk that made them, whoever sits there and whoever amends them', async () => {
    await service.app
      .get(SignInService)
      .saveAccounts([
        { username: 'next-shift', displayName: 'Next', role: 'officer', desk: 'us-indopacom', password: DEMO_PASSWORD },
      ]);
    const { body } = await officer.post<Announced>('/announcements', ANNOUNCEMENT);
    const path = `/announcements/${body.id}`;
    expect(await controller.post(`${path}/amend`, ANNOUNCEMENT)).toMatchObject({ status: 201, body: { version: 2 } });
    expect(await officer.post(`${path}/amend`, ANNOUNCEMENT)).toMatchObject({ status: 201, body: { version: 3 } });
    const nextShift = await Client.signIn(service.url, 'next-shift');
    expect(await nextShift.post(`${path}/cancel`, {})).toMatchObject({ status: 201, body: { version: 4 } });
    expect(await officer.post(`${path}/cancel`, {})).toMatchObject({ status: 409, body: { code: 'ANNOUNCEMENT_CANCELLED' } });
  }); // prettier-ignore

  it('under an embargo are told to nobody else until a named person releases them', async () => {
    const { body } = await officer.post<Announced & { embargoed: boolean }>('/announcements', MEMORIAL);
    expect(body.embargoed).toBe(true);
    const path = `/announcements/${body.id}`;
    expect(await officer.post(`${path}/release`, {})).toMatchObject({ status: 409, body: { code: 'EMBARGO_STANDS' } });
    const { embargo, ...terms } = MEMORIAL;
    expect(embargo.event).toBe('ceremony over');
    await officer.post(`${path}/amend`, terms);
    // A later notice reached everybody: what was to be told before it has been told.
    const after = await officer.post<Announced>('/announcements', ANNOUNCEMENT);
    await eventually('a later notice is told', async () => (await told(after.body.id)).jp?.length === 1);
    const insiders = ['1 announce', '2 amend'];
    expect(await told(body.id)).toEqual({ jp: [], kr: [], us: insiders, control: insiders });

    const released = await officer.post(`${path}/release`, { person: 'Lt. Cdr. Park', declared: 'ceremony over' });
    expect(released).toMatchObject({ status: 201, body: { version: 3 } });
    await eventually('the release is told', async () => (await told(body.id)).jp?.length === 1);
    const all = [...insiders, '3 release'];
    expect(await told(body.id)).toEqual({ jp: ['3 release'], kr: ['3 release'], us: all, control: all });
    const feed = await controller.get<{ items: FeedItem[] }>('/runs/live/feeds/jp/items?limit=500');
    const item = feed.body.items.find(({ id }) => id === body.id);
    expect(item?.body.announcement).toMatchObject({ act: 'memorial-act', releasedBy: 'Lt. Cdr. Park' });
    expect(item?.body.texts['ja-JP']?.headline).toContain('追悼行事の事前通告');
    const rocket = { ...ANNOUNCEMENT, embargo };
    expect(await officer.post('/announcements', rocket)).toMatchObject({ status: 422, body: { code: 'EMBARGO_NOT_FOR_ACT' } });
  }); // prettier-ignore

  it('that control makes for a party under an embargo are told to that party, and to nobody of one that takes no part', async () => {
    const made = async (by: string): Promise<string> =>
      (await controller.post<Announced>('/announcements', { ...MEMORIAL, by })).body.id;
    const [ours, outside] = [await made('JP'), await made('KP')];
    const after = await officer.post<Announced>('/announcements', ANNOUNCEMENT);
    await eventually('a later notice is told', async () => (await told(after.body.id)).jp?.length === 1);
    const once = ['1 announce'];
    expect(await told(ours)).toEqual({ jp: once, kr: [], us: [], control: once });
    expect(await told(outside)).toEqual({ jp: [], kr: [], us: [], control: once });
    expect(await queryAsAdmin(service.database, `SELECT 1 FROM due_rows WHERE audience = 'kp'`)).toEqual([]);
  });

  it('say in each language which thresholds their measurements cross, and for whom', async () => {
    const measurements = [
      { substance: 'tritium', medium: 'sea-near', value: 910, unit: 'Bq/L' },
      { substance: 'tritium', medium: 'sea-outer', below: 40, unit: 'Bq/L' },
    ];
    const notice = { act: 'treated-water-discharge', ...window(25, 24), measurements };
    const { status, body } = await officer.post<Announced & { thresholds: object[] }>('/announcements', notice);
    expect(status).toBe(201);
    expect(body.thresholds).toMatchObject([
      { crossings: [{ threshold: 'jp-sea-near-stop', by: 'JP', verdict: 'crossed', factor: 1.3 }] },
      { crossings: [{ threshold: 'jp-sea-outer-stop', verdict: 'cannot-tell', why: 'BELOW_DETECTION' }] },
    ]);
    const item = await eventually('the desk is told', async () => {
      const feed = await controller.get<{ items: FeedItem[] }>('/runs/live/feeds/jp/items?limit=500');
      return feed.body.items.find(({ id }) => id === body.id);
    });
    expect(item?.body.announcement?.thresholds).toEqual(body.thresholds);
    expect(item?.body.texts['ja-JP']?.description).toContain('超過：日本・放出停止判断レベル 700 Bq/L（1.3倍）。');
    expect(item?.body.texts['ko-KR']?.description).toContain('초과: 일본 방류 중단 판단 기준 700 Bq/L(1.3배).');
    expect(item?.body.texts['en-US']?.description).toMatch(/Above the threshold of Japan, .* 700 Bq\/L .* TEST$/);

    const twice = { ...notice, measurements: [{ substance: 'tritium', value: 1, below: 2 }] };
    expect((await officer.post('/announcements', twice)).status).toBe(422);
    const wrong = await officer.post('/thresholds/check', { measurements: [] });
    expect(wrong).toMatchObject({ status: 422, body: { code: 'MEASUREMENTS_INVALID' } });
  });

  it('are checked by any regime and by all, and notices of no run too, as JSON and as YAML', async () => {
    const { body } = await officer.post<Announced>('/announcements', ANNOUNCEMENT);
    const one = await officer.post<Announced['check']>(`/announcements/${body.id}/check?regime=india-pakistan-2005`);
    expect(verdicts(one.body)).toMatchObject({ SCOPE: 'met', PAIR: 'broken', FIELDS: 'cannot-tell' });
    const all = await officer.post<{ checks: object[] }>(`/announcements/${body.id}/check?regime=all`);
    expect(all.body.checks).toHaveLength(12);

    const yaml = await readFile(join(PROJECT_ROOT, 'test/notices/dprk-2023-11-21.yaml'), 'utf8');
    const path = '/notices/check?regime=us-ussr-1988';
    const expected = { verdict: 'broken', applies: 'no', legality: { engaged: { length: 4 } } };
    expect((await officer.post(path, parse(yaml) as object)).body).toMatchObject(expected);
    const sent = await officer.raw('POST', path, yaml, { 'content-type': 'application/yaml' });
    expect(await sent.json()).toMatchObject(expected);
    const bad = await officer.raw('POST', path, 'received: yesterday', { 'content-type': 'application/yaml' });
    expect(await bad.json()).toMatchObject({ code: 'NOTICE_INVALID', findings: [{ rule: 'NOTICE_INSTANT' }] });
    const elsewhere = await officer.raw('POST', '/announcements', yaml, { 'content-type': 'application/yaml' });
    expect(elsewhere.status).toBe(415);
  });

  /** Plays a run to its end and returns what each audience was shown. */
  async function play(scenario: string, prepare?: (run: string) => Promise<void>): Promise<Record<string, FeedItem[]>> {
    const { body } = await controller.post<{ id: string }>('/runs', { scenario, speed: 3600, paused: true });
    await prepare?.(body.id);
    await controller.post(`/runs/${body.id}/clock`, { action: 'play' });
    await eventually('the run ends', async () => {
      const run = await controller.get<{ clock: { state: string } }>(`/runs/${body.id}`);
      return run.body.clock.state === 'ended';
    });
    const feeds: Record<string, FeedItem[]> = {};
    for (const audience of AUDIENCES) {
      const snapshot = await controller.get<{ items: FeedItem[] }>(`/runs/${body.id}/feeds/${audience}/snapshot`);
      feeds[audience] = snapshot.body.items;
    }
    return feeds;
  }

  /** The verdict on a launch that an audience was shown; it stands right where the launch does in time, and after it. */
  function verdictOf(feed: FeedItem[] | undefined, launch: string): object | undefined {
    const told = feed?.find(({ id }) => id === launch);
    const matches = feed?.filter(({ body }) => body.match?.launch === launch) ?? [];
    expect(matches).toHaveLength(1);
    expect(matches[0]?.seq).toBeGreaterThan(told?.seq ?? Infinity);
    expect(matches[0]?.body.known.at).toBe(told?.body.known.at);
    return matches[0]?.body.match;
  }

  it('are matched to launches: inside and outside the window, told to each audience with the launch', async () => {
    const feeds = await play(SCENARIO);
    for (const audience of AUDIENCES) {
      expect(verdictOf(feeds[audience], 'launch-in-window')).toMatchObject({ verdict: 'announced' });
      expect(verdictOf(feeds[audience], 'launch-after-window')).toMatchObject({ verdict: 'outside-window' });
    }
  }, 120_000);

  it('that nobody made leave a launch unannounced', async () => {
    const feeds = await play(UNANNOUNCED);
    for (const audience of AUDIENCES) {
      expect(verdictOf(feeds[audience], 'launch-in-window')).toEqual({
        verdict: 'unannounced',
        launch: 'launch-in-window',
      });
    }
  }, 120_000);

  it('that control puts in before the launch count, those of another party do not', async () => {
    const announced: string[] = [];
    const feeds = await play(UNANNOUNCED, async (run) => {
      for (const by of ['US', 'KP']) {
        const { body } = await controller.post<Announced>(`/announcements?run=${run}`, {
          ...ANNOUNCEMENT,
          by,
          windowStart: '2031-05-20T09:30:00+09:00',
          windowEnd: '2031-05-20T10:30:00+09:00',
        });
        announced.push(body.id);
      }
    });
    for (const audience of AUDIENCES) {
      expect(verdictOf(feeds[audience], 'launch-in-window')).toEqual({
        verdict: 'announced',
        launch: 'launch-in-window',
        announcement: announced[1],
      });
    }
  }, 120_000);
});

/** The exercise without its notices, under a name of its own. */
function withoutNotices(shipped: string): string {
  const scenario = parse(shipped) as { id: string; timeline: { id: string; kind: string; updates?: string }[] };
  const timeline = scenario.timeline.filter(({ kind }) => kind !== 'announcement');
  return stringify({ ...scenario, id: UNANNOUNCED, timeline });
}
