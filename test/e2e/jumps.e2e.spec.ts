import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client as Database } from 'pg';
import { parse, stringify } from 'yaml';
import type { FeedItem } from '../../src/core/wire/feed.js';
import { PROJECT_ROOT } from '../../src/platform/config/project-root.js';
import { Client } from '../support/client.js';
import { DeskSocket } from '../support/desk-socket.js';
import { eventually } from '../support/eventually.js';
import { ALERT, SCENARIO } from '../support/requests.js';
import { SteeredRun } from '../support/steered-run.js';
import { tempFiles, type TempFiles } from '../support/temp-files.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { queryAsAdmin } from '../support/test-database.js';

interface Entry {
  id: string;
  updates?: string;
  time: { at: string };
  known: { who: string; at: string }[];
}

const AUDIENCES = ['jp', 'kr', 'us', 'control'];
const at = (clock: string): string => `2031-05-20T${clock}:00+09:00`;
const instant = (clock: string): string => new Date(at(clock)).toISOString();
const ids = (items: readonly FeedItem[]): string[] => items.map(({ id }) => id);
const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);

describe('a run whose clock is moved', () => {
  let service: TestApp;
  let files: TempFiles;
  let shipped: string;
  let officer: Client;

  beforeAll(async () => {
    files = await tempFiles();
    shipped = await readFile(join(PROJECT_ROOT, 'scenarios', SCENARIO, 'scenario.yaml'), 'utf8');
    await files.write(`${SCENARIO}/scenario.yaml`, shipped);
    service = await startTestApp({ scenariosDir: files.folder });
    officer = await Client.signIn(service.url, 'jp-cas');
  });
  afterAll(async () => {
    await service?.stop();
    await files?.remove();
  });

  const start = (scenario = SCENARIO, speed = 60): Promise<SteeredRun> => SteeredRun.start(service, scenario, speed);

  /** The exercise under another name, with its items changed. */
  async function startChanged(id: string, change: (timeline: Entry[]) => Entry[]): Promise<SteeredRun> {
    const scenario = parse(shipped) as { timeline: Entry[] };
    const changed = { ...scenario, id, timeline: change(scenario.timeline) };
    await files.write(`${id}/scenario.yaml`, stringify(changed));
    return start(id);
  }

  describe('and its alerts', () => {
    const act = async (run: SteeredRun, path: string, body: object): Promise<{ status: number; code?: string }> => {
      const { status, body: answer } = await officer.post<{ code?: string }>(`/alerts${path}?run=${run.id}`, body);
      await run.settled();
      return { status, code: answer.code };
    };
    const issue = async (run: SteeredRun): Promise<string> => {
      const { status, body } = await officer.post<{ id: string }>(`/alerts?run=${run.id}`, ALERT);
      expect(status).toBe(201);
      await run.settled();
      return body.id;
    };
    const versions = async (run: SteeredRun, audience: string, id: string): Promise<number[]> =>
      (await run.feed(audience)).filter((item) => item.id === id).map(({ version }) => version);

    it('lets an alert be cancelled that a jump back before its cancellation made stand again', async () => {
      const run = await start();
      await run.jump(at('09:05'));
      const alert = await issue(run);
      await run.jump(at('09:10'));
      expect(await act(run, `/${alert}/cancel`, {})).toEqual({ status: 201 });
      await run.jump(at('09:07'));
      for (const audience of AUDIENCES) {
        expect({ audience, versions: await versions(run, audience, alert) }).toEqual({ audience, versions: [1] });
      }
      expect(await act(run, `/${alert}/cancel`, {})).toEqual({ status: 201 });
      for (const audience of AUDIENCES) {
        // Whatever its number, it comes after the alert, and nothing after it.
        expect(await versions(run, audience, alert)).toEqual([1, expect.any(Number)]);
      }
      expect(await act(run, `/${alert}/update`, ALERT)).toEqual({ status: 409, code: 'ALERT_CANCELLED' });
    });

    it('knows no alert any more that was issued after the target of a jump back', async () => {
      const run = await start();
      await run.jump(at('09:10'));
      const alert = await issue(run);
      expect(await versions(run, 'kr', alert)).toEqual([1]);
      await run.jump(at('09:07'));
      expect(await act(run, `/${alert}/update`, ALERT)).toEqual({ status: 404, code: 'ALERT_NOT_FOUND' });
      expect(await act(run, `/${alert}/cancel`, {})).toEqual({ status: 404, code: 'ALERT_NOT_FOUND' });
      for (const audience of AUDIENCES) {
        expect(await versions(run, audience, alert)).toEqual([]);
      }
    });

    it('shows both of two alerts that were taken around a pause', async () => {
      const run = await start(SCENARIO, 1);
      // Nothing falls due for a while, so that nobody else waits.
      await run.jump(at('09:12'));
      await run.clock({ action: 'play' });
      const issueLater = (by: Client): Promise<{ status: number; body: { id: string } }> =>
        by.post<{ id: string }>(`/alerts?run=${run.id}`, ALERT);
      const waiting = (count: number): Promise<boolean> =>
        eventually(`${count} wait`, async () => {
          const found = await queryAsAdmin(
            service.database,
            `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
          );
          return found.length >= count;
        });
      // Inputs of a run are counted in its row: while another transaction has it, they have read the clock and wait.
      const other = new Database({ connectionString: service.database.adminUrl });
      await other.connect();
      await other.query('BEGIN');
      await other.query('SELECT 1 FROM runs WHERE id = $1 FOR NO KEY UPDATE', [run.id]);
      const first = issueLater(officer);
      const paused = waiting(1).then(() => run.clock({ action: 'pause' }));
      // Of somebody else: what one person puts in meanwhile shares one transaction.
      const second = waiting(2).then(() => issueLater(run.control));
      await waiting(3).finally(() => other.end());
      await paused;
      const alerts = [await first, await second];
      expect(alerts.map(({ status }) => status)).toEqual([201, 201]);
      expect((await run.view()).clock.state).toBe('paused');
      for (const { body } of alerts) {
        await eventually(
          `${body.id} is shown while the clock stands`,
          async () => (await versions(run, 'kr', body.id)).length === 1,
        );
      }
    });
  });

  describe('and its answers', () => {
    const INJECT = 'ask-posture';
    const about = (items: readonly FeedItem[], word: string): string[] =>
      ids(items).filter((id) => id.startsWith(`${word}.${INJECT}.`));

    /** The inject was sent at 09:05, to be answered within fifteen minutes. */
    async function asked(): Promise<SteeredRun> {
      const run = await start();
      await run.jump(at('09:05'));
      await run.send(INJECT);
      return run;
    }

    it('keeps an answer from before the target of a jump back', async () => {
      const run = await asked();
      await run.jump(at('09:06'));
      expect(await run.answer('jp-cas', INJECT)).toMatchObject({ ok: true, response: { inTime: true } });
      await run.jump(at('09:12'));
      await run.jump(at('09:10'));
      const again = await run.feed('jp');
      expect(ids(again).filter((id) => id === INJECT)).toHaveLength(1);
      expect(about(again, 'answer')).toHaveLength(1);
      expect(ids(again).indexOf(about(again, 'answer')[0] ?? '')).toBeGreaterThan(ids(again).indexOf(INJECT));
      expect(await run.answer('jp-cas', INJECT)).toMatchObject({ ok: false, code: 'ALREADY_ANSWERED' });

      await run.playToEnd();
      expect(about(await run.feed('jp'), 'unanswered')).toEqual([]);
      expect(about(await run.feed('us'), 'unanswered')).toEqual([`unanswered.${INJECT}.us`]);
      expect(about(await run.feed('control'), 'unanswered').sort()).toEqual(
        [`unanswered.${INJECT}.kr`, `unanswered.${INJECT}.us`],
      ); // prettier-ignore
      expect(await run.outcomes(INJECT)).toEqual({ jp: 'answered-in-time', kr: 'unanswered', us: 'unanswered' });
    });

    it('takes back an answer from after the target, and the desk answers anew', async () => {
      const run = await asked();
      await run.jump(at('09:12'));
      expect(await run.answer('kr-jcs', INJECT)).toMatchObject({ ok: true });
      expect(about(await run.feed('control'), 'answer')).toHaveLength(1);
      await run.jump(at('09:10'));
      for (const audience of ['kr', 'control']) {
        expect(about(await run.feed(audience), 'answer')).toEqual([]);
      }
      expect(await run.outcomes(INJECT)).toEqual({ jp: 'open', kr: 'open', us: 'open' });
      expect(await run.answer('kr-jcs', INJECT)).toMatchObject({
        ok: true,
        response: { inTime: true, answeredAt: instant('09:10'), deadlineAt: instant('09:20') },
      });
      expect(about(await run.feed('control'), 'answer')).toHaveLength(1);
      expect(await run.outcomes(INJECT)).toMatchObject({ kr: 'answered-in-time' });
    });

    it('calls nobody late for a deadline that a jump forward passed over', async () => {
      const run = await asked();
      const { cancelled } = await run.jump(at('09:30'));
      expect(cancelled.map(({ audience, step, dueAt }) => [audience, step, dueAt]).sort()).toEqual(
        ['jp', 'kr', 'us'].map((audience) => [audience, 'deadline', instant('09:20')]),
      );
      expect(await run.answer('jp-cas', INJECT)).toMatchObject({ ok: true, response: { inTime: true } });
      expect(await run.outcomes(INJECT)).toEqual({ jp: 'answered-in-time', kr: 'open', us: 'open' });
      await run.playToEnd();
      expect(about(await run.feed('control'), 'unanswered')).toEqual([]);
      expect(await run.outcomes(INJECT)).toEqual({ jp: 'answered-in-time', kr: 'open', us: 'open' });
    });

    it('gives an inject that a jump sends its whole time from the target', async () => {
      const run = await start();
      await run.jump(at('09:40'));
      const told = (await run.feed('jp')).find(({ id }) => id === INJECT);
      expect(told).toMatchObject({
        late: false,
        body: { known: { at: instant('09:40') }, inject: { deadlineAt: instant('09:55') } },
      });
      expect((await run.inject(INJECT))?.deliveries).toEqual(
        ['jp', 'kr', 'us'].map((audience) =>
          expect.objectContaining({ audience, state: 'sent', dueAt: instant('09:40'), deadlineAt: instant('09:55') }),
        ),
      );
      await run.jump(at('09:54'));
      expect(await run.answer('us-indopacom', INJECT)).toMatchObject({ ok: true, response: { inTime: true } });
      await run.playToEnd();
      const missed = (await run.feed('jp')).find(({ id }) => id === `unanswered.${INJECT}.jp`);
      expect(missed?.body.known.at).toBe(instant('09:55'));
    });
  });

  describe('forward', () => {
    // What Tokyo is told from 09:00 to 10:55, by the scenario file: 13 items of its own, four updates and notices, three injects.
    const TOLD = [
      'exercise-start', 'test-notice', 'first-shells', 'shelter-order', 'island-count', 'return-fire', 'launch-in-window',
      'firing-stopped', 'first-impact', 'satellite-notice', 'link-claim', 'island-count', 'launch-after-window', 'second-impact',
    ]; // prettier-ignore
    const VERDICTS = ['launch-in-window.match.jp', 'launch-after-window.match.jp'];
    const ASKED = ['ask-posture', 'ask-public-warning', 'ask-restraint'];
    // Of the day before; told when the chapter begins.
    const STANDING = ['test-notice'];

    it.each([3600, 60])('tells late what it passes over, at speed %i', async (speed) => {
      const run = await start(SCENARIO, speed);
      await run.jump(at('10:55'));
      const items = await run.feed('jp');
      expect(ids(items.filter(({ late }) => late)).sort()).toEqual([...TOLD, ...VERDICTS].sort());
      // Shown now, not then.
      expect(ids(items.filter(({ late }) => !late)).sort()).toEqual([...ASKED, ...STANDING].sort());
    });

    it('leaves out what it skips, on record', async () => {
      const run = await start();
      const plan = await run.jump(at('10:55'), 'skip');
      expect(plan.sent).toEqual([]);
      const skipped = plan.skipped.filter(({ audience, step }) => audience === 'jp' && step === 'deliver');
      expect(skipped.map(({ id }) => id).sort()).toEqual([...TOLD, ...ASKED].sort());
      for (const audience of AUDIENCES) {
        expect({ audience, items: ids(await run.feed(audience)) }).toEqual({ audience, items: STANDING });
      }
      const { suppressed } = await run.report();
      const listed = suppressed.filter(({ audience, step }) => audience === 'jp' && step === 'deliver');
      expect(listed.map(({ id }) => id).sort()).toEqual([...TOLD, ...ASKED].sort());
      expect(new Set(listed.map(({ state, reason }) => `${state} ${reason}`))).toEqual(
        new Set(['skipped JUMPED_OVER']),
      );

      await run.playToEnd();
      expect(ids(await run.feed('jp'))).toEqual([...STANDING, 'exercise-end']);
    });
  });

  it('back while it plays tells its consoles everything known by then again, and ends as if nothing had been', async () => {
    const undisturbed = await start();
    await undisturbed.playToEnd();
    const { digest } = await undisturbed.view();
    expect(digest).toMatch(/^[0-9a-f]{64}$/);

    const run = await start(SCENARIO, 1200);
    const desks: Record<string, DeskSocket> = {};
    for (const desk of ['jp-cas', 'kr-jcs', 'us-indopacom']) {
      const { token } = await Client.signIn(service.url, desk);
      desks[desk] = await DeskSocket.open(service.url, { token, run: run.id, desk });
    }
    await run.clock({ action: 'play' });
    await desks['jp-cas']?.item('news from the island', ({ id }) => id === 'first-shells');
    await run.clock({ action: 'jump', to: at('09:15') });
    // By the scenario file.
    const known: Record<string, string[]> = {
      'jp-cas': ['test-notice', 'exercise-start', 'test-notice'],
      'kr-jcs': ['test-notice', 'exercise-start', 'protest-message', 'test-notice'],
      'us-indopacom': ['test-notice', 'exercise-start', 'test-notice'],
    };
    await run.whenOver();
    for (const [desk, socket] of Object.entries(desks)) {
      const anew = (): DeskSocket['items'] => socket.items.filter(({ epoch }) => epoch === 2);
      const whole = await run.feed(desk.slice(0, 2));
      await eventually(`${desk} has everything`, () => anew().length >= whole.length);
      expect(socket.resets).toEqual([{ epoch: 2, seq: 0, reason: 'REWOUND' }]);
      expect(anew().map(({ seq }) => seq)).toEqual(upTo(whole.length));
      const first = anew().slice(0, known[desk]?.length);
      expect(ids(first)).toEqual(known[desk]);
      // Known long since: no console sounds for it. What comes after is new again.
      expect(first.every(({ late }) => late)).toBe(true);
      expect(anew().some(({ late }) => !late)).toBe(true);
      socket.close();
    }
    expect((await run.view()).digest).toBe(digest);
  }, 120_000);

  it('back takes no receipt for what it has told anew: the desk has not seen that yet', async () => {
    const run = await start();
    await run.jump(at('09:12'));
    const { token } = await Client.signIn(service.url, 'jp-cas');
    const desk = await DeskSocket.open(service.url, { token, run: run.id, desk: 'jp-cas' });
    const { kind, id, version } = await desk.item('an item', () => true);
    await run.jump(at('09:10'));
    for (const [event, more] of [
      ['displayed', {}],
      ['acknowledge', { key: 'crossing' }],
    ] as const) {
      const receipt = { kind, id, version, ...more };
      expect(await desk.send(event, { ...receipt, epoch: 1 })).toMatchObject({ ok: false, code: 'ITEM_NOT_SHOWN' });
      expect(await desk.send(event, { ...receipt, epoch: 2 })).toEqual({ ok: true });
    }
    desk.close();
  });

  describe('of a scenario with', () => {
    it('an inject that is updated and that nobody answers, plays to its end', async () => {
      const run = await startChanged('asked-again', (timeline) => {
        const index = timeline.findIndex(({ id }) => id === 'ask-posture');
        const first = timeline[index]!;
        const update = { ...first, id: 'ask-posture-again', updates: first.id, time: { ...first.time, at: at('09:35') } };
        return [...timeline.slice(0, index + 1), update, ...timeline.slice(index + 1)];
      }); // prettier-ignore
      await run.playToEnd();
      const items = await run.feed('jp');
      expect(items.filter(({ id }) => id === 'ask-posture').map(({ version }) => version)).toEqual([1, 2]);
      const missed = items.filter(({ id }) => id === 'unanswered.ask-posture.jp');
      expect(missed.map(({ body }) => body.known.at)).toEqual([instant('09:49')]);
      expect(ids(items).at(-1)).toBe('exercise-end');
      expect((await run.report()).suppressed).toEqual([]);
    });

    it('items that are called like inputs and derived items, takes alerts and plays to its end', async () => {
      const names: Record<string, string> = {
        'first-shells': 'alert-1',
        'shelter-order': 'announcement-2',
        'return-fire': 'launch-in-window-match',
        'firing-stopped': 'unanswered-ask-posture-jp',
      };
      const run = await startChanged('natural-names', (timeline) =>
        timeline.map((entry) => ({ ...entry, id: names[entry.id] ?? entry.id })),
      );
      const issued: string[] = [];
      for (let count = 0; count < 2; count += 1) {
        const { status, body } = await officer.post<{ id: string }>(`/alerts?run=${run.id}`, ALERT);
        expect(status).toBe(201);
        issued.push(body.id);
      }
      await run.playToEnd();
      const told = ids(await run.feed('jp'));
      expect(new Set(issued).size).toBe(2);
      expect(told).toEqual(expect.arrayContaining([...issued, ...Object.values(names)]));
      expect(told.at(-1)).toBe('exercise-end');
    });

    const verdicts = async (run: SteeredRun, launch: string): Promise<Record<string, FeedItem['body']>> => {
      const bodies: Record<string, FeedItem['body']> = {};
      for (const audience of AUDIENCES) {
        const found = (await run.feed(audience)).filter(({ body }) => body.match?.launch === launch);
        expect({ audience, verdicts: found.length }).toEqual({ audience, verdicts: 1 });
        bodies[audience] = found[0]!.body;
      }
      return bodies;
    };

    it.each([
      ['that an audience is never told of', () => []],
      ['that it is told of after the launch', (known: Entry['known'][number]) => [{ ...known, at: at('10:00') }]],
    ])('a notice %s, gives that audience a verdict without it', async (_, change) => {
      const run = await startChanged(`untold-${change.length}`, (timeline) =>
        timeline.map((entry) =>
          ['test-notice', 'test-notice-amended'].includes(entry.id)
            ? { ...entry, known: entry.known.flatMap((known) => (known.who === 'JP' ? change(known) : [known])) }
            : entry,
        ),
      );
      await run.jump(at('10:05'));
      const told = await verdicts(run, 'launch-in-window');
      expect(told['jp']?.match).toEqual({ verdict: 'unannounced', launch: 'launch-in-window' });
      for (const audience of ['kr', 'us', 'control']) {
        expect(told[audience]?.match).toMatchObject({ verdict: 'announced', announcement: 'test-notice' });
      }
      // Nor does it say in words when the window was: from 09:15 to 10:15 in Korea.
      expect(JSON.stringify(told['kr']?.texts)).toMatch(/09:15|9時15分|00:15/);
      expect(JSON.stringify(told['jp'])).not.toMatch(/09:15|9時15分|00:15|10:15|10時15分|01:15/);
    });
  });
});
