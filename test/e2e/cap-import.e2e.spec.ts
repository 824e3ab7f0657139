import { Client as Database } from 'pg';
import { Client } from '../support/client.js';
import { eventually } from '../support/eventually.js';
import { capMessage } from '../support/requests.js';
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
});
