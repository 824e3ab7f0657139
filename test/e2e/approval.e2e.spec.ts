import type { AlertDraftView, AlertIssued, AwaitingApproval, PreparedView } from '../../src/core/wire/alert.js';
import type { RunView } from '../../src/core/wire/run.js';
import type { Scope } from '../../src/core/wire/session.js';
import { KeysService } from '../../src/modules/parties/keys.service.js';
import { SignInService } from '../../src/modules/parties/sign-in.service.js';
import { RelayService } from '../../src/modules/relays/relay.service.js';
import { capXml } from '../support/cap-agency.js';
import { Client, type Answer } from '../support/client.js';
import { DeskSocket } from '../support/desk-socket.js';
import { eventually } from '../support/eventually.js';
import { ALERT, ANNOUNCEMENT, capMessage, draftOf } from '../support/requests.js';
import { DEMO_PASSWORD, startTestApp, type TestApp } from '../support/test-app.js';
import { queryAsAdmin } from '../support/test-database.js';

type Refused = { code: string; findings?: { rule: string; path: string }[] };

const NAMES = { 'ja-JP': '気象機関', 'ko-KR': '기상 기관', 'en-US': 'Weather Agency' };
const PHRASE = '実発令 Ballistic missile launch 宛先3';

describe('what is actual', () => {
  let service: TestApp;
  const people: Record<string, Client> = {};
  let seoul: DeskSocket;

  beforeAll(async () => {
    service = await startTestApp({ allowActual: true });
    await service.app.get(SignInService).saveAccounts([
      { username: 'second', displayName: 'Second approver', role: 'approver', desk: 'jp-mod', password: DEMO_PASSWORD },
      { username: 'guessed', displayName: 'Guessed', role: 'approver', desk: 'jp-cas', password: DEMO_PASSWORD },
    ]);
    const names = ['jp-cas', 'jp-mod', 'jp-cas-drafter', 'jp-cas-approver', 'second', 'guessed'];
    for (const name of [...names, 'kr-jcs', 'kr-jcs-approver', 'controller', 'administrator']) {
      people[name] = await Client.signIn(service.url, name);
    }
    seoul = await DeskSocket.open(service.url, { token: by('kr-jcs').token, run: 'live', desk: 'kr-jcs' });
  });
  afterAll(async () => {
    seoul?.close();
    await service?.stop();
  });

  const by = (name: string): Client => people[name] as Client;
  const drafter = (): Client => by('jp-cas-drafter');
  const approve = (
    name: string,
    { id, hash }: Pick<AlertDraftView, 'id' | 'hash'>,
    over: object = {},
  ): Promise<Answer<AlertIssued & Refused>> =>
    by(name).post(`/alerts/${id}/approve?run=live`, {
      hash,
      confirmation: PHRASE,
      password: DEMO_PASSWORD,
      ...over,
    });
  const act = <Body = AlertIssued & Refused>(name: string, what: string, body: object = {}): Promise<Answer<Body>> =>
    by(name).post<Body>(`/alerts/${what}`, body);
  /** What the other party has been told so far: it hears of whatever is sent after it, so nothing is on its way unseen. */
  async function toldAfter(id: string): Promise<string[]> {
    await seoul.item(`the alert ${id}`, (item) => item.id === id);
    return seoul.items.map((item) => item.id);
  }

  it('is a run of its own that live stands for, beside the test watch', async () => {
    const { body: runs } = await by('jp-cas').get<RunView[]>('/runs');
    expect(runs.map(({ id, mode }) => [id, mode])).toEqual(
      expect.arrayContaining([
        ['actual', 'actual'],
        ['test', 'test'],
      ]),
    );
    expect(runs).toHaveLength(2);
    expect((await by('jp-cas').get<RunView>('/runs/live')).body.id).toBe('actual');
    const drill = await act('jp-cas', '?run=test', ALERT);
    expect(drill).toMatchObject({ status: 201, body: { run: 'test' } });
  });

  it('waits for a second person: nobody else is told or sees it before', async () => {
    const { status, body } = await drafter().post<AwaitingApproval>('/alerts', ALERT);
    expect({ status, body }).toMatchObject({ status: 202, body: { run: 'actual', state: 'awaiting-approval' } });
    for (const name of ['kr-jcs-approver', 'jp-cas-approver']) {
      const { body: waiting } = await by(name).get<AlertDraftView[]>('/alerts/drafts');
      expect(waiting.map(({ id }) => id).includes(body.id)).toBe(name === 'jp-cas-approver');
    }
    expect(await by('kr-jcs-approver').get(`/alerts/drafts/${body.id}`)).toMatchObject({ status: 404 });
    expect(await approve('kr-jcs-approver', body)).toMatchObject({ status: 404, body: { code: 'DRAFT_NOT_FOUND' } });
    expect(await by('jp-cas').get(`/alerts/${body.id}`)).toMatchObject({ status: 404 });
    expect(await queryAsAdmin(service.database, `SELECT 1 FROM run_items WHERE id = $1`, [body.id])).toEqual([]);

    const { body: draft } = await by('jp-cas-approver').get<AlertDraftView>(`/alerts/drafts/${body.id}`);
    expect(draft).toMatchObject({ own: false, audienceCount: 3, confirmation: PHRASE, desk: 'jp-cas' });
    const issued = await approve('jp-cas-approver', body);
    expect(issued).toMatchObject({ status: 201, body: { id: body.id, run: 'actual', version: 1 } });
    await toldAfter(body.id);
    const item = seoul.items.find(({ id }) => id === body.id);
    expect(item?.body).toMatchObject({ mode: 'actual', texts: { 'en-US': { headline: 'Missile launch' } } });
  });

  it.each<[string, string, object, number, string]>([
    ['its own drafter, were they an approver', 'own', {}, 403, 'SECOND_PERSON_REQUIRED'],
    ['a drafter', 'jp-cas-drafter', {}, 403, 'FORBIDDEN'],
    ['an officer', 'jp-cas', {}, 403, 'FORBIDDEN'],
    ['a controller', 'controller', {}, 403, 'FORBIDDEN'],
    ['another password', 'jp-cas-approver', { password: 'not my password' }, 403, 'PASSWORD_WRONG'],
    ['no password', 'jp-cas-approver', { password: undefined }, 422, 'REQUEST_INVALID'],
    ['the phrase of a drill', 'jp-cas-approver', { confirmation: PHRASE.replace('実', '訓練') }, 422, 'CONFIRMATION_WRONG'],
    ['the phrase of another language', 'jp-cas-approver', { confirmation: 'SEND ACTUAL Ballistic missile launch TO 3' }, 422, 'CONFIRMATION_WRONG'],
    ['the hash of another text', 'jp-cas-approver', { hash: 'a'.repeat(64) }, 409, 'DRAFT_CHANGED'],
  ])('is not approved with %s', async (_, name, over, status, code) => {
    const own = name === 'own';
    const draft = await draftOf(own ? by('jp-cas-approver') : drafter());
    const refusal = await approve(own ? 'jp-cas-approver' : name, draft, over);
    expect(refusal).toMatchObject({ status, body: { code } });
    const { body } = await by('jp-cas-approver').get<AlertDraftView>(`/alerts/drafts/${draft.id}`);
    expect(body.state).toBe('awaiting-approval');
    expect(await by('second').get(`/alerts/${draft.id}`)).toMatchObject({ status: 404 });
  }); // prettier-ignore

  it('is read again after it was changed, and whoever changed it is an author', async () => {
    const draft = await draftOf(drafter());
    const changed = await by('jp-cas-approver').send('PUT', `/alerts/drafts/${draft.id}`, { ...ALERT, severity: 'Severe' });
    expect(changed.status).toBe(202);
    expect(await approve('second', draft)).toMatchObject({ status: 409, body: { code: 'DRAFT_CHANGED' } });
    const { body: now } = await by('second').get<AlertDraftView>(`/alerts/drafts/${draft.id}`);
    expect(await approve('jp-cas-approver', now)).toMatchObject({ body: { code: 'SECOND_PERSON_REQUIRED' } });
    expect(await approve('second', now)).toMatchObject({ status: 201 });
  }); // prettier-ignore

  it('is not approved when its row was changed by another hand', async () => {
    const draft = await draftOf(drafter());
    await queryAsAdmin(
      service.database,
      `UPDATE alert_drafts SET message = jsonb_set(message, '{info,0,headline}', '"x"') WHERE id = $1`,
      [draft.id],
    );
    expect(await approve('jp-cas-approver', draft)).toMatchObject({ status: 409, body: { code: 'DRAFT_CHANGED' } });
  });

  it('is not approved after half an hour', async () => {
    const draft = await draftOf(drafter());
    await queryAsAdmin(service.database, 'UPDATE alert_drafts SET drafted_at = drafted_at - 1800000 WHERE id = $1', [
      draft.id,
    ]);
    expect(await approve('jp-cas-approver', draft)).toMatchObject({ status: 409, body: { code: 'DRAFT_EXPIRED' } });
    const { body: waiting } = await drafter().get<AlertDraftView[]>('/alerts/drafts');
    expect(waiting.map(({ id }) => id)).not.toContain(draft.id);
  });

  it('is rejected by an approver and withdrawn by an author, and then stays so', async () => {
    const rejected = await draftOf(drafter());
    const no = await act<AlertDraftView>('jp-cas-approver', `${rejected.id}/reject`, { reason: 'No second source' });
    expect(no).toMatchObject({ status: 200, body: { state: 'rejected', reason: 'No second source' } });
    expect(await approve('second', rejected)).toMatchObject({ status: 409, body: { code: 'DRAFT_REJECTED' } });
    const withdrawn = await draftOf(drafter());
    expect(await act('second', `${withdrawn.id}/withdraw`)).toMatchObject({ body: { code: 'NOT_THE_AUTHOR' } });
    expect(await act('jp-cas-drafter', `${withdrawn.id}/withdraw`)).toMatchObject({ status: 200 });
    expect(await approve('second', withdrawn)).toMatchObject({ status: 409, body: { code: 'DRAFT_WITHDRAWN' } });
  });

  it('is issued once when two approve at once, and again answers the one who did', async () => {
    const draft = await draftOf(drafter());
    const names = ['jp-cas-approver', 'second', 'jp-cas-approver', 'second'];
    const answers = await Promise.all(names.map((name) => approve(name, draft)));
    const accepted = answers.filter(({ status }) => status === 201);
    expect(accepted).toHaveLength(2);
    expect(new Set(accepted.map(({ body }) => body.identifier)).size).toBe(1);
    expect(answers.filter(({ status }) => status === 409).map(({ body }) => body.code)).toEqual(
      Array.from({ length: 2 }, () => 'DRAFT_APPROVED'),
    );
    const versions = await queryAsAdmin(service.database, 'SELECT 1 FROM alert_versions WHERE id = $1', [draft.id]);
    expect(versions).toHaveLength(1);
    await toldAfter(draft.id);
    await toldAfter((await issued()).id);
    expect(seoul.items.filter(({ id }) => id === draft.id)).toHaveLength(1);
  });

  it('limits wrong passwords as signing in does', async () => {
    const draft = await draftOf(drafter());
    const codes: string[] = [];
    for (let attempt = 0; attempt < 11; attempt++) {
      codes.push((await approve('guessed', draft, { password: 'a guess' })).body.code);
    }
    expect(codes).toEqual([...Array.from({ length: 10 }, () => 'PASSWORD_WRONG'), 'TOO_MANY_ATTEMPTS']);
  });

  const issued = async (): Promise<AlertIssued> => (await approve('jp-cas-approver', await draftOf(drafter()))).body;

  it('takes two people to update', async () => {
    const { id } = await issued();
    const { status, body } = await act<AwaitingApproval>('jp-cas-drafter', `${id}/update`, ALERT);
    expect(status).toBe(202);
    expect(await approve('second', body)).toMatchObject({ status: 201, body: { id, version: 2 } });
    expect(await act('jp-cas', `${id}/update`, ALERT)).toMatchObject({ status: 403 });
  });

  it.each(['jp-cas', 'jp-cas-drafter', 'second'])('is taken back by one person, in words that were ready: %s', async (name) => {
    const { id } = await issued();
    const { body: ready } = await by(name).get<PreparedView>(`/alerts/${id}/prepared`);
    expect(ready.falseAlarm.map(({ language, headline }) => [language, headline])).toEqual([
      ['ja-JP', '誤報。先にお伝えした警報は誤りでした。'],
      ['ko-KR', '오발령. 앞서 발령한 경보는 잘못 발령된 것입니다.'],
      ['en-US', 'FALSE ALARM. The earlier alert was issued in error.'],
    ]);
    expect(ready.cancellation).toHaveLength(3);
    expect(await act(name, `${id}/cancel`, { prepared: true })).toMatchObject({ status: 201, body: { version: 2 } });
    await seoul.item('the cancel', (item) => item.id === id && item.version === 2);
    const told = seoul.items.find((item) => item.id === id && item.version === 2);
    expect(told?.body.texts['ko-KR']?.headline).toBe('취소: 오발령. 앞서 발령한 경보는 잘못 발령된 것입니다.');
  }); // prettier-ignore

  it('is issued by no document of CAP, and cancelled only where it is known', async () => {
    const document = { ...capMessage(), status: 'Actual' };
    const code = async (body: object): Promise<string | undefined> => {
      const answer = await act<Refused>('jp-cas-approver', 'cap?run=actual', body);
      return `${answer.status} ${answer.body.code}`;
    };
    expect(await code(document)).toBe('403 FORBIDDEN');
    const references = 'nobody@example.org,none,2024-01-01T00:00:00+00:00';
    expect(await code({ ...document, msgType: 'Cancel', references })).toBe('403 FORBIDDEN');
  });

  it('is reached by no machine: sources and keys are for the test watch', async () => {
    const agency = { id: 'agency', url: 'http://127.0.0.1:1/', sender: 'a@example.org', names: NAMES, failures: 0 };
    const source = { ...agency, intervalS: 60, maxAgeS: 86_400, asTest: true, languages: [], failedEntries: {} };
    const document = Buffer.from(capXml('relayed', { sender: agency.sender }));
    const { id, url, sender, names } = agency;
    expect((await by('administrator').post('/sources', { id, url, sender, names, party: 'KR' })).status).toBe(201);
    const relay = service.app.get(RelayService);
    await relay.take(source, await relay.open(source, 'entry', document, new Date()), new Date(), true);
    const relayed = `SELECT run_id FROM alerts WHERE id LIKE 'alert.relay.agency.%'`;
    expect(await queryAsAdmin(service.database, relayed)).toEqual([{ run_id: 'test' }]);

    const keys = service.app.get(KeysService);
    const wanted = { name: 'siren', desk: 'jp-cas', scopes: ['alerts:send', 'feeds:read'] as Scope[], days: 1 };
    const { key } = await keys.make({ kind: 'administrator' }, wanted);
    const machine = Client.withToken(service.url, key);
    expect((await machine.post('/alerts?run=test', ALERT)).status).toBe(201);
    for (const run of ['', '?run=live', '?run=actual']) {
      expect((await machine.post(`/alerts${run}`, ALERT)).status).toBe(403);
    }
  });

  it('is announced by an approver or a controller, not by an officer', async () => {
    const announce = async (name: string, over = {}): Promise<number> =>
      (await by(name).post('/announcements?run=actual', { ...ANNOUNCEMENT, ...over })).status;
    expect(await announce('jp-cas')).toBe(403);
    expect(await announce('jp-cas-approver')).toBe(201);
    expect(await announce('controller', { by: 'JP' })).toBe(201);
  });

  it('is taken back by nobody of another desk or party, nor by a controller', async () => {
    const { id } = await issued();
    for (const [name, status] of [['jp-mod', 404], ['kr-jcs', 404], ['kr-jcs-approver', 404], ['controller', 403]] as const) {
      expect({ name, status: (await act(name, `${id}/cancel`, { prepared: true })).status }).toEqual({ name, status });
    }
  }); // prettier-ignore

  it.each([
    ['actual', '【訓練】ミサイル発射', 'CLAIMS_DRILL'],
    ['test', 'これは訓練ではありません', 'CLAIMS_REALITY'],
  ])('and a drill never speak for one another: %s', async (run, headline, rule) => {
    const info = [{ language: 'ja-JP', headline }];
    const { status, body } = await act('jp-cas-drafter', `?run=${run}`, { ...ALERT, info });
    expect({ status, body }).toMatchObject({ status: 422, body: { findings: [{ rule, path: 'info[0].headline' }] } });
  });

  it('is gone with the setting, while the live watch is a test again', async () => {
    const without = await startTestApp({ database: service.database });
    try {
      const client = await Client.signIn(without.url, 'jp-cas-drafter');
      expect(await client.post('/alerts', ALERT)).toMatchObject({ status: 201, body: { run: 'live' } });
      for (const run of ['actual', 'test']) {
        expect(await client.post(`/alerts?run=${run}`, ALERT)).toMatchObject({ status: 404 });
        expect(await client.get(`/runs/${run}/feeds/jp/items`)).toMatchObject({ status: 404 });
      }
      const { body } = await client.get<RunView[]>('/runs');
      expect(body.map(({ id, mode }) => [id, mode])).toEqual([['live', 'test']]);
      const opening = DeskSocket.open(without.url, { token: client.token, run: 'actual', desk: 'jp-cas' });
      await expect(opening).rejects.toMatchObject({ data: { code: 'RUN_NOT_FOUND' } });
      const exercise = { scenario: 'notice-and-clash', mode: 'actual' };
      const control = await Client.signIn(without.url, 'controller');
      expect(await control.post('/runs', exercise)).toMatchObject({ status: 422, body: { code: 'REQUEST_INVALID' } });
    } finally {
      await without.stop();
    }
  });

  it('tells a console that comes back from the test watch to begin anew', async () => {
    const auth = { token: by('kr-jcs').token, run: 'live', desk: 'kr-jcs', cursor: { epoch: 1, seq: 1 } };
    const console = await DeskSocket.open(service.url, auth);
    await eventually('the reset', () => console.resets.find(({ epoch }) => epoch > 1_000_000));
    console.close();
  });
});
