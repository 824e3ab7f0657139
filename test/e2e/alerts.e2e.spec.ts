import { SignInService } from '../../src/modules/parties/sign-in.service.js';
import type { FeedItem } from '../../src/core/wire/feed.js';
import { Client, type Answer } from '../support/client.js';
import { DeskSocket } from '../support/desk-socket.js';
import { ALERT, SCENARIO } from '../support/requests.js';
import { DEMO_PASSWORD, startTestApp, type TestApp } from '../support/test-app.js';

interface Issued {
  id: string;
  identifier: string;
  run: string;
  version: number;
  code: string;
  detail: string;
  findings: { rule: string; path: string }[];
  warnings: { rule: string }[];
}

const DESKS = ['jp-cas', 'kr-jcs', 'us-indopacom'];
const MARKERS = {
  test: { 'ja-JP': '【試験】', 'ko-KR': '[시험]', 'en-US': 'TEST' },
  exercise: { 'ja-JP': '【訓練】', 'ko-KR': '[훈련]', 'en-US': 'EXERCISE' },
};

/** Every text of an item begins and ends with the marker of its language. */
function expectMarked({ body: { texts } }: FeedItem, markers: Record<string, string>): void {
  expect(Object.keys(texts).sort()).toEqual(Object.keys(markers).sort());
  for (const [language, marker] of Object.entries(markers)) {
    for (const text of Object.values(texts[language] ?? {})) {
      expect({ text, first: text.startsWith(marker), last: text.endsWith(marker) }).toEqual({
        text,
        first: true,
        last: true,
      });
    }
  }
}

