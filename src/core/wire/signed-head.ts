import type { Mode } from '../scenario/mode.js';

/** What a signed head says: how far a feed had come and the hash of everything in it up to there. */
export interface SignedHeadClaims {
  iss: 'triwatch';
  run: string;
  audience: string;
  /** Of the run, so that an exercise cannot be passed off as the real thing. */
  mode: Mode;
  epoch: number;
  seq: number;
  /** The link of the chain at `seq`, lower-case hex. */
  hash: string;
  /** Wall time of the signature. */
  at: string;
}

/** Where a feed stands, and the newest position of its present epoch that was signed. */
export interface FeedHeadView {
  run: string;
  audience: string;
  epoch: number;
  seq: number;
  /** The link of the chain at `seq`, lower-case hex; of an epoch without items all zeros. */
  hash: string;
  /** `token` is a compact JWS of SignedHeadClaims by the key `keyId`. */
  signed?: { token: string; keyId: string; seq: number; at: string };
}

/** A public key as RFC 8037 has it. */
export interface SigningKey {
  kty: 'OKP';
  crv: 'Ed25519';
  x: string;
  /** The thumbprint of RFC 7638. */
  kid: string;
  alg: 'EdDSA';
  use: 'sig';
}

/** Every key that heads were ever signed with here, as a JWK set. */
export interface SigningKeys {
  keys: SigningKey[];
}
