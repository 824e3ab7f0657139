import { randomBytes } from 'node:crypto';
import { capTime } from '../../src/core/cap/cap.time.js';
import type { AlertView } from '../../src/core/wire/alert.js';
import type { FeedItem } from '../../src/core/wire/feed.js';
import type { RelayedDocumentView, SourceView } from '../../src/core/wire/source.js';
import { signXml } from '../../src/platform/xml/sign-xml.js';
import { fingerprintOf } from '../../src/platform/xml/verify-xml.js';
import { endless, trickle, type Behave } from '../support/bad-server.js';
import { CapAgency, capXml } from '../support/cap-agency.js';
import { Client } from '../support/client.js';
import { eventually } from '../support/eventually.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { queryAsAdmin } from '../support/test-database.js';
import { xmlSigner } from '../support/xml-keys.js';

const NAMES = { 'ja-JP': '気象機関', 'ko-KR': '기상 기관', 'en-US': 'Weather Agency' };

describe('sources', () => {
  let service: TestApp;
  let first: Client;
  let second: Client;
  let controller: Client;
  let officer: Client;
  let agency: CapAgency;
  let source = '';
  let count = 0;

  async function start(options: { allowPrivateTargets?: boolean } = {}): Promise<void> {
    service = await startTestApp(options);
    [first, second, controller, officer] = await Promise.all(['administrator', 'administrator-2', 'controller', 'jp-cas'].map((name) => Client.signIn(service.url, name))) as [Client, Client, Client, Client]; // prettier-ignore
  }

  beforeAll(() => start());
  afterAll(() => service.stop());
  beforeEach(async () => {
    agency = await CapAgency.start();
  });
  afterEach(async () => {
    await first.post(`/sources/${source}/suspend`);
    await agency.server.stop();
  });

  async function propose(more: object = {}): Promise<string> {
    source = `agency-${(count += 1)}`;
    const body = {
      id: source,
      url: agency.feedUrl,
      sender: agency.sender,
      party: 'KR',
      names: NAMES,
      intervalS: 3600,
      ...more,
    };
    const answer = await first.post(`/sources`, body);
    expect(answer).toMatchObject({ status: 201, body: { state: 'proposed' } });
    return source;
  }
  async function trusted(more: object = {}): Promise<void> {
    const id = await propose(more);
    expect(await second.post(`/sources/${id}/approve`)).toMatchObject({ status: 200, body: { state: 'trusted' } });
  }
  const view = async (): Promise<SourceView> =>
    (await first.get<SourceView[]>('/sources')).body.find(({ id }) => id === source)!;
  const documents = async (): Promise<RelayedDocumentView[]> =>
    (await first.get<RelayedDocumentView[]>(`/sources/${source}/documents`)).body;
  /** Has it looked at once more, and waits until that is done. */
  async function look(): Promise<SourceView> {
    const before = (await view()).polledAt;
    await queryAsAdmin(
      service.database,
      `UPDATE sources SET next_poll_at = now(), failed_entries = '{}' WHERE id = $1`,
      [source],
    );
    return eventually('a look', async () => {
      const now = await view();
      return now.polledAt !== undefined && now.polledAt !== before && now;
    });
  }
  const told = async (): Promise<FeedItem[]> => {
    const { body } = await officer.get<{ items: FeedItem[] }>('/runs/live/feeds/jp/items?limit=500');
    return body.items.filter(({ id }) => id.startsWith(`alert.relay.${source}.`));
  };
  const tells = (wanted: number): Promise<FeedItem[]> =>
    eventually(`${wanted} alerts`, async () => {
      const items = await told();
      return items.length >= wanted && items;
    });

  it('are asked for nothing before a second person approves', async () => {
    agency.publish('1');
    await propose();
    expect(await first.post(`/sources/${source}/approve`)).toMatchObject({ status: 409, body: { code: 'SOURCE_SAME_PERSON' } }); // prettier-ignore
    for (const other of [officer, controller]) {
      expect(await other.post(`/sources/${source}/approve`)).toMatchObject({ status: 403 });
    }
    expect(agency.server.requests).toHaveLength(0);
    await second.post(`/sources/${source}/approve`);
    await tells(1);
  });

  it('are seen by control, which may stop them and let them in no more', async () => {
    await trusted();
    expect((await controller.get<SourceView[]>('/sources')).body.map(({ id }) => id)).toContain(source);
    expect((await controller.get(`/sources/${source}/documents`)).status).toBe(200);
    expect(await controller.post(`/sources/${source}/suspend`)).toMatchObject({ status: 200, body: { state: 'suspended' } }); // prettier-ignore
    expect(await controller.post(`/sources/${source}/approve`)).toMatchObject({ status: 403 });
    expect(await second.post(`/sources/${source}/approve`)).toMatchObject({ status: 200, body: { state: 'trusted' } });
  });

  it('become live alerts, marked as a test and as relayed, with the source in every language', async () => {
    agency.publish('1');
    await trusted();
    const [item] = await tells(1);
    expect(item?.body).toMatchObject({ mode: 'test', actor: NAMES, severity: 'Severe', areas: [{ circle: { radiusKm: 20 } }] }); // prettier-ignore
    expect(
      Object.fromEntries(Object.entries(item?.body.texts ?? {}).map(([tag, { headline }]) => [tag, headline])),
    ).toEqual({
      'ja-JP': '【試験】【転送：気象機関】제목 1【試験】',
      'ko-KR': '[시험] [중계: 기상 기관] 제목 1 [시험]',
      'en-US': 'TEST RELAYED from Weather Agency: 제목 1 TEST',
    });
    expect(await documents()).toMatchObject([{ identifier: '1', outcome: 'relayed', signature: 'missing', alert: item?.id, version: 1 }]); // prettier-ignore
    const [kept] = await queryAsAdmin<{ original: Buffer }>(service.database, `SELECT original FROM relayed_documents WHERE alert_id = $1`, [item?.id]); // prettier-ignore
    expect(kept?.original.toString()).toBe(agency.cap('1'));
  });

  it('are exported in the name of their source', async () => {
    agency.publish('1');
    await trusted();
    const [item] = await tells(1);
    const path = `/alerts/${item?.id}`;
    const view = await controller.get<AlertView>(path);
    expect(view.body.versions).toMatchObject([{ sender: `relay-${source}@triwatch.invalid`, issuer: NAMES }]);
    const xml = async (): Promise<string> =>
      (await controller.raw('GET', path, undefined, { accept: 'application/cap+xml' })).text();
    expect(await xml()).toContain(`<senderName>${NAMES['ko-KR']}</senderName>`);
    // What control says itself of it is control's.
    expect((await controller.post(`/alerts/${item?.id}/cancel`)).status).toBe(201);
    expect(await xml()).toContain('<senderName>통제</senderName>');
  });

  it('are told once, asked with the tag of the last answer, and each document fetched once', async () => {
    agency.publish('1');
    await trusted();
    await tells(1);
    await look();
    expect(agency.notModified).toBeGreaterThan(0);
    agency.publish('2');
    agency.publish('again', agency.cap('1'));
    await look();
    await tells(2);
    expect((await documents()).map(({ outcome }) => outcome).sort()).toEqual(['relayed', 'relayed', 'repeated']);
    expect(await told()).toHaveLength(2);
    await look();
    expect(Object.fromEntries(agency.asked)).toMatchObject({ '/cap/1': 1, '/cap/2': 1, '/cap/again': 1 });
  });

  it('tell a message once that two of them have at the same moment', async () => {
    const ids = [await propose(), await propose({ url: `${agency.feedUrl}?other` })];
    await Promise.all(ids.map((id) => second.post(`/sources/${id}/approve`)));
    const looked = async (): Promise<SourceView[]> =>
      (await first.get<SourceView[]>('/sources')).body.filter(({ id }) => ids.includes(id));
    await eventually('both are looked at', async () =>
      (await looked()).every(({ polledAt }) => polledAt !== undefined),
    );
    for (let round = 0; round < 5; round += 1) {
      agency.publish(`shared-${round}`);
    }
    await queryAsAdmin(service.database, `UPDATE sources SET next_poll_at = now() WHERE id = ANY ($1::text[])`, [ids]);
    await eventually('each message is taken twice', async () => {
      const rows = await queryAsAdmin(service.database, `SELECT 1 FROM relayed_documents WHERE source_id = ANY ($1::text[])`, [ids]); // prettier-ignore
      return rows.length === 10;
    });
    const { body } = await officer.get<{ items: FeedItem[] }>('/runs/live/feeds/jp/items?limit=500');
    expect(body.items.filter(({ id }) => ids.some((each) => id.startsWith(`alert.relay.${each}.`)))).toHaveLength(5);
    expect((await looked()).map(({ error }) => error)).toEqual([undefined, undefined]);
    await Promise.all(ids.map((id) => first.post(`/sources/${id}/suspend`)));
  });

  it('are never told what their own cancellation took back, in whatever order that comes', async () => {
    agency.publish('a');
    agency.publish('c', agency.cap('c', { msgType: 'Cancel', references: agency.referenceTo('a') }));
    agency.fail.add('/cap/a');
    await trusted();
    await eventually('a look with a fault', async () => (await view()).error !== undefined);
    expect(await documents()).toEqual([]);
    agency.fail.clear();
    await look();
    expect((await tells(2)).map(({ version }) => version)).toEqual([1, 2]);
    agency.publish('d', agency.cap('d', { msgType: 'Cancel', references: agency.referenceTo('e') }));
    await look();
    agency.publish('e');
    await look();
    expect(await told()).toHaveLength(2);
    const reasons = (await documents()).map(({ identifier, reason }) => [identifier, reason]);
    expect(Object.fromEntries(reasons)).toMatchObject({ d: 'NOTHING_TO_CANCEL', e: 'REPLACED_BEFORE' });
  });

  it('go by the time at which each was sent, not by the order of the feed', async () => {
    const at = (seconds: number): string => capTime(Date.now() - 60_000 + seconds * 1000);
    const sent = at(0);
    agency.publish('u', agency.cap('u', { msgType: 'Update', references: `${agency.sender},a,${sent}`, sent: at(5) }));
    agency.publish('a', agency.cap('a', { sent }));
    await trusted();
    const items = await tells(2);
    expect(items.map(({ version }) => version)).toEqual([1, 2]); // prettier-ignore
    expect(new Set(items.map(({ id }) => id)).size).toBe(1);
  });

  it('are not told what was sent long ago', async () => {
    agency.publish('old', agency.cap('old', { sent: '2019-11-24T21:00:00+09:00' }));
    await trusted();
    await eventually('a document', async () => (await documents()).length === 1);
    expect(await documents()).toMatchObject([{ outcome: 'refused', reason: 'TOO_OLD' }]);
  });

  it('go on with a thread by its references, and end it', async () => {
    agency.publish('1');
    agency.publish('2', agency.cap('2', { msgType: 'Update', references: agency.referenceTo('1') }));
    agency.publish(
      '3',
      agency.cap('3', { msgType: 'Cancel', references: `${agency.referenceTo('1')} ${agency.referenceTo('2')}` }),
    );
    agency.publish('4', agency.cap('4', { msgType: 'Cancel', references: agency.referenceTo('unknown') }));
    agency.publish('5', agency.cap('5', { msgType: 'Update', references: agency.referenceTo('3') }));
    await trusted();
    const items = await tells(3);
    await eventually('all five are judged', async () => (await documents()).length === 5);
    expect(new Set(items.map(({ id }) => id)).size).toBe(1);
    expect(items.map(({ version }) => version)).toEqual([1, 2, 3]);
    const refused = (await documents()).filter(({ outcome }) => outcome === 'refused');
    expect(Object.fromEntries(refused.map(({ identifier, reason }) => [identifier, reason]))).toEqual({ 4: 'NOTHING_TO_CANCEL', 5: 'ALERT_CANCELLED' }); // prettier-ignore
  });

  it.each([
    ['refuse what is meant', false, 'STATUS_ACTUAL'],
    ['relay what is meant as part of a test, where that was agreed', true, undefined],
  ])('%s', async (_, asTest, reason) => {
    agency.publish('1', agency.cap('1', { status: 'Actual' }));
    await trusted({ asTest });
    await eventually('a document', async () => (await documents()).length === 1);
    expect((await documents())[0]?.reason).toBe(reason);
    const items = asTest ? await tells(1) : await told();
    expect(items.map(({ body }) => [body.mode, body.texts['en-US']?.headline])).toEqual(
      asTest ? [['test', 'TEST RELAYED from Weather Agency: 제목 1 TEST']] : [],
    );
  });

  it('are believed with a signature of the pinned certificate only, and read as it was signed', async () => {
    const own = xmlSigner();
    agency.publish('unsigned');
    agency.publish('other', signXml(agency.cap('other'), xmlSigner()));
    agency.publish('forged', signXml(agency.cap('forged'), own).replace('제목', '위조'));
    agency.publish('signed', signXml(agency.cap('signed'), own).replace('제목 signed', '제목<!-- --> signed'));
    await trusted({ fingerprint: fingerprintOf(own.certificate) });
    const [item] = await tells(1);
    expect(item?.body.texts['en-US']?.headline).toBe('TEST RELAYED from Weather Agency: 제목 signed TEST');
    expect(Object.fromEntries((await documents()).map(({ identifier, reason }) => [identifier, reason]))).toEqual({
      unsigned: 'SIGNATURE_MISSING',
      other: 'SIGNATURE_UNTRUSTED',
      forged: 'SIGNATURE_INVALID',
      signed: undefined,
    });
  });

  it('do not relay what another agency is said to have sent, nor keep that from being relayed', async () => {
    agency.publish('1', agency.cap('shared', { sender: 'other@example.org' }));
    await trusted();
    await eventually('a document', async () => (await documents()).length === 1);
    expect(await documents()).toMatchObject([{ outcome: 'refused', reason: 'SENDER' }]);
    await trusted({ sender: 'other@example.org' });
    await tells(1);
  });

  it.each<[string, string | Buffer, string]>([
    ['an entity bomb', `<!DOCTYPE a [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>${capXml('x').slice(39)}`, 'XML_DOCTYPE'],
    ['half a document', capXml('x').slice(0, 300), 'CAP_NOT_XML'],
    ['bytes of another encoding', Buffer.from(capXml('x', { headline: 'é' }), 'latin1'), 'CAP_NOT_XML'],
    ['something else', '<html/>', 'NOT_CAP'],
    ['an alert without a name', capXml(''), 'NOT_CAP'],
    ['an alert with a name of 3 KB', capXml(randomBytes(1_500).toString('hex')), 'NAME_TOO_LONG'],
  ])('refuse %s and relay what comes beside it', async (_, document, reason) => {
    agency.publish('bad', document);
    agency.publish('good');
    await trusted();
    await tells(1);
    expect((await documents()).find(({ outcome }) => outcome === 'refused')?.reason).toBe(reason);
  });

  it('read documents in the encoding that they name', async () => {
    const xml = agency.cap('utf16').replace('UTF-8', 'UTF-16');
    agency.publish('utf16', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(xml, 'utf16le')]));
    await trusted();
    expect((await tells(1))[0]?.body.texts['ko-KR']?.headline).toContain('제목 utf16');
  });

  it.each<[string, Behave, RegExp]>([
    ['answers 500', (_, response) => response.writeHead(500).end(), /^SOURCE_STATUS: .*500/],
    ['redirects in a loop', (_, response) => response.writeHead(302, { location: '/feed' }).end(), /^SOURCE_REDIRECTS/],
    ['redirects to no web address', (_, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(), /^TARGET_REFUSED/],
    ['sends a page', (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html/>'), /^SOURCE_TYPE/],
    ['sends another XML', (_, response) => response.writeHead(200, { 'content-type': 'text/xml' }).end('<a/>'), /^SOURCE_FORM/],
    ['is cut off', (_, response) => response.writeHead(200, { 'content-type': 'text/xml' }).end('<feed'), /^SOURCE_FORM/],
    ['sends an entity bomb', (_, response) => response.writeHead(200).end('<!DOCTYPE feed [<!ENTITY a "a">]><feed>&a;</feed>'), /^SOURCE_FORM: .*XML_DOCTYPE/],
    ['never ends', (_, response) => endless(response), /^TARGET_TOO_LARGE/],
    ['hangs up', (_, response) => void response.socket?.destroy(), /^TARGET_UNREACHABLE/],
  ])('show the error of one that %s, wait longer, and recover', async (_, behave, error) => {
    agency.server.behave = behave;
    await trusted();
    const failed = await eventually('an error', async () => (await view()).error !== undefined && view());
    expect(failed.error).toMatch(error);
    expect(failed.failures).toBe(1);
    expect(new Date(failed.nextPollAt).getTime()).toBeGreaterThan(Date.now() + 3_000_000);
    agency.recover();
    agency.publish('1');
    expect(await look()).toMatchObject({ failures: 0 });
    await tells(1);
    expect((await view()).error).toBeUndefined();
  }); // prettier-ignore

  it('are given up while they dawdle, and cost no other source its turn', async () => {
    agency.server.behave = (_, response) => trickle(response);
    await trusted();
    await eventually('it is asked', () => agency.server.requests.length > 0);
    const slow = { agency, source };
    agency = await CapAgency.start();
    agency.publish('1');
    await trusted();
    await tells(1);
    await first.post(`/sources/${source}/suspend`);
    await agency.server.stop();
    ({ agency, source } = slow);
    const { error } = await eventually('it is given up', async () => (await view()).error !== undefined && view());
    expect(error).toMatch(/^TARGET_SLOW/);
  });

  it('stop at a word of one person', async () => {
    await trusted();
    await eventually('a look', async () => (await view()).polledAt !== undefined);
    expect(await first.post(`/sources/${source}/suspend`)).toMatchObject({ status: 200, body: { state: 'suspended' } });
    agency.publish('1');
    await queryAsAdmin(service.database, `UPDATE sources SET next_poll_at = now()`);
    const before = agency.server.requests.length;
    const stopped = source;
    await trusted({ url: `${agency.feedUrl}?other` });
    await eventually('another one is looked at', async () => (await view()).polledAt !== undefined);
    const feeds = agency.server.requests.slice(before).filter(({ url }) => url?.startsWith('/feed'));
    expect(feeds.map(({ url }) => url)).toEqual(['/feed?other']);
    expect(stopped).not.toBe(source);
  });

  it.each([
    ['an address that is none', { url: 'ftp://example.org' }],
    ['a party that is not there', { party: 'XX' }],
    ['a source without a name in each language', { names: { 'en-US': 'x' } }],
  ])('refuse %s', async (_, more) => {
    const body = { id: 'bad', url: agency.feedUrl, sender: agency.sender, party: 'KR', names: NAMES, ...more };
    expect(await first.post('/sources', body)).toMatchObject({ status: 422, body: { code: 'SOURCE_INVALID' } });
  });

  describe('where private addresses are closed', () => {
    beforeAll(async () => {
      await service.stop();
      await start({ allowPrivateTargets: false });
    });

    it('reach nothing on this machine or its network', async () => {
      await trusted();
      const { error } = await eventually('an error', async () => (await view()).error !== undefined && view());
      expect(error).toMatch(/^TARGET_REFUSED/);
      expect(agency.server.requests).toHaveLength(0);
    });
  });
});