describe('alerts', () => {
  let service: TestApp;
  let controller: Client;
  let sender: Client;
  const desks: Record<string, DeskSocket> = {};

  beforeAll(async () => {
    service = await startTestApp();
    controller = await Client.signIn(service.url, 'controller');
    for (const desk of DESKS) {
      const client = await Client.signIn(service.url, desk);
      desks[desk] = await DeskSocket.open(service.url, { token: client.token, run: 'live', desk });
      sender = desk === 'jp-cas' ? client : sender;
    }
  });
  afterAll(async () => {
    Object.values(desks).forEach((desk) => desk.close());
    await service.stop();
  });

  const issue = async (message: object = ALERT): Promise<Issued> =>
    (await sender.post<Issued>('/alerts', message)).body;
  const act = (what: 'update' | 'cancel', id: string, body: object = ALERT, by = sender): Promise<Answer<Issued>> =>
    by.post<Issued>(`/alerts/${id}/${what}`, body);

  /** What each desk got of a thread, once it has its version `last`. */
  async function threads(id: string, last: number): Promise<FeedItem[][]> {
    return Promise.all(
      Object.values(desks).map(async (desk) => {
        await desk.item(`${id} version ${last}`, (item) => item.id === id && item.version === last);
        return desk.items.filter((item) => item.id === id);
      }),
    );
  }

  it('reach the desks of all three parties, marked as a test first and last in each language', async () => {
    const { id, identifier, run, version } = await issue();
    expect({ run, version }).toEqual({ run: 'live', version: 1 });
    expect(identifier).toMatch(/^urn:uuid:[0-9a-f-]{36}$/);
    const [jp, kr, us] = await threads(id, 1);
    for (const thread of [jp, kr, us]) {
      const item = thread?.[0] as FeedItem;
      expect(thread).toEqual([expect.objectContaining({ kind: 'alert', version: 1, late: false })]);
      expect(item.body).toMatchObject({
        mode: 'test',
        severity: 'Extreme',
        urgency: 'Immediate',
        certainty: 'Observed',
      });
      expect(item.body.known.basis).toBe('input');
      expectMarked(item, MARKERS.test);
      // Everybody is told the same at the same run time.
      expect(item.body).toEqual(jp?.[0]?.body);
    }
  });

  it('keep the marker of a sender who gave it, once', async () => {
    const info = [{ language: 'en-US', headline: 'TEST Launch TEST', description: 'TEST A launch was seen. TEST' }];
    const { id } = await issue({ ...ALERT, info });
    for (const [item] of await threads(id, 1)) {
      expect(item?.body.texts).toEqual({
        'en-US': { headline: 'TEST Launch TEST', description: 'TEST A launch was seen. TEST' },
      });
    }
  });

  it('of an exercise say that they are one, and reach the desks of that run alone', async () => {
    const { body: run } = await controller.post<{ id: string }>('/runs', { scenario: SCENARIO, paused: true });
    const { token } = await Client.signIn(service.url, 'kr-jcs');
    const desk = await DeskSocket.open(service.url, { token, run: run.id, desk: 'kr-jcs' });
    const { body } = await sender.post<Issued>(`/alerts?run=${run.id}`, { ...ALERT, status: 'Exercise' });
    const item = await desk.item('the alert of the exercise', ({ id }) => id === body.id);
    desk.close();
    expect(item.body.mode).toBe('exercise');
    expectMarked(item, MARKERS.exercise);
    // What was sent to the live watch after it has arrived there, and it has not.
    await threads((await issue()).id, 1);
    expect(Object.values(desks).flatMap(({ items }) => items.filter(({ id }) => id === body.id))).toEqual([]);
  });

  it.each([
    ['live', 'Actual'],
    ['live', 'Exercise'],
  ])('to the run %s with the status %s are refused, and nobody is told', async (run, status) => {
    const before = Object.values(desks).map(({ items }) => items.length);
    const refusal = await sender.post<Issued>(`/alerts?run=${run}`, { ...ALERT, status });
    expect(refusal.status).toBe(422);
    expect(refusal.body).toMatchObject({ code: 'ALERT_INVALID', findings: [{ rule: 'STATUS_MODE', path: 'status' }] });
    await threads((await issue({ ...ALERT, status: 'Test' })).id, 1);
    expect(Object.values(desks).map(({ items }) => items.length)).toEqual(before.map((count) => count + 1));
  });

  it('are updated: version 2 comes after version 1 at every desk, with an identifier of its own', async () => {
    const { id, identifier } = await issue();
    const info = [{ language: 'en-US', headline: 'Two launches' }];
    const { status, body } = await act('update', id, { ...ALERT, severity: 'Severe', info });
    expect({ status, id: body.id, version: body.version }).toEqual({ status: 201, id, version: 2 });
    expect(body.identifier).not.toBe(identifier);
    for (const thread of await threads(id, 2)) {
      expect(thread.map(({ version }) => version)).toEqual([1, 2]);
      expect(thread[1]?.seq).toBeGreaterThan(thread[0]?.seq ?? Infinity);
      expect(thread[1]?.body).toMatchObject({ severity: 'Severe', texts: { 'en-US': { headline: 'TEST Two launches TEST' } } });
    }
  }); // prettier-ignore

  it('are cancelled in our words or the sender\'s, and then stay as they are', async () => {
    const ours = await issue();
    expect(await act('cancel', ours.id, { note: 'A flock of birds' })).toMatchObject({ status: 201, body: { version: 2 } });
    for (const thread of await threads(ours.id, 2)) {
      expectMarked(thread[1] as FeedItem, MARKERS.test);
      expect(thread[1]?.body.note).toBe('A flock of birds');
      expect(thread[1]?.body.texts['en-US']?.headline).toMatch(/CANCELLED: .*withdrawn/);
    }
    for (const [what, body] of [['cancel', {}], ['update', ALERT]] as const) {
      expect(await act(what, ours.id, body)).toMatchObject({ status: 409, body: { code: 'ALERT_CANCELLED' } });
    }
    const theirs = await issue();
    await act('cancel', theirs.id, { info: [{ language: 'en-US', headline: 'No launch after all' }] });
    for (const thread of await threads(theirs.id, 2)) {
      expect(thread[1]?.body.texts).toEqual({ 'en-US': { headline: 'TEST CANCELLED: No launch after all TEST' } });
    }
    const { body } = await sender.get<{ versions: { version: number; msgType: string }[] }>(`/alerts/${ours.id}`);
    expect(body.versions.map(({ version, msgType }) => [version, msgType])).toEqual([[1, 'Alert'], [2, 'Cancel']]);
  }); // prettier-ignore

  it('that many update at once get every version once, in order', async () => {
    const { id } = await issue();
    const answers = await Promise.all(Array.from({ length: 8 }, () => act('update', id)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 201));
    const versions = Array.from({ length: 9 }, (_, index) => index + 1);
    expect(answers.map(({ body }) => body.version).sort((a, b) => a - b)).toEqual(versions.slice(1));
    for (const thread of await threads(id, 9)) {
      expect(thread.map(({ version }) => version)).toEqual(versions);
    }
  });

  it.each(['kr-jcs', 'jp-mod'])('of JP are not for %s to read, update or cancel by the API', async (desk) => {
    const { id } = await issue();
    const other = await Client.signIn(service.url, desk);
    for (const answer of [
      await act('update', id, ALERT, other),
      await act('cancel', id, {}, other),
      await other.get<Issued>(`/alerts/${id}`),
    ]) {
      expect(answer).toMatchObject({ status: 404, body: { code: 'ALERT_NOT_FOUND' } });
    }
    const { body } = await sender.get<{ versions: object[] }>(`/alerts/${id}`);
    expect(body.versions).toHaveLength(1);
  });

  it('belong to the desk: its next shift and the approvers of its party go on with them', async () => {
    await service.app.get(SignInService).saveAccounts([
      { username: 'night', displayName: 'Night shift', role: 'officer', desk: 'jp-cas', password: DEMO_PASSWORD },
      { username: 'mod', displayName: 'Approver', role: 'approver', desk: 'jp-mod', password: DEMO_PASSWORD },
      { username: 'seoul', displayName: 'Approver', role: 'approver', desk: 'kr-jcs', password: DEMO_PASSWORD },
    ]);
    const { id } = await issue();
    const [night, mod, seoul] = await Promise.all(
      ['night', 'mod', 'seoul'].map((name) => Client.signIn(service.url, name)),
    );
    expect(await act('update', id, ALERT, night)).toMatchObject({ status: 201, body: { version: 2 } });
    expect(await act('cancel', id, {}, seoul)).toMatchObject({ status: 404, body: { code: 'ALERT_NOT_FOUND' } });
    expect(await act('cancel', id, {}, mod)).toMatchObject({ status: 201, body: { version: 3 } });
    const { body } = await sender.get<{ versions: object[] }>(`/alerts/${id}`);
    expect(body.versions).toHaveLength(3);
  });

  it('are for a controller to update, which their sender then sees', async () => {
    const { id } = await issue();
    expect((await act('update', id, ALERT, controller)).body.version).toBe(2);
    const { body } = await sender.get<{ versions: object[] }>(`/alerts/${id}`);
    expect(body.versions).toHaveLength(2);
  });

  describe('from a standard phrase', () => {
    interface Phrases {
      id: string;
      slots: { name: string; required: boolean }[];
    }
    interface Stored {
      versions: { message: { event: string; phrase?: unknown; areas?: unknown; info: { language: string }[] } }[];
    }

    it('say it in every language, marked, and keep the phrase and the areas by code', async () => {
      const { body: phrases } = await sender.get<Phrases[]>('/phrases');
      expect(phrases.find(({ id }) => id === 'launch')?.slots).toContainEqual({ name: 'time', required: false });
      const phrase = { id: 'launch', slots: { time: '07:29', place: 'JP-01,JP-02' } };
      const areas = [{ iso: 'JP-01' }, { iso: 'JP-02' }];
      const { status, body } = await sender.post<Issued>('/alerts', { phrase, areas });
      expect({ status, warnings: body.warnings }).toEqual({ status: 201, warnings: [] });
      for (const [item] of await threads(body.id, 1)) {
        expectMarked(item as FeedItem, MARKERS.test);
        expect(item?.body.texts['ja-JP']?.description).toContain('発射時刻は午前7時29分頃。対象地域：北海道、青森県。');
        expect(item?.body).toMatchObject({ urgency: 'Immediate', severity: 'Extreme', certainty: 'Observed', areas });
      }
      const { body: stored } = await sender.get<Stored>(`/alerts/${body.id}`);
      expect(stored.versions[0]?.message).toMatchObject({ event: 'Missile launch', phrase, areas });

      const early = await sender.post<Issued>('/alerts', { phrase: { id: 'false-alarm' } });
      expect(early).toMatchObject({ status: 422, body: { findings: [{ rule: 'PHRASE_ACT' }] } });
      const ended = await act('cancel', body.id, { phrase: { id: 'false-alarm' } });
      expect(ended.status).toBe(201);
      for (const thread of await threads(body.id, 2)) {
        expect(thread[1]?.body.texts['ko-KR']?.headline).toContain('오발령');
      }
    });

    it.each([
      [{ phrase: { id: 'lunch' } }, 'PHRASE_UNKNOWN'],
      [{ phrase: { id: 'launch', slots: { time: 'soon' } } }, 'PHRASE_SLOT_FORM'],
      [{ phrase: { id: 'drill-start' } }, 'PHRASE_MODE'],
      [{ phrase: { id: 'launch', slots: 'x' } }, 'phrase'],
      [{ phrase: null }, 'isString'],
      [{ phrase: { id: 'launch' }, severity: 'Awful' }, 'isIn'],
      [{ phrase: { id: 'launch' }, areas: [{ iso: 'JP-99' }] }, 'area'],
    ])('%j are refused with %s', async (message, rule) => {
      const refusal = await sender.post<Issued>('/alerts', message);
      expect(refusal.status).toBe(422);
      expect(refusal.body.findings.map((finding) => finding.rule)).toContain(rule);
    });
  });

  it('whose languages differ are sent, with what differs', async () => {
    const info = [
      { language: 'ja-JP', headline: '午前7時29分、衛星を発射' },
      { language: 'en-US', headline: 'Missile launched at 7:39 a.m.' },
    ];
    const { status, body } = await sender.post<Issued>('/alerts', { ...ALERT, info });
    expect(status).toBe(201);
    expect(body.warnings.map(({ rule }) => rule)).toEqual(['LANGUAGE_MISSING', 'TIME_DIFFERS', 'TERM_DIFFERS']);
  });
});
