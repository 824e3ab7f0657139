import type { AlertMessage } from '../../src/core/alert/alert.js';
import { AlertsService } from '../../src/modules/alerts/alerts.service.js';
import { DisseminationService } from '../../src/modules/dissemination/dissemination.service.js';
import type { UserPrincipal } from '../../src/platform/database/principal.js';
import { Metrics } from '../../src/platform/metrics/metrics.js';
import { Client } from '../support/client.js';
import { ALERT, startPaused } from '../support/requests.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { queryAsAdmin } from '../support/test-database.js';

/** What the database says for reasons that have nothing to do with the row. */
const PASSING = ['57014', '25P03', '0A000', '25P02', '26000', '40001', '55P03', 'XX000', '58030'];

describe('a row that cannot be told', () => {
  let service: TestApp;
  let dissemination: DisseminationService;
  let user: UserPrincipal;
  let run: string;

  beforeAll(async () => {
    service = await startTestApp({ work: false });
    dissemination = service.app.get(DisseminationService, { strict: false });
    const [account] = await query<{ id: string }>(`SELECT id FROM users WHERE username = 'jp-cas'`);
    user = { kind: 'user', id: account!.id, username: 'jp-cas', displayName: 'JP', role: 'officer', desk: 'jp-cas' };
    await query('CREATE TABLE faults (item_id text, code text)');
    await query(
      `CREATE FUNCTION fail_at_fault() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ DECLARE fault text; BEGIN
         SELECT code INTO fault FROM public.faults WHERE item_id = new.item_id;
         IF fault IS NOT NULL THEN RAISE 'expected' USING ERRCODE = fault; END IF;
         RETURN new;
       END $$`,
    );
    await query(
      'CREATE TRIGGER fail_at_fault BEFORE INSERT ON feed_items FOR EACH ROW EXECUTE FUNCTION fail_at_fault()',
    );
  });
  beforeEach(async () => {
    await query('DELETE FROM faults');
    run = await startPaused(await Client.signIn(service.url, 'controller'));
    await dissemination.drain(run);
  });
  afterAll(() => service?.stop());

  const query = <Row extends object>(sql: string, parameters: unknown[] = []): Promise<Row[]> =>
    queryAsAdmin<Row>(service.database, sql, parameters);
  const issue = async (): Promise<string> =>
    (
      await service.app
        .get(AlertsService, { strict: false })
        .issue(user, run, { ...ALERT, category: 'Security' } as AlertMessage)
    ).id;
  const failWith = (id: string, code: string): Promise<object[]> =>
    query('INSERT INTO faults VALUES ($1, $2)', [id, code]);
  /** The alerts that the audience jp was told, in order. */
  const told = async (): Promise<string[]> =>
    (
      await query<{ item_id: string }>(
        `SELECT item_id FROM feed_items WHERE run_id = $1 AND audience = 'jp' AND kind = 'alert' ORDER BY seq`,
        [run],
      )
    ).map(({ item_id }) => item_id);
  const states = (id: string): Promise<object[]> =>
    query('SELECT DISTINCT state, reason FROM due_rows WHERE run_id = $1 AND item_id = $2 AND step = $3', [
      run,
      id,
      'deliver',
    ]);
  const drains = async (times: number): Promise<void> => {
    for (let time = 0; time < times; time += 1) {
      await dissemination.drain(run).catch(() => undefined);
    }
  };
  const setAside = async (): Promise<number> =>
    (await service.app.get(Metrics).rowsSetAsideTotal.get()).values[0]?.value ?? 0;

  it.each(PASSING)('by %s of the database is tried for as long as it takes', async (code) => {
    const before = await setAside();
    const id = await issue();
    await failWith(id, code);
    await drains(5);
    expect([await told(), await states(id)]).toEqual([[], [{ state: 'pending', reason: null }]]);
    await query('DELETE FROM faults');
    await drains(1);
    expect([await told(), await states(id)]).toEqual([[id], [{ state: 'done', reason: null }]]);
    expect(await setAside()).toBe(before);
  });

  it.each(['22003', '23514'])(
    'by its own fault (%s) is set aside on record, and keeps nothing after it',
    async (code) => {
      const before = await setAside();
      const [first, second] = [await issue(), await issue()];
      await failWith(first, code);
      // Four audiences, and three failures at the row of each.
      await drains(4 * 3);
      expect([await told(), await states(first)]).toEqual([[second], [{ state: 'suppressed', reason: 'FAILED' }]]);
      expect((await setAside()) - before).toBe(4);
    },
  );

  it('does not hold up those before it, however many they are', async () => {
    const good = [await issue(), await issue(), await issue(), await issue()];
    await failWith(await issue(), '22003');
    await expect(dissemination.drain(run)).rejects.toThrow('expected');
    expect(await told()).toEqual([]);
    await expect(dissemination.drain(run)).rejects.toThrow('expected');
    expect(await told()).toEqual(good);
  });
});
