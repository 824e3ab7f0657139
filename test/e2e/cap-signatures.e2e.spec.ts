import { fingerprintOf, verifyXml } from '../../src/platform/xml/verify-xml.js';
import { signXml } from '../../src/platform/xml/sign-xml.js';
import { capXml } from '../support/cap-agency.js';
import { Client } from '../support/client.js';
import { eventually } from '../support/eventually.js';
import { ALERT } from '../support/requests.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { xmlSigner } from '../support/xml-keys.js';

describe('signatures of CAP documents', () => {
  const signer = xmlSigner();
  const fingerprints = [fingerprintOf(signer.certificate)];
  let service: TestApp;
  let officer: Client;

  beforeAll(async () => {
    service = await startTestApp({ signatures: { signer, trusted: fingerprints } });
    officer = await Client.signIn(service.url, 'jp-cas');
  });
  afterAll(() => service.stop());

  it('are on what leaves', async () => {
    const { body } = await officer.post<{ id: string }>('/alerts', ALERT);
    const response = await officer.raw('GET', `/alerts/${body.id}`, undefined, { accept: 'application/cap+xml' });
    const xml = await response.text();
    expect(verifyXml(xml, { fingerprints, now: new Date() }).outcome).toBe('trusted');
  });

  it('are on what a feed leads to', async () => {
    const { body } = await officer.post<{ id: string }>('/alerts', ALERT);
    const response = await eventually('the alert is told', async () => {
      const asked = await officer.raw('GET', `/runs/live/feeds/jp/cap/${body.id}/1`);
      return asked.status === 200 && asked;
    });
    expect(verifyXml(await response.text(), { fingerprints, now: new Date() }).outcome).toBe('trusted');
  });

  it('must hold on what comes in', async () => {
    const put = (xml: string): Promise<Response> =>
      officer.raw('POST', '/alerts/cap', xml, { 'content-type': 'application/cap+xml' });
    const good = signXml(capXml('signed'), signer);
    const forged = await put(good.replace('제목', '위조'));
    const { findings } = (await forged.json()) as { findings?: { rule: string }[] };
    expect(forged.status).toBe(422);
    expect(findings?.map(({ rule }) => rule)).toContain('CAP_SIGNATURE');
    expect((await put(good)).status).toBe(201);
  });
});
