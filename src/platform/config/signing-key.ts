import { createPrivateKey, generateKeyPairSync } from 'node:crypto';

/** How an operator makes one, in one line that an environment file can hold. */
export const MAKE_SIGNING_KEY = 'openssl genpkey -algorithm ed25519 | base64 -w0';

/** A fresh Ed25519 private key as PEM. */
export function newSigningKey(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
}

/** The PEM of an Ed25519 private key that is given as PEM or as base64 of it; undefined for anything else. */
export function signingKeyOf(text: string): string | undefined {
  const pem = text.startsWith('-----') ? text : Buffer.from(text, 'base64').toString('latin1');
  try {
    return createPrivateKey(pem).asymmetricKeyType === 'ed25519' ? pem : undefined;
  } catch {
    return undefined;
  }
}
