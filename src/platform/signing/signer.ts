import { CompactSign, calculateJwkThumbprint, compactVerify, createLocalJWKSet } from 'jose';
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import type { SigningKey, SigningKeys } from '../../core/wire/signed-head.js';

/** Injection token of the SigningSettings. */
export const SIGNING = Symbol('SIGNING');

export interface SigningSettings {
  /** PEM of an Ed25519 private key; only processes that work have one. */
  readonly privateKey?: string;
}

/** The key that a process signs with, and what others check it by. */
export interface Signer {
  readonly key: SigningKey;
  /** A compact JWS over the claims as JSON. */
  sign(claims: object): Promise<string>;
}

/** Throws at once, without a promise, where there is no key: a worker that leaves things unsigned must not start. */
export function signerOf({ privateKey }: SigningSettings): Promise<Signer> {
  if (privateKey === undefined) {
    throw new Error('A process that works on feeds needs a key to sign them with.');
  }
  return signerWith(createPrivateKey(privateKey));
}

async function signerWith(secret: KeyObject): Promise<Signer> {
  const key = await publicKeyOf(secret);
  return {
    key,
    sign: (claims) =>
      new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
        .setProtectedHeader({ alg: key.alg, kid: key.kid })
        .sign(secret),
  };
}

/** The claims of a compact JWS by one of the keys, and which. Throws an error of jose for a signature that does not stand. */
export async function verifiedClaims<Claims>(
  token: string,
  keys: SigningKeys,
): Promise<{ claims: Claims; keyId: string }> {
  const { payload, protectedHeader } = await compactVerify(token, createLocalJWKSet({ ...keys }), {
    algorithms: ['EdDSA'],
  });
  return { claims: JSON.parse(new TextDecoder().decode(payload)) as Claims, keyId: protectedHeader.kid ?? '' };
}

async function publicKeyOf(privateKey: KeyObject): Promise<SigningKey> {
  const { x = '' } = createPublicKey(privateKey).export({ format: 'jwk' });
  const jwk = { kty: 'OKP', crv: 'Ed25519', x } as const;
  return { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: 'EdDSA', use: 'sig' };
}
