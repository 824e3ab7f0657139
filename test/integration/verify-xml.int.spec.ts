import { xmlSigner } from '../support/xml-keys.js';
import { SignedXml } from 'xml-crypto';
import { ENVELOPED, EXCLUSIVE_C14N, RSA_SHA256, SHA256 } from '../../src/platform/xml/signature-algorithms.js';
import { signXml } from '../../src/platform/xml/sign-xml.js';
import { fingerprintOf, verifyXml, type Verification } from '../../src/platform/xml/verify-xml.js';

const CAP = 'urn:oasis:names:tc:emergency:cap:1.2';
const ALERT = `<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="${CAP}">
  <identifier>a-1</identifier>
  <sender>agency@example.org</sender>
  <status>Test</status>
  <info><headline>地震 &amp; 津波</headline><description><![CDATA[1 < 2]]></description></info>
</alert>`;
const FORGED = `<alert xmlns="${CAP}"><identifier>forged</identifier></alert>`;

const ec = xmlSigner('ec');
const rsa = xmlSigner('rsa');
const now = new Date();
const pinned = [fingerprintOf(ec.certificate), fingerprintOf(rsa.certificate)];
const verify = (xml: string, fingerprints = pinned, at = now): Verification =>
  verifyXml(xml, { fingerprints, now: at });

const signed = signXml(ALERT, ec);
const signature = /<Signature[\s\S]*<\/Signature>/.exec(signed)?.[0] ?? '';
const withSignature = (xml: string, by = signature): string => xml.replace(/<\/alert>$/, `${by}</alert>`);

describe('signXml', () => {
  it.each([
    ['ECDSA', ec],
    ['RSA', rsa],
  ])('signs with %s, as the last child, so that it verifies', (_, signer) => {
    const xml = signXml(ALERT, signer);
    expect(xml).toMatch(/<\/Signature><\/alert>$/);
    expect(xml).toContain('地震 &amp; 津波');
    expect(verify(xml)).toMatchObject({ outcome: 'trusted', fingerprint: fingerprintOf(signer.certificate) });
  });

  it('signs a document whose names have a prefix', () => {
    const xml = ALERT.replaceAll(/(<\/?)(?=[a-z])/g, '$1cap:').replace('xmlns=', 'xmlns:cap=');
    expect(verify(signXml(xml, ec)).outcome).toBe('trusted');
  });
});

