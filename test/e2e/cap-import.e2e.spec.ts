import { Client as Database } from 'pg';
import type { AlertIssued } from '../../src/core/wire/alert.js';
import { Client, type Answer } from '../support/client.js';
import { DeskSocket } from '../support/desk-socket.js';
import { eventually } from '../support/eventually.js';
import { capMessage, SCENARIO } from '../support/requests.js';
import { SteeredRun } from '../support/steered-run.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { queryAsAdmin } from '../support/test-database.js';

interface Refusal {
  code: string;
  findings?: { rule: string }[];
}

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

  it.each([
    'kr-jcs@triwatch.invalid',
    'KR-JCS@Triwatch.Invalid',
    'control@triwatch.invalid',
    'import@triwatch.invalid',
  ])('refuses a sender that this service gave to somebody else: %s', async (sender) => {
    const { status, body } = await officer.post<Refusal>('/alerts/cap', capMessage({ sender }));
    expect({ status, code: body.code, rules: body.findings?.map(({ rule }) => rule) }).toEqual({
      status: 422,
      code: 'CAP_INVALID',
      rules: expect.arrayContaining(['SENDER_ANOTHER']) as string[],
    });
  });

  it('takes the own sender of its desk', async () => {
    expect((await officer.post('/alerts/cap', capMessage({ sender: 'jp-cas@triwatch.invalid' }))).status).toBe(201);
  });

  it('says to every desk who entered it, whatever name it gives itself', async () => {
    const message = capMessage() as { info: object[] };
    const info = message.info.map((block) => ({ ...block, senderName: 'Joint Chiefs of Staff' }));
    const { body } = await officer.post<AlertIssued>('/alerts/cap', { ...message, info });
    const { token } = await Client.signIn(service.url, 'kr-jcs');
    const desk = await DeskSocket.open(service.url, { token, run: 'live', desk: 'kr-jcs' });
    const item = await desk.item('the import', ({ id }) => id === body.id);
    desk.close();
    expect(item.body.actor).toEqual({
      'ja-JP': 'Joint Chiefs of Staff（入力：内閣官房 情報連絡室）',
      'ko-KR': 'Joint Chiefs of Staff (입력: 내각관방 정보연락실)',
      'en-US': 'Joint Chiefs of Staff, entered by Cabinet Secretariat duty desk',
    });
  });
});
