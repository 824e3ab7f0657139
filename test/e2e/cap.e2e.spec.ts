import { randomUUID } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Client } from '../support/client.js';
import { DeskSocket } from '../support/desk-socket.js';
import { HOSTILE_CAP } from '../support/hostile-cap.js';
import { ALERT, capMessage } from '../support/requests.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

interface Issued {
  id: string;
  identifier: string;
  version: number;
  code: string;
  findings: { rule: string; path: string; severity: string; line?: number }[];
}

interface View {
  versions: {
    version: number;
    msgType: string;
    identifier: string;
    sender: string;
    replaces: { identifier: string }[];
  }[];
}

const SENDER = 'warnings@weather.example';
const SENT = '2026-11-24T12:00:00+09:00';

/** A document as another service writes it, with a prefix, a comment and a time zone of its own. */
const xml = ({
  identifier = randomUUID(),
  status = 'Test',
  msgType = 'Alert',
  references = '',
  encoding = 'UTF-8',
  headline = '暴風警報',
}) =>
  `<?xml version="1.0" encoding="${encoding}"?>
<c:alert xmlns:c="urn:oasis:names:tc:emergency:cap:1.2"><!-- as it came -->
  <c:identifier>${identifier}</c:identifier><c:sender>${SENDER}</c:sender><c:sent>${SENT}</c:sent>
  <c:status>${status}</c:status><c:msgType>${msgType}</c:msgType><c:scope>Public</c:scope>
  ${references ? `<c:references>${references}</c:references>` : ''}
  <c:info><c:language>ja-JP</c:language><c:category>Met</c:category><c:event>暴風</c:event>
    <c:urgency>Expected</c:urgency><c:severity>Severe</c:severity><c:certainty>Likely</c:certainty>
    <c:headline>${headline}</c:headline>
    <c:area><c:areaDesc>沿岸</c:areaDesc><c:polygon>35,139 35,140 36,140 36,139 35,139</c:polygon></c:area>
  </c:info>
</c:alert>`;

