import type { Cursor, FeedItem } from '../../src/core/wire/feed.js';
import type { WebhookDeliveryView, WebhookEnd, WebhookSecret, WebhookView } from '../../src/core/wire/webhook.js';
import { SignInService } from '../../src/modules/parties/sign-in.service.js';
import { Client } from '../support/client.js';
import { eventually } from '../support/eventually.js';
import { ALERT, SCENARIO } from '../support/requests.js';
import { SteeredRun } from '../support/steered-run.js';
import { DEMO_PASSWORD, startTestApp, type TestApp } from '../support/test-app.js';
import { queryAsAdmin } from '../support/test-database.js';
import { WebhookReceiver } from '../support/webhook-receiver.js';

const LIVE = { run: 'live', audience: 'kr', desk: 'kr-jcs' };

describe('webhooks', () => {
  let service: TestApp;
  let officer: Client;
  let receiver: WebhookReceiver;
  let cursor: Cursor;

  beforeAll(async () => {
    service = await startTestApp();
    officer = await Client.signIn(service.url, 'kr-jcs');
  });
  afterAll(() => service.stop());
  beforeEach(async () => {
    const { body } = await officer.get<Cursor>('/runs/live/feeds/kr/head');
    cursor = { epoch: body.epoch, seq: body.seq };
    receiver = await WebhookReceiver.open(service.url, { ...LIVE, token: officer.token, cursor });
  });
  afterEach(() => receiver.close());

  const alert = async (run = 'live'): Promise<string> =>
    (await officer.post<{ id: string }>(`/alerts?run=${run}`, ALERT)).body.id;
  const deliveries = async (state = ''): Promise<WebhookDeliveryView[]> =>
    (await officer.get<WebhookDeliveryView[]>(`/webhooks/${receiver.id}/deliveries${state && `?state=${state}`}`)).body;
  const view = async (): Promise<WebhookView> =>
    (await officer.get<WebhookView[]>('/webhooks')).body.find(({ id }) => id === receiver.id)!;
  /** Of this receiver, which has a port of its own. */
  const toldControl = async (): Promise<FeedItem[]> => {
    const controller = await Client.signIn(service.url, 'controller');
    const { body } = await controller.get<{ items: FeedItem[] }>('/runs/live/feeds/control/items?limit=500');
    return body.items.filter((item) => item.kind === 'message' && JSON.stringify(item.body.texts).includes(new URL(receiver.url).host)); // prettier-ignore
  };
  /** Nobody waits for the delays of retries. */
  const hurry = (): Promise<unknown> =>
    queryAsAdmin(service.database, `UPDATE webhook_deliveries SET next_at = now() WHERE state = 'pending'`);
  /** The next failure is the last. */
  const exhaust = (): Promise<unknown> =>
    queryAsAdmin(service.database, `UPDATE webhook_deliveries SET attempts = 15, next_at = now() WHERE state = 'pending' AND attempts < 15`); // prettier-ignore
  const taken = (ids: readonly string[]): Promise<true> =>
    eventually('the receiver has taken them', () => ids.every((id) => receiver.items.some((item) => item.id === id)));

  it('holds the order while a message is refused, and sends it again under the same id', async () => {
    receiver.refuse = () => 503;
    const ids = [await alert(), await alert(), await alert()];
    await eventually('it is tried twice', async () => (await hurry(), receiver.ids.length >= 2));
    expect(new Set(receiver.ids).size).toBe(1);
    expect((await deliveries('pending')).at(-1)).toMatchObject({ error: 'The receiver answered 503.' });
    receiver.refuse = () => undefined;
    await eventually('all come', async () => (await hurry(), receiver.items.length === 3));
    expect(receiver.items.map(({ id }) => id)).toEqual(ids);
  });

  it('waits longer after each failure', async () => {
    receiver.refuse = () => 500;
    await alert();
    const { attempts, nextAt = '' } = await eventually('a failure', async () =>
      (await deliveries('pending')).find((each) => each.attempts > 0),
    );
    expect(attempts).toBe(1);
    expect(new Date(nextAt).getTime()).toBeGreaterThan(Date.now() - 2_000);
  });

  it.each([
    ['answers 500', 500],
    ['answers with a redirect', 302],
  ])('gives up a message to a receiver that always %s, goes on, and sends it when asked to', async (_, status) => {
    const first = await alert();
    await taken([first]);
    const refused = await (async () => {
      receiver.refuse = () => status;
      return alert();
    })();
    await eventually('it is given up', async () => (await hurry(), (await deliveries('dead')).length === 1));
    const error = `The receiver answered ${status}.`;
    expect((await deliveries('dead'))[0]).toMatchObject({ attempts: 16, error });
    expect(await view()).toMatchObject({ waiting: 0, dead: 1, error, failedAt: expect.any(String) as string });
    const told = await eventually('control is told', async () => (await toldControl())[0]);
    expect(told.body).toMatchObject({
      mode: 'test',
      texts: {
        'en-US': { headline: `TEST Webhook gave up: ${new URL(receiver.url).host}, feed of Republic of Korea TEST` },
      },
    });
    receiver.refuse = () => undefined;
    const next = await alert();
    await taken([next]);
    const { body } = await officer.post<{ resent: number }>(`/webhooks/${receiver.id}/resend`);
    expect(body).toEqual({ run: 'live', resent: 1 });
    await taken([refused]);
    await eventually('it is noted', async () => (await deliveries('dead')).length === 0);
    expect(await view()).toMatchObject({ waiting: 0, dead: 0 });
  });

  it('tells control once that it gives up, until a message is taken again', async () => {
    receiver.refuse = () => 500;
    await alert();
    await alert();
    await eventually('both are given up', async () => (await exhaust(), (await deliveries('dead')).length === 2));
    await eventually('control is told', async () => (await toldControl()).length === 1);
    receiver.refuse = () => undefined;
    await taken([await alert()]);
    await eventually('it is noted', async () => (await deliveries('pending')).length === 0);
    receiver.refuse = () => 500;
    await alert();
    await eventually('one more is given up', async () => (await exhaust(), (await deliveries('dead')).length === 3));
    await eventually('control is told again', async () => (await toldControl()).length === 2);
  });

  it('says how many messages wait, and sends them at once when asked to', async () => {
    receiver.refuse = () => 500;
    const ids = [await alert(), await alert()];
    await eventually('a failure', async () => (await view()).error !== undefined);
    await queryAsAdmin(service.database, `UPDATE webhook_deliveries SET next_at = now() + interval '1 hour' WHERE webhook_id = $1 AND state = 'pending'`, [receiver.id]); // prettier-ignore
    expect(await view()).toMatchObject({ waiting: 2, dead: 0, error: 'The receiver answered 500.' });
    receiver.refuse = () => undefined;
    await officer.post(`/webhooks/${receiver.id}/resend`);
    await taken(ids);
  });

  it('leaves what was given up before the feed began anew', async () => {
    await taken([await alert()]);
    await eventually('it is noted', async () => (await deliveries('delivered')).length === 1);
    await queryAsAdmin(
      service.database,
      `UPDATE webhook_deliveries SET state = 'dead', epoch = epoch - 1 WHERE webhook_id = $1`,
      [receiver.id],
    );
    const { body } = await officer.post<{ resent: number }>(`/webhooks/${receiver.id}/resend`);
    expect(body).toEqual({ run: 'live', resent: 0 });
  });

  it('keeps one that was sent and not noted from being taken twice', async () => {
    const id = await alert();
    await taken([id]);
    await eventually('it is noted', async () => (await deliveries('pending')).length === 0);
    await queryAsAdmin(service.database, `UPDATE webhook_deliveries SET state = 'pending' WHERE webhook_id = $1`, [
      receiver.id,
    ]);
    await eventually('it comes again', () => receiver.ids.length === 2);
    expect(new Set(receiver.ids).size).toBe(1);
    expect(receiver.items).toHaveLength(1);
  });

  it('lets another worker go on after the one that held it is gone', async () => {
    const hold = (until: string): Promise<unknown> =>
      queryAsAdmin(service.database, `UPDATE webhooks SET lease = 'dead', leased_until = now() + $2::interval WHERE id = $1`, [receiver.id, until]); // prettier-ignore
    await hold('1 hour');
    const id = await alert();
    const other = await WebhookReceiver.open(service.url, { ...LIVE, token: officer.token });
    await eventually('another webhook is told', () => other.items.some((item) => item.id === id));
    await other.close();
    expect(receiver.ids).toEqual([]);
    await hold('0 s');
    await taken([id]);
  });

  it('signs with the new secret and, for a day, with the old one', async () => {
    const { body } = await officer.post<WebhookSecret>(`/webhooks/${receiver.id}/rotate`);
    expect(body.secret).not.toBe(receiver.secret);
    await taken([await alert()]);
    receiver.secret = body.secret;
    await taken([await alert()]);
    await queryAsAdmin(service.database, `UPDATE webhooks SET previous_until = now() WHERE id = $1`, [receiver.id]);
    await taken([await alert()]);
  });

  it('sends nothing once it is disabled', async () => {
    await officer.post(`/webhooks/${receiver.id}/disable`);
    const other = await WebhookReceiver.open(service.url, { ...LIVE, token: officer.token });
    const id = await alert();
    await eventually('another webhook is told', () => other.items.some((item) => item.id === id));
    await other.close();
    expect(receiver.ids).toEqual([]);
  });

  describe('of somebody whose rights end', () => {
    const other = { username: 'kr-other', displayName: 'Other', role: 'officer', desk: 'kr-jcs', password: DEMO_PASSWORD } as const; // prettier-ignore

    it.each<[string, WebhookEnd, (signIns: SignInService) => Promise<void>]>([
      ['account is closed', 'OWNER_CLOSED', (signIns) => signIns.setActive('kr-other', false)],
      ['role may have none', 'OWNER_ROLE', (signIns) => signIns.saveAccounts([{ ...other, role: 'observer' }])],
      ['desk is another', 'OWNER_DESK', (signIns) => signIns.saveAccounts([{ ...other, desk: 'jp-cas' }])],
    ])('sends nothing more once the %s, and says why', async (_, reason, end) => {
      const signIns = service.app.get(SignInService);
      await signIns.saveAccounts([other]);
      const { token } = await Client.signIn(service.url, 'kr-other');
      const theirs = await WebhookReceiver.open(service.url, { ...LIVE, token, cursor });
      const before = await alert();
      await eventually('theirs is told', () => theirs.items.some((item) => item.id === before));
      await end(signIns);
      const after = await alert();
      await taken([after]);
      const controller = await Client.signIn(service.url, 'controller');
      const view = await eventually('it is disabled', async () => {
        const { body } = await controller.get<WebhookView[]>('/webhooks');
        return body.find(({ id, state }) => id === theirs.id && state === 'disabled');
      });
      expect(view.reason).toBe(reason);
      expect(theirs.items.map(({ id }) => id)).toEqual([before]);
      const record = await queryAsAdmin(service.database, `SELECT who, run_id, detail FROM audit WHERE action = 'webhook.disabled' AND detail ->> 'id' = $1`, [theirs.id]); // prettier-ignore
      expect(record).toEqual([{ who: 'pipeline', run_id: 'live', detail: { id: theirs.id, reason } }]);
      await theirs.stop();
    });

    it('stays with a controller, who has no desk', async () => {
      const { token } = await Client.signIn(service.url, 'controller');
      const theirs = await WebhookReceiver.open(service.url, { ...LIVE, token });
      const id = await alert();
      await eventually('theirs is told', () => theirs.items.some((item) => item.id === id));
      await theirs.close();
    });
  });

  it('hears of its own run alone: nothing of an exercise when it is registered for live', async () => {
    const run = await SteeredRun.start(service, SCENARIO);
    const exercise = await WebhookReceiver.open(service.url, { ...LIVE, run: run.id, token: officer.token });
    const drill = await alert(run.id);
    const live = await alert();
    await eventually('the exercise is told', () => exercise.items.some(({ id }) => id === drill));
    await taken([live]);
    expect(receiver.items.map(({ id, mode }) => [id, mode])).toEqual([[live, 'test']]);
    expect(exercise.items.every(({ mode }) => mode === 'exercise')).toBe(true);
    await exercise.close();
  });

  it('tells its secret once, and writes neither it nor the address into the record', async () => {
    const { body: list } = await officer.get<WebhookView[]>('/webhooks');
    expect(JSON.stringify(list)).not.toMatch(/whsec_|secret/i);
    expect(list.find(({ id }) => id === receiver.id)).toMatchObject({ run: 'live', audience: 'kr', state: 'active' });
    const record = await queryAsAdmin(service.database, `SELECT detail FROM audit WHERE action LIKE 'webhook.%'`);
    expect(record.length).toBeGreaterThan(0);
    expect(JSON.stringify(record)).not.toMatch(/whsec_|hidden/);
  });

  it('is nobody else’s: another desk finds none of it', async () => {
    const other = await Client.signIn(service.url, 'jp-cas');
    for (const path of ['rotate', 'disable', 'resend']) {
      expect(await other.post(`/webhooks/${receiver.id}/${path}`)).toMatchObject({ status: 404, body: { code: 'WEBHOOK_NOT_FOUND' } }); // prettier-ignore
    }
    expect((await other.get(`/webhooks/${receiver.id}/deliveries`)).status).toBe(404);
    expect((await other.get<WebhookView[]>('/webhooks')).body).toEqual([]);
  });

  it.each(['ftp://example.org/', 'https://user:pw@example.org/', 'example.org', ''])(
    'refuses the address %j',
    async (url) => {
      const { status, body } = await officer.post('/webhooks', { url, audience: 'kr' });
      expect({ status, code: body['code'] }).toEqual({ status: 422, code: 'WEBHOOK_URL' });
    },
  );

  it('has a limit of webhooks of a feed for each person, also when they ask for many at once', async () => {
    const register = (by: Client): Promise<{ status: number; body: WebhookSecret & { code?: string } }> =>
      by.post('/webhooks', { url: 'http://127.0.0.1:1/', audience: 'kr' });
    const answers = await Promise.all(Array.from({ length: 12 }, () => register(officer)));
    expect(answers.flatMap(({ body }) => body.code ?? [])).toEqual(['TOO_MANY_WEBHOOKS', 'TOO_MANY_WEBHOOKS', 'TOO_MANY_WEBHOOKS']); // prettier-ignore
    // Control sees those of the officer; they are not control's.
    const controller = await Client.signIn(service.url, 'controller');
    const other = await register(controller);
    expect(other.status).toBe(201);
    const made = [...answers, other].flatMap(({ body }) => body.id ?? []);
    await Promise.all(made.map((id) => controller.post(`/webhooks/${id}/disable`)));
  });
});

describe('webhooks where private addresses are closed', () => {
  let service: TestApp;

  beforeAll(async () => {
    service = await startTestApp({ allowPrivateTargets: false });
  });
  afterAll(() => service.stop());

  it('are sent over HTTPS only, and never to this machine', async () => {
    const officer = await Client.signIn(service.url, 'kr-jcs');
    const plain = await officer.post('/webhooks', { url: 'http://example.org/', audience: 'kr' });
    expect(plain).toMatchObject({ status: 422, body: { code: 'WEBHOOK_URL' } });
    const { body } = await officer.post<WebhookSecret>('/webhooks', { url: 'https://localhost:1/', audience: 'kr' });
    await officer.post('/alerts', ALERT);
    const failed = await eventually('it fails', async () => {
      const list = await officer.get<WebhookDeliveryView[]>(`/webhooks/${body.id}/deliveries`);
      return list.body.find(({ error }) => error !== undefined);
    });
    expect(failed.error).toBe('TARGET_REFUSED: The target is not at a public address.');
  });
});
