import { Client as Database } from 'pg';
import type { AlertIssued } from '../../src/core/wire/alert.js';
import { Client, type Answer } from '../support/client.js';
import { eventually } from '../support/eventually.js';
import { capMessage, SCENARIO } from '../support/requests.js';
import { SteeredRun } from '../support/steered-run.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { queryAsAdmin } from '../support/test-database.js';

describe('an import of CAP', () => {
  let service: TestApp;
  let officer: Client;
  let drafter: Client;

  beforeAll(async () => {
    service = await startTestApp();
    [officer, drafter] = await Promise.all([
      Client.signIn(service.url, 'jp-cas'),
      Client.signIn(service.url, 'jp-cas-drafter'),
    ]);
  });
  afterAll(() => service?.stop());

  it('takes a message once, also when two people of a desk bring it at the same moment', async () => {
    const message = capMessage();
    // While another transaction keeps rows from being written, both have looked, or wait to look, before either writes.
    const other = new Database({ connectionString: service.database.adminUrl });
    await other.connect();
    await other.query('BEGIN');
    await other.query('LOCK TABLE alert_versions IN EXCLUSIVE MODE');
    const imports = [officer, drafter].map((client) => client.post<{ code?: string }>('/alerts/cap', message));
    await eventually('both wait', async () => {
      const waiting = await queryAsAdmin(
        service.database,
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      return waiting.length >= 2;
    }).finally(() => other.end());
    const answers = (await Promise.all(imports)).map(({ status, body }) => `${status} ${body.code ?? ''}`);
    expect(answers.sort()).toEqual(['201 ', '409 CAP_KNOWN']);
  });

  it('takes an update again that a jump back took away', async () => {
    const run = await SteeredRun.start(service, SCENARIO);
    const put = (message: object): Promise<Answer<AlertIssued>> => officer.post(`/alerts/cap?run=${run.id}`, message);
    const alert = capMessage({ status: 'Exercise', identifier: 'before-the-jump' });
    const references = 'warnings@weather.example,before-the-jump,2026-11-24T12:00:00+09:00';
    const update = capMessage({ status: 'Exercise', msgType: 'Update', references });
    await run.jump('2031-05-20T09:05:00+09:00');
    const { body: first } = await put(alert);
    await run.jump('2031-05-20T09:10:00+09:00');
    expect(await put(update)).toMatchObject({ status: 201, body: { id: first.id, version: 2 } });
    await run.jump('2031-05-20T09:07:00+09:00');
    expect(await put(update)).toMatchObject({ status: 201, body: { id: first.id, version: 3 } });
    expect((await put(update)).status).toBe(409);
  });
});