describe('CAP', () => {
  let service: TestApp;
  let officer: Client;
  let desk: DeskSocket;

  beforeAll(async () => {
    service = await startTestApp();
    officer = await Client.signIn(service.url, 'jp-cas');
    desk = await DeskSocket.open(service.url, { token: officer.token, run: 'live', desk: 'jp-cas' });
  });
  afterAll(async () => {
    desk.close();
    await service.stop();
  });

  const post = (path: string, body: string, type = 'application/cap+xml'): Promise<Response> =>
    officer.raw('POST', path, body, { 'content-type': type });
  const read = (id: string, accept: string, query = ''): Promise<Response> =>
    officer.raw('GET', `/alerts/${id}${query}`, undefined, { accept });
  async function imported(body: string): Promise<Issued> {
    const response = await post('/alerts/cap', body);
    expect({ status: response.status, type: response.headers.get('content-type') }).toMatchObject({ status: 201 });
    return (await response.json()) as Issued;
  }
  const view = async (id: string): Promise<View> => (await officer.get<View>(`/alerts/${id}`)).body;

  describe('POST /cap/validate', () => {
    it.each(['application/cap+xml', 'application/xml', 'text/xml; charset=utf-8'])('judges %s', async (type) => {
      const response = await post('/cap/validate', xml({ status: 'Actual' }), type);
      expect(response.status).toBe(200);
      expect(await response.json()).toMatchObject({ valid: true });
    });

    it('judges the JSON mirror', async () => {
      const { body } = await officer.post('/cap/validate', capMessage({ status: 'actual' }));
      expect(body).toMatchObject({ valid: false, findings: [{ rule: 'VALUE_UNKNOWN', path: 'status' }, {}] });
    });

    it('names all findings at once, those of the schema with their lines', async () => {
      const broken = xml({ msgType: 'Update' })
        .replace('<c:category>Met</c:category>', '')
        .replace('35,139<', '35,138<');
      const { valid, findings } = (await (await post('/cap/validate', broken)).json()) as Issued & { valid: boolean };
      expect(valid).toBe(false);
      expect(findings.map(({ rule, line }) => `${rule} ${line}`)).toEqual(
        expect.arrayContaining(['XSD 6', 'ELEMENT_MISSING 6', 'REFERENCES_MISSING 2', 'POLYGON_OPEN 9']),
      );
    });

    it.each([
      ['nothing', ''],
      ['JSON', '{}'],
      ['a document that breaks off', xml({}).slice(0, 200)],
    ])('refuses %s under the name of XML', async (_, body) => {
      const response = await post('/cap/validate', body);
      expect({ status: response.status, body: await response.json() }).toMatchObject({
        status: 400,
        body: { code: 'CAP_NOT_XML' },
      });
    });

    it('expands no entity', async () => {
      const bomb = xml({})
        .replace('<c:alert', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><c:alert')
        .replace('暴風警報', '&x;');
      const response = await post('/cap/validate', bomb);
      const text = await response.text();
      expect(JSON.parse(text)).toMatchObject({ valid: false, findings: [{ rule: 'XML_DOCTYPE' }] });
      expect(text).not.toContain('root:');
    });

    it('goes on with its other work while it judges what is hard to judge', async () => {
      const delay = monitorEventLoopDelay({ resolution: 10 });
      delay.enable();
      const { status } = await post('/cap/validate', HOSTILE_CAP['points of a polygon'] ?? '');
      delay.disable();
      // On a machine that is busy it may be ended for the time that it takes.
      expect([200, 422]).toContain(status);
      expect(delay.max / 1e6).toBeLessThan(500);
    });

    it('takes no more than 2.5 megabytes', async () => {
      expect((await post('/cap/validate', xml({ headline: 'x'.repeat(2_600_000) }))).status).toBe(413);
    });
  });

  describe('POST /alerts/cap', () => {
    it('tells every desk, marked, in the name of whoever sent it, and gives its own bytes back', async () => {
      const document = xml({});
      const { id, version } = await imported(document);
      expect(version).toBe(1);
      const item = await desk.item('the import', (each) => each.id === id);
      expect(item.body).toMatchObject({
        texts: { 'ja-JP': { headline: '【試験】暴風警報【試験】' } },
        actor: { 'ja-JP': `${SENDER}（入力：内閣官房 情報連絡室）` },
        severity: 'Severe',
      });
      const response = await read(id, 'application/cap+xml');
      expect(response.headers.get('content-type')).toBe('application/cap+xml');
      expect(await response.text()).toBe(document);
    });

    it('reads what is not UTF-8, and keeps it so', async () => {
      const document = Buffer.from(
        xml({ encoding: 'ISO-8859-1', headline: 'Caf\u00e9' }).replace(/[^\0-\u00ff]/g, '?'),
        'latin1',
      );
      const response = await fetch(`${service.url}/api/v1/alerts/cap`, {
        method: 'POST',
        headers: { authorization: `Bearer ${officer.token}`, 'content-type': 'application/cap+xml' },
        body: document,
      });
      const { id } = (await response.json()) as Issued;
      const item = await desk.item('the import', (each) => each.id === id);
      expect(item.body.texts['ja-JP']?.headline).toBe('【試験】Caf\u00e9【試験】');
      expect(Buffer.from(await (await read(id, 'application/cap+xml')).arrayBuffer()).equals(document)).toBe(true);
    });

    it('refuses what has an error, and lists every finding', async () => {
      const response = await post('/alerts/cap', xml({ msgType: 'Update' }).replace('35,139<', '35,138<'));
      const { code, findings } = (await response.json()) as Issued;
      expect({ status: response.status, code }).toEqual({ status: 422, code: 'CAP_INVALID' });
      expect(findings.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['REFERENCES_MISSING', 'POLYGON_OPEN']));
    });

    it.each([
      ['Actual', 'Alert', 'STATUS_MODE'],
      ['Exercise', 'Alert', 'STATUS_MODE'],
      ['Test', 'Ack', 'CAP_MSG_TYPE'],
    ])('refuses a %s %s in a run of mode test', async (status, msgType, rule) => {
      const response = await post('/alerts/cap', xml({ status, msgType, references: `${SENDER},a,${SENT}` }));
      const { findings } = (await response.json()) as Issued;
      expect({ status: response.status, rules: findings.map((each) => each.rule) }).toMatchObject({
        status: 422,
        rules: expect.arrayContaining([rule]) as string[],
      });
    });

    it('takes a message once', async () => {
      const document = xml({});
      await imported(document);
      const again = await post('/alerts/cap', document);
      expect({ status: again.status, body: await again.json() }).toMatchObject({
        status: 409,
        body: { code: 'CAP_KNOWN' },
      });
    });

    it('takes an update and a cancel to the thread that they name', async () => {
      const first = await imported(xml({}));
      // The same moment in another zone is the same message.
      const reference = `${SENDER},${first.identifier},2026-11-24T03:00:00-00:00`;
      const update = await imported(xml({ msgType: 'Update', references: reference }));
      expect(update).toMatchObject({ id: first.id, version: 2 });
      const cancel = await imported(xml({ msgType: 'Cancel', references: `${SENDER},${update.identifier},${SENT}` }));
      expect(cancel).toMatchObject({ id: first.id, version: 3 });
      const late = await post('/alerts/cap', xml({ msgType: 'Update', references: reference }));
      expect({ status: late.status, body: await late.json() }).toMatchObject({
        status: 409,
        body: { code: 'ALERT_CANCELLED' },
      });
    });

    it('begins a thread where what it names is unknown, and keeps the reference', async () => {
      const reference = `${SENDER},long-ago,2026-11-20T12:00:00+09:00`;
      const { id, version } = await imported(xml({ msgType: 'Update', references: reference }));
      expect(version).toBe(1);
      expect((await view(id)).versions).toMatchObject([{ msgType: 'Update', replaces: [{ identifier: 'long-ago' }] }]);
    });

    it('supersedes each thread that it names', async () => {
      const [a, b] = [await imported(xml({})), await imported(xml({}))];
      const references = [a, b].map(({ identifier }) => `${SENDER},${identifier},${SENT}`).join('\n ');
      const update = await imported(xml({ msgType: 'Update', references }));
      for (const { id } of [a, b]) {
        expect((await view(id)).versions.map(({ identifier }) => identifier)).toContain(update.identifier);
        await desk.item('the update', (item) => item.id === id && item.version === 2);
      }
    });
  });

  describe('GET /alerts/:id', () => {
    it('writes our own messages as CAP, each naming what it replaces', async () => {
      const { body: first } = await officer.post<Issued>('/alerts', {
        ...ALERT,
        areas: [{ circle: { latitude: 40, longitude: 130, radiusKm: 10 } }],
      });
      const { body: update } = await officer.post<Issued>(`/alerts/${first.id}/update`, {
        ...ALERT,
        ending: 'all-clear',
      });
      const { body: cancel } = await officer.post<Issued>(`/alerts/${first.id}/cancel`, {});
      const texts = await Promise.all(
        [1, 2, 3].map(async (version) => (await read(first.id, 'application/cap+xml', `?version=${version}`)).text()),
      );
      for (const text of texts) {
        expect(await (await post('/cap/validate', text)).json()).toEqual({
          valid: true,
          findings: expect.anything() as object,
        });
        expect(text).toContain('<code>urn:triwatch:cap:1</code>');
        expect(text).toContain('<sender>jp-cas@triwatch.invalid</sender>');
      }
      expect(texts[0]).toContain('<circle>40,130 10</circle>');
      expect(texts[1]).toMatch(
        new RegExp(`<references>jp-cas@triwatch.invalid,${first.identifier},[^ ]+</references>`),
      );
      expect(texts[1]).toContain('<responseType>AllClear</responseType>');
      expect(texts[1]).toContain('<headline>TEST ALL CLEAR: Missile launch TEST</headline>');
      expect(texts[2]).toMatch(
        new RegExp(`<references>jp-cas@triwatch.invalid,${update.identifier},[^ ]+</references>`),
      );
      expect(texts[2]).toContain('【試験】取消: ');
      expect(texts[2]).toContain(cancel.identifier);
    });

    it('gives the newest as CAP, all as JSON by default, and shapes as GeoJSON', async () => {
      const { id, identifier } = await imported(xml({}));
      expect(await (await read(id, 'text/xml, */*;q=0.1')).text()).toContain(identifier);
      expect((await read(id, '*/*')).headers.get('content-type')).toMatch(/^application\/json/);
      const shapes = await read(id, 'application/geo+json');
      expect(shapes.headers.get('content-type')).toMatch(/^application\/geo\+json/);
      expect(await shapes.json()).toMatchObject({
        type: 'FeatureCollection',
        features: [{ geometry: { coordinates: [[[139, 35], [140, 35], [140, 36], [139, 36], [139, 35]]] } }],
      }); // prettier-ignore
      expect((await read(id, 'application/cap+xml', '?version=7')).status).toBe(404);
    });

    it('refuses to issue what would be no valid CAP', async () => {
      const bowTie = { polygon: [[35, 139], [36, 140], [35, 140], [36, 139]] }; // prettier-ignore
      const { status, body } = await officer.post<Issued>('/alerts', {
        ...ALERT,
        areas: [bowTie],
        expires: '2020-01-01T00:00:00Z',
      });
      expect({ status, rules: body.findings.map(({ rule, path }) => `${rule} ${path}`) }).toEqual({
        status: 422,
        rules: ['EXPIRES_BEFORE_SENT expires', 'POLYGON_CROSSES areas[0]'],
      });
    });
  });
});
