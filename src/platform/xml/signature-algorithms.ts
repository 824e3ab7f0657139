import { createPublicKey, sign, verify, type KeyLike, type KeyObject } from 'node:crypto';
import type { SignatureAlgorithm, SignedXml } from 'xml-crypto';

export const DSIG = 'http://www.w3.org/2000/09/xmldsig#';
export const EXCLUSIVE_C14N = 'http://www.w3.org/2001/10/xml-exc-c14n#';
export const ENVELOPED = `${DSIG}enveloped-signature`;
export const SHA256 = 'http://www.w3.org/2001/04/xmlenc#sha256';
export const RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';
export const ECDSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256';

/** As NIST SP 800-131A asks for signatures. */
const MIN_RSA_BITS = 2048;

/** ECDSA as XML Signature 1.1 section 6.4.3 writes it: r and s one after the other, not in DER. */
class EcdsaSha256 implements SignatureAlgorithm {
  getSignature(material: string | NodeJS.ArrayBufferView, key: KeyLike): string {
    const bytes = typeof material === 'string' ? Buffer.from(material) : material;
    return sign('sha256', bytes, { key: key as KeyObject, dsaEncoding: 'ieee-p1363' }).toString('base64');
  }

  verifySignature(material: string, key: KeyLike, signature: string): boolean {
    const options = { key: key as KeyObject, dsaEncoding: 'ieee-p1363' } as const;
    return verify('sha256', Buffer.from(material), options, Buffer.from(signature, 'base64'));
  }

  getAlgorithmName(): string {
    return ECDSA_SHA256;
  }
}

/** The signature algorithm of a key; undefined for a key that is too weak, or of a kind that no alert is signed with. */
export function algorithmOf(key: KeyObject): typeof RSA_SHA256 | typeof ECDSA_SHA256 | undefined {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } =
    key.type === 'private' ? createPublicKey(key) : key;
  if (type === 'rsa') {
    return (details?.modulusLength ?? 0) >= MIN_RSA_BITS ? RSA_SHA256 : undefined;
  }
  return type === 'ec' && details?.namedCurve === 'prime256v1' ? ECDSA_SHA256 : undefined;
}

/**
 * Leaves a signature nothing but exclusive canonicalisation, the enveloped-signature transform, SHA-256, and RSA or ECDSA
 * over it. The library then refuses SHA-1, DSA, HMAC, XPath and XSLT as algorithms that it does not know.
 */
export function allowOnlySafeAlgorithms(signed: SignedXml): SignedXml {
  signed.SignatureAlgorithms = pick(
    { ...signed.SignatureAlgorithms, [ECDSA_SHA256]: EcdsaSha256 },
    RSA_SHA256,
    ECDSA_SHA256,
  );
  signed.HashAlgorithms = pick(signed.HashAlgorithms, SHA256);
  signed.CanonicalizationAlgorithms = pick(signed.CanonicalizationAlgorithms, EXCLUSIVE_C14N, ENVELOPED);
  return signed;
}

function pick<T>(known: Record<string, T>, ...names: string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(known).filter(([name]) => names.includes(name)));
}
