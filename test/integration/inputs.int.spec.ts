import { jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { AlertMessage } from '../../src/core/alert/alert.js';
import { DomainError } from '../../src/core/domain-error.js';
import type { AlertIssued } from '../../src/core/wire/alert.js';
import { AlertsService } from '../../src/modules/alerts/alerts.service.js';
import { DisseminationService } from '../../src/modules/dissemination/dissemination.service.js';
import { Sweeper } from '../../src/modules/dissemination/sweeper.js';
import { TOKEN_SECRET } from '../../src/modules/parties/tokens.service.js';
import { inputMark } from '../../src/modules/runs/input-mark.js';
import { Inputs } from '../../src/modules/runs/inputs.js';
import type { UserPrincipal } from '../../src/platform/database/principal.js';
import { Client } from '../support/client.js';
import { eventually } from '../support/eventually.js';
import { ALERT, startPaused } from '../support/requests.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { queryAsAdmin } from '../support/test-database.js';

const MESSAGE = { ...ALERT, category: 'Security' } as AlertMessage;
/** Refused by core: two texts in one language. */
const REFUSED = { ...MESSAGE, info: [ALERT.info[0], ALERT.info[0]] } as AlertMessage;
/** Refused by the database, so that a whole transaction fails with it. */
const UNSTORABLE = { ...MESSAGE, aside: 'a\u0000b' } as AlertMessage;

describe('inputs that arrive together', () => {
  let service: TestApp;
  let other: TestApp;
  let alerts: AlertsService;
  let user: UserPrincipal;
  let run: string;

  beforeAll(async () => {
    // Nobody works on jobs until a test says so.
    service = await startTestApp({ work: false });
    other = await startTestApp({ work: false, database: service.database });
    alerts = service.app.get(AlertsService, { strict: false });
    const [account] = await query<{ id: string }>(`SELECT id FROM users WHERE username = 'jp-cas'`);
    user = { kind: 'user', id: account!.id, username: 'jp-cas', displayName: 'JP', role: 'officer', desk: 'jp-cas' };
  });
  beforeEach(async () => {
    run = await startPaused(await Client.signIn(service.url, 'controller'));
  });
  afterAll(async () => {
    await other?.stop();
    await service?.stop();
  });

  const query = <Row extends object>(sql: string, parameters: unknown[] = []): Promise<Row[]> =>
    queryAsAdmin<Row>(service.database, sql, parameters);
  const issue = (message = MESSAGE, key?: string): Promise<AlertIssued> => alerts.issue(user, run, message, key);
  const idsOf = (answers: readonly AlertIssued[]): string[] => answers.map(({ id }) => id);
  /** The id of the alert that the input of that number makes in a run of seed 1. */
  const idOf = (number: number, request = MESSAGE): string =>
    `alert.${inputMark(service.app.get<string>(TOKEN_SECRET, { strict: false }), { seed: 1, number, action: 'alert.issued', request })}`;
  const record = (): Promise<{ id: string; written: string }[]> =>
    query(
      `SELECT detail->'answer'->>'id' AS id, xmin::text AS written FROM audit WHERE run_id = $1 AND action LIKE 'alert.%' ORDER BY audit.id`,
      [run],
    );

  /** How each of these ended: the code of a refusal, or else "kept". */
  async function endings(calls: readonly Promise<AlertIssued>[]): Promise<string[]> {
    return (await Promise.allSettled(calls)).map((outcome) =>
      outcome.status === 'fulfilled'
        ? 'kept'
        : outcome.reason instanceof DomainError
          ? outcome.reason.code
          : String((outcome.reason as { code?: unknown }).code),
    );
  }

  it('share transactions, are counted in the order of their arrival, and leave a line of the record each', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, () => issue()));
    expect(idsOf(answers)).toEqual(Array.from({ length: 40 }, (_, index) => idOf(index + 1)));
    const lines = await record();
    expect(lines.map(({ id }) => id)).toEqual(answers.map(({ id }) => id));
    expect(new Set(lines.map(({ written }) => written)).size).toBe(2);
    const due = await query(`SELECT item_id FROM due_rows WHERE run_id = $1 AND origin = 'input'`, [run]);
    expect(due).toHaveLength(40 * 4);
  });

  it('get the same ids in two runs of one seed, and others when somebody else put something in before', async () => {
    const inOrder = async (): Promise<string[]> => [(await issue()).id, (await issue()).id];
    const first = await inOrder();
    run = await startPaused(await Client.signIn(service.url, 'controller'));
    expect(await inOrder()).toEqual(first);
    run = await startPaused(await Client.signIn(service.url, 'controller'));
    await (await Client.signIn(service.url, 'kr-jcs')).post(`/alerts?run=${run}`, ALERT);
    const [after] = await inOrder();
    expect(after).not.toBe(first[0]);
    expect(after).toMatch(/^alert\.[0-9a-f]{20}$/);
  });

  it('are kept though one is refused, and the refusal leaves nothing, not even a gap in the count', async () => {
    const calls = [issue(), issue(), issue(REFUSED, 'refused'), issue()];
    expect(await endings(calls)).toEqual(['kept', 'kept', 'ALERT_INVALID', 'kept']);
    const kept = [await calls[0]!, await calls[1]!, await calls[3]!, await issue()];
    expect(idsOf(kept)).toEqual([1, 2, 3, 4].map((number) => idOf(number)));
    expect(await query(`SELECT id FROM alerts WHERE run_id = $1`, [run])).toHaveLength(4);
    expect(await record()).toHaveLength(4);
    // The key of what was refused is free.
    expect((await issue(MESSAGE, 'refused')).version).toBe(1);
  });

  it('are kept though the database will not take one of them', async () => {
    const calls = [issue(), issue(), issue(UNSTORABLE), issue(), issue(REFUSED)];
    expect(await endings(calls)).toEqual(['kept', 'kept', '22P05', 'kept', 'ALERT_INVALID']);
    const kept = [await calls[0]!, await calls[1]!, await calls[3]!];
    expect(idsOf(kept)).toEqual([1, 2, 3].map((number) => idOf(number)));
    expect((await record()).length).toBe(3);
  });

  it('are not put again when the answer to their commit is lost: they may be kept already', async () => {
    const send = pg.Client.prototype.query as (this: pg.Client, ...given: unknown[]) => Promise<unknown>;
    let commits = 0;
    // The service commits other things as well, such as seals of the record.
    const issuing = new WeakSet<pg.Client>();
    const spy = jest.spyOn(pg.Client.prototype, 'query').mockImplementation(async function (
      this: pg.Client,
      ...given: unknown[]
    ) {
      const text = (given[0] as { text?: string }).text ?? String(given[0]);
      if (text.includes('INSERT INTO alert_versions')) {
        issuing.add(this);
      }
      const answer = await send.apply(this, given);
      if (text === 'COMMIT' && issuing.delete(this) && (commits += 1) === 2) {
        throw new Error('lost on the way');
      }
      return answer;
    } as never);
    const calls = [issue(), issue(), issue(), issue()];
    await Promise.allSettled(calls);
    spy.mockRestore();
    expect(await endings(calls)).toEqual([
      'kept',
      'DATABASE_UNAVAILABLE',
      'DATABASE_UNAVAILABLE',
      'DATABASE_UNAVAILABLE',
    ]);
    expect(await record()).toHaveLength(4);
  });

  it('are one input when they have one key, in one transaction or in two processes', async () => {
    const key = randomUUID();
    const there = other.app.get(AlertsService, { strict: false });
    const answers = await Promise.all([
      ...Array.from({ length: 5 }, () => issue(MESSAGE, key)),
      ...Array.from({ length: 5 }, () => there.issue(user, run, MESSAGE, key)),
    ]);
    expect(new Set(answers.map(({ identifier }) => identifier)).size).toBe(1);
    expect(await record()).toHaveLength(1);
    expect(await endings([issue({ ...MESSAGE, severity: 'Minor' }, key), issue(MESSAGE, key)])).toEqual([
      'KEY_REUSED',
      'kept',
    ]);
  });

  it('get the versions of a thread one after the other, and a cancel ends it for those behind it (pitfall 25)', async () => {
    const { id } = await issue();
    const calls = [
      ...Array.from({ length: 4 }, () => alerts.update(user, run, id, MESSAGE)),
      alerts.cancel(user, run, id, {}),
      alerts.update(user, run, id, MESSAGE),
      alerts.update(user, run, 'alert.none', MESSAGE),
      issue(),
    ];
    expect(await endings(calls)).toEqual([
      ...Array.from({ length: 5 }, () => 'kept'),
      'ALERT_CANCELLED',
      'ALERT_NOT_FOUND',
      'kept',
    ]);
    const versions = await Promise.all(calls.slice(0, 5));
    expect(versions.map(({ version }) => version)).toEqual([2, 3, 4, 5, 6]);
  });

  it('do not wait for each other for ever when they go on with the same threads in two processes', async () => {
    const [{ id: one }, { id: two }] = [await issue(), await issue()];
    const there = other.app.get(AlertsService, { strict: false });
    const calls = Array.from({ length: 6 }, () => [
      alerts.update(user, run, one, MESSAGE),
      alerts.update(user, run, two, MESSAGE),
      there.update(user, run, two, MESSAGE),
      there.update(user, run, one, MESSAGE),
    ]).flat();
    const versions = await Promise.all(calls);
    for (const thread of [one, two]) {
      const numbers = versions.filter(({ id }) => id === thread).map(({ version }) => version);
      expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, index) => index + 2));
    }
  });

  it('fail alone when what decides on one of them has a fault', async () => {
    const inputs = service.app.get(Inputs, { strict: false });
    const fault = inputs.put(user, run, { action: 'test.failed', request: {} }, () =>
      Promise.reject(new Error('fault')),
    );
    const calls = [fault as Promise<AlertIssued>, issue(), issue()];
    expect(await endings(calls)).toEqual(['undefined', 'kept', 'kept']);
  });

  describe('and are told', () => {
    const told = (): Promise<{ seq: string; audience: string; item_id: string }[]> =>
      query(
        `SELECT audience, seq, item_id FROM feed_items WHERE run_id = $1 AND kind = 'alert' ORDER BY audience, seq`,
        [run],
      );

    it('once each, without a gap, by drains of two processes at the same time (pitfall 14)', async () => {
      const drains = [service, other].map(({ app }) => app.get(DisseminationService, { strict: false }));
      const work = Promise.all(Array.from({ length: 30 }, () => issue()));
      for (let round = 0; round < 5; round += 1) {
        await Promise.all(drains.map((drain) => drain.drain(run)));
      }
      await work;
      await Promise.all(drains.map((drain) => drain.drain(run)));
      const items = (await told()).filter(({ audience }) => audience === 'jp');
      expect(new Set(items.map(({ item_id }) => item_id)).size).toBe(30);
      expect(items).toHaveLength(30);
      const seqs = await query<{ seq: number }>(
        `SELECT seq::int FROM feed_items WHERE run_id = $1 AND audience = 'jp' ORDER BY seq`,
        [run],
      );
      expect(seqs.map(({ seq }) => seq)).toEqual(seqs.map((_, index) => index + 1));
    });

    it('by the sweeper when the process died between the commit and the drain (pitfall 11)', async () => {
      const { id } = await issue();
      expect(await told()).toEqual([]);
      other.app.get(Sweeper, { strict: false }).start();
      await eventually('the sweeper tells of the alert', async () => (await told()).length === 4);
      expect(new Set((await told()).map(({ item_id }) => item_id))).toEqual(new Set([id]));
    });
  });
});