describe('verifyXml', () => {
  it('hands out what was signed, and nothing but that', () => {
    const { signedXml = '' } = verify(signed);
    expect(signedXml).toContain('<headline>地震 &amp; 津波</headline><description>1 &lt; 2</description>');
    expect(signedXml).not.toContain('Signature');
  });

  it('tells valid from trusted', () => {
    expect(verify(signed, [])).toMatchObject({ outcome: 'untrusted', fingerprint: pinned[0] });
    expect(verify(signed, pinned, new Date(now.getTime() + 3 * 86_400_000)).outcome).toBe('untrusted');
    expect(verify(signed, pinned, new Date(now.getTime() - 86_400_000)).outcome).toBe('untrusted');
  });

  it('knows a document without a signature, and a signature without a certificate', () => {
    expect(verify(ALERT)).toEqual({ outcome: 'missing' });
    expect(verify(signed.replace(/<KeyInfo>.*<\/KeyInfo>/, '')).outcome).toBe('key-missing');
  });

  it.each([
    ['a character', (xml: string) => xml.replace('a-1', 'a-2')],
    ['the status', (xml: string) => xml.replace('Test', 'Actual')],
    ['an element more', (xml: string) => xml.replace('<status>', '<note>x</note><status>')],
    ['the signature value', (xml: string) => xml.replace(/<SignatureValue>..../, '<SignatureValue>AAAA')],
    ['the digest', (xml: string) => xml.replace(/<DigestValue>..../, '<DigestValue>AAAA')],
    ['the certificate', (xml: string) => xml.replace(/<X509Certificate>.*<\/X509Certificate>/, certificateOf(rsa))],
  ])('finds a change of %s', (_, change) => {
    expect(change(signed)).not.toBe(signed);
    expect(verify(change(signed))).toMatchObject({ outcome: 'invalid' });
  });

  it.each([
    ['the signed alert moved below another one', `<alert xmlns="${CAP}"><identifier>forged</identifier>${bare(signed)}</alert>`],
    ['a forged root round the signed alert, with its signature', withSignature(`<alert xmlns="${CAP}"><identifier>forged</identifier>${bare(ALERT)}</alert>`)],
    ['the signature moved to a forged alert', withSignature(FORGED)],
    ['the signed alert hidden within the signature', withSignature(FORGED, signature.replace('</Signature>', `<Object>${bare(ALERT)}</Object></Signature>`))],
    ['a second signature', withSignature(signed)],
    ['the signature within an info', bare(signed).replace(signature, '').replace('</info>', `${signature}</info>`)],
    ['something after the signature', bare(signed).replace('</Signature>', `</Signature><info/>`)],
    ['a second reference', bare(signed).replace(/(<Reference[\s\S]*<\/Reference>)/, '$1$1')],
    ['a second SignedInfo', bare(signed).replace(/(<SignedInfo>[\s\S]*<\/SignedInfo>)/, '$1$1')],
    ['a comment within the digest', bare(signed).replace('<DigestValue>', '<DigestValue>AAAA<!-- -->')],
    ['a value as a processing instruction', bare(signed).replace('>a-1<', '><?p a-1?><')],
    ['a document type', bare(signed).replace('<alert', '<!DOCTYPE alert [<!ENTITY e "a-1">]><alert')],
    ['an entity', bare(signed).replace('<alert', '<!DOCTYPE alert [<!ENTITY e "a-1">]><alert').replace('>a-1<', '>&e;<')],
    ['parts of a signature without one', bare(ALERT).replace('<status>', '<SignedInfo xmlns="http://www.w3.org/2000/09/xmldsig#"/><status>')],
    ['what is not well-formed', signed.slice(0, -3)],
  ])('refuses %s', (_, xml) => {
    expect(verify(xml)).toMatchObject({ outcome: 'invalid' });
    expect(verify(xml).signedXml).toBeUndefined();
  }); // prettier-ignore

  it('reads a value whole that a comment cuts in two', () => {
    const cut = signed.replace('agency@example.org', 'agency@example.org<!-- -->');
    expect(verify(cut).signedXml).toContain('<sender>agency@example.org</sender>');
    const id = signXml(ALERT.replace('agency@example.org', 'agency@example.org.attacker.example'), ec);
    const split = id.replace('agency@example.org.', 'agency@example.org<!-- -->.');
    expect(verify(split).signedXml).toContain('<sender>agency@example.org.attacker.example</sender>');
  });

  describe('with a signature that was really made', () => {
    it.each([
      ['a reference to an Id of the root', { uri: '#root', id: 'Id="root"' }, 'trusted'],
      ['a reference to an Id that two elements have', { uri: '#root', id: 'Id="root"', twice: true }, 'invalid'],
      ['SHA-1 as digest', { digest: 'http://www.w3.org/2000/09/xmldsig#sha1' }, 'invalid'],
      ['RSA with SHA-1', { algorithm: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1' }, 'invalid'],
      ['inclusive canonicalisation', { transforms: [ENVELOPED, 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315'] }, 'invalid'],
      ['canonicalisation with comments', { transforms: [ENVELOPED, `${EXCLUSIVE_C14N}WithComments`] }, 'invalid'],
      ['no enveloped transform', { transforms: [EXCLUSIVE_C14N] }, 'invalid'],
    ])('%s', (_, options, outcome) => {
      expect(verify(made(options)).outcome).toBe(outcome);
    }); // prettier-ignore

    it.each(['http://www.w3.org/TR/1999/REC-xpath-19991116', 'http://www.w3.org/TR/1999/REC-xslt-19991116'])(
      'refuses the transform %s, which it never runs',
      (name) => {
        const xml = signed.replace('<Transforms>', `<Transforms><Transform Algorithm="${name}"/>`);
        expect(verify(xml).outcome).toBe('invalid');
      },
    );

    it('refuses HMAC with the public key as its secret', () => {
      const hmac = 'http://www.w3.org/2000/09/xmldsig#hmac-sha1';
      expect(verify(signed.replace(/(<SignatureMethod Algorithm=")[^"]*/, `$1${hmac}`)).outcome).toBe('invalid');
    });

    it('refuses a key that is too short', () => {
      const weak = xmlSigner('weak');
      const xml = made({ signer: weak });
      expect(verify(xml, [fingerprintOf(weak.certificate)]).outcome).toBe('invalid');
    });
  });
});

interface Made {
  uri?: string;
  id?: string;
  twice?: boolean;
  digest?: string;
  algorithm?: string;
  transforms?: string[];
  signer?: typeof rsa;
}

/** A signature by the library itself, with whatever it can do, and RSA. */
function made({ uri = '', id = '', twice, digest, algorithm = RSA_SHA256, transforms, signer = rsa }: Made): string {
  const library = new SignedXml({
    privateKey: signer.key,
    publicCert: signer.certificate,
    signatureAlgorithm: algorithm,
    canonicalizationAlgorithm: EXCLUSIVE_C14N,
  });
  library.addReference({
    xpath: '/*',
    uri,
    isEmptyUri: uri === '',
    digestAlgorithm: digest ?? SHA256,
    transforms: transforms ?? [ENVELOPED, EXCLUSIVE_C14N],
  });
  const marked = ALERT.replace('<alert', `<alert ${id}`);
  library.computeSignature(twice ? marked.replace('<status', `<status ${id}`) : marked, {
    location: { reference: '/*', action: 'append' },
  });
  return library.getSignedXml();
}

function bare(xml: string): string {
  return xml.replace(/^<\?xml.*\?>\s*/, '');
}

function certificateOf({ certificate }: { certificate: string }): string {
  return `<X509Certificate>${certificate.replace(/-----.*-----|\s/g, '')}</X509Certificate>`;
}
