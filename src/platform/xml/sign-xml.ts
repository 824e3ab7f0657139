import type { KeyObject } from 'node:crypto';
import { SignedXml } from 'xml-crypto';
import { algorithmOf, allowOnlySafeAlgorithms, ENVELOPED, EXCLUSIVE_C14N, SHA256 } from './signature-algorithms.js';

/** Injection token of the SignatureSettings. */
export const SIGNATURES = Symbol('SIGNATURES');

export interface SignatureSettings {
  /** What CAP documents are signed with that leave this service; unsigned when this is missing. */
  readonly signer?: XmlSigner;
  /** SHA-256 fingerprints of the certificates whose signatures are trusted. */
  readonly trusted: readonly string[];
}

/** What a document is signed with. The certificate goes with the signature, so that readers can pin it. */
export interface XmlSigner {
  readonly key: KeyObject;
  /** PEM. */
  readonly certificate: string;
}

/**
 * The document with an enveloped signature (XML Signature 1.1) as the last child of its root, which is where CAP 1.2 has
 * room for one. Its other characters may be written differently, and mean the same.
 */
export function signXml(xml: string, { key, certificate }: XmlSigner): string {
  const signed = allowOnlySafeAlgorithms(
    new SignedXml({
      privateKey: key,
      publicCert: certificate,
      signatureAlgorithm: algorithmOf(key),
      canonicalizationAlgorithm: EXCLUSIVE_C14N,
    }),
  );
  signed.addReference({
    xpath: '/*',
    uri: '',
    isEmptyUri: true,
    digestAlgorithm: SHA256,
    transforms: [ENVELOPED, EXCLUSIVE_C14N],
  });
  signed.computeSignature(xml, { location: { reference: '/*', action: 'append' } });
  return signed.getSignedXml();
}
