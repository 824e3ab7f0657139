import { X509Certificate } from 'node:crypto';
import { SignedXml } from 'xml-crypto';
import { algorithmOf, allowOnlySafeAlgorithms } from './signature-algorithms.js';
import { signatureForm } from './signature-form.js';

/**
 * What became of a signature. `untrusted` is one that holds, by somebody whom nobody here vouches for: valid is not trusted.
 * `key-missing` says that no certificate came along, so nothing was shown either way.
 */
export type SignatureOutcome = 'missing' | 'invalid' | 'key-missing' | 'untrusted' | 'trusted';

export interface Verification {
  readonly outcome: SignatureOutcome;
  /** For a person: why, in a few words. */
  readonly reason?: string;
  /** SHA-256 of the certificate, 64 lower-case hex digits. */
  readonly fingerprint?: string;
  /**
   * The signed document in canonical form, without its signature, for `untrusted` and `trusted`. Whoever relies on the
   * signature reads these characters and not the document that came: nothing but these was signed.
   */
  readonly signedXml?: string;
}

export interface Trust {
  /** Fingerprints of pinned certificates, as `fingerprintOf` gives them. */
  readonly fingerprints: readonly string[];
  readonly now: Date;
}

/**
 * Verifies the enveloped signature of a document (see `signatureForm` for the form). Never throws on what is in the document.
 * Two libraries calculate the canonical form, and one that they see differently is invalid.
 */
export function verifyXml(xml: string, trust: Trust): Verification {
  const form = signatureForm(xml);
  if (form.kind === 'missing') {
    return { outcome: 'missing' };
  }
  if (form.kind === 'bad') {
    return invalid(form.reason);
  }
  if (form.certificate === undefined) {
    return { outcome: 'key-missing', reason: 'no certificate came with the signature' };
  }
  const certificate = certificateOf(form.certificate);
  if (!certificate) {
    return invalid('the certificate cannot be read');
  }
  const algorithm = algorithmOf(certificate.publicKey);
  if (algorithm === undefined) {
    return invalid('the key is of a kind or size that is not taken');
  }
  const signed = check(xml, form.signature, certificate, algorithm);
  if (signed === undefined || signed !== form.content) {
    return invalid('the signature does not fit the document');
  }
  return { ...trustOf(certificate, trust), signedXml: signed };
}

/** SHA-256 of a certificate (PEM), 64 lower-case hex digits. Throws when it is none. */
export const fingerprintOf = (certificate: string | X509Certificate): string =>
  new X509Certificate(certificate.toString()).fingerprint256.replaceAll(':', '').toLowerCase();

function trustOf(certificate: X509Certificate, { fingerprints, now }: Trust): Verification {
  const fingerprint = fingerprintOf(certificate);
  if (!fingerprints.includes(fingerprint)) {
    return { outcome: 'untrusted', fingerprint, reason: 'the certificate is not one that is pinned here' };
  }
  const current = now >= new Date(certificate.validFrom) && now <= new Date(certificate.validTo);
  return current
    ? { outcome: 'trusted', fingerprint }
    : { outcome: 'untrusted', fingerprint, reason: 'the certificate is not valid at this time' };
}

/** The one signed reference in canonical form; undefined when the signature does not hold. */
function check(xml: string, signature: string, { publicKey }: X509Certificate, algorithm: string): string | undefined {
  const signed = allowOnlySafeAlgorithms(
    new SignedXml({ publicCert: publicKey.export({ type: 'spki', format: 'pem' }) }),
  );
  try {
    signed.loadSignature(signature);
    if (signed.signatureAlgorithm !== algorithm || !signed.checkSignature(xml)) {
      return undefined;
    }
  } catch {
    // The library throws for what it does not know and for what does not fit alike.
    return undefined;
  }
  const references = signed.getSignedReferences();
  return references.length === 1 ? references[0] : undefined;
}

function certificateOf(base64: string): X509Certificate | undefined {
  try {
    return new X509Certificate(Buffer.from(base64, 'base64'));
  } catch {
    return undefined;
  }
}

const invalid = (reason: string): Verification => ({ outcome: 'invalid', reason });
