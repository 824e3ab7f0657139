import { createHash } from 'node:crypto';
import { START, toHex, verifyChain, type Link } from '../core/delivery/chain.js';
import type { FeedPage } from '../core/wire/feed.js';
import type { FeedHeadView, SignedHeadClaims, SigningKeys } from '../core/wire/signed-head.js';
import { verifiedClaims } from '../platform/signing/signer.js';
import type { Api } from './api.js';

const PAGE = 500;

/** What was found out about a feed. */
export interface FeedCheck {
  run: string;
  audience: string;
  epoch: number;
  /** How many items were hashed: all of the epoch up to `seq`, unless the chain broke before. */
  items: number;
  seq: number;
  chain: 'whole' | 'broken';
  /** The first position that is not as it must be. */
  brokenAt?: number;
  /** `none`: nothing of this epoch was signed yet. */
  signature: 'good' | 'bad' | 'none';
  /** Why the signature is bad. */
  fault?: string;
  signed?: { seq: number; at: string; keyId: string; mode: string };
  ok: boolean;
}

type Signature =
  { kind: 'none' } | { kind: 'bad'; fault: string } | { kind: 'good'; claims: SignedHeadClaims; keyId: string };

/**
 * Reads the present epoch of a feed and its signed head from a service and works out by itself whether they go together. `keys`
 * are the public keys to trust; those that the service itself names prove only that it agrees with itself.
 */
export async function checkFeed(api: Api, run: string, audience: string, keys?: SigningKeys): Promise<FeedCheck> {
  const path = `/runs/${encodeURIComponent(run)}/feeds/${encodeURIComponent(audience)}`;
  const head = await api.get<FeedHeadView>(`${path}/head`);
  const signature = await checkSignature(head, keys ?? (await api.get<SigningKeys>('/signing-keys')));
  const known = new Map([[head.seq, head.hash]]);
  if (signature.kind === 'good') {
    known.set(signature.claims.seq, signature.claims.hash);
  }
  const { at, brokenAt } = await followChain(api, path, head, known);
  const chain = brokenAt === undefined && toHex(at.hash) === head.hash ? 'whole' : 'broken';
  return {
    run,
    audience,
    epoch: head.epoch,
    items: at.seq,
    seq: head.seq,
    chain,
    brokenAt: chain === 'broken' ? (brokenAt ?? at.seq) : undefined,
    signature: signature.kind,
    fault: signature.kind === 'bad' ? signature.fault : undefined,
    signed: signature.kind === 'good' ? { ...pick(signature.claims), keyId: signature.keyId } : undefined,
    // An empty feed has nothing to sign.
    ok: chain === 'whole' && (signature.kind === 'good' || (signature.kind === 'none' && head.seq === 0)),
  };
}

const pick = ({ seq, at, mode }: SignedHeadClaims): Pick<SignedHeadClaims, 'seq' | 'at' | 'mode'> => ({
  seq,
  at,
  mode,
});

async function checkSignature(head: FeedHeadView, keys: SigningKeys): Promise<Signature> {
  if (!head.signed) {
    return { kind: 'none' };
  }
  try {
    const { claims, keyId } = await verifiedClaims<SignedHeadClaims>(head.signed.token, keys);
    const { iss, run, audience, epoch, seq } = claims;
    const isOfThisFeed =
      iss === 'triwatch' && run === head.run && audience === head.audience && epoch === head.epoch && seq <= head.seq;
    return isOfThisFeed
      ? { kind: 'good', claims, keyId }
      : { kind: 'bad', fault: 'It was made for another feed, epoch or position.' };
  } catch (error) {
    return { kind: 'bad', fault: `It does not stand: ${error instanceof Error ? error.message : String(error)}.` };
  }
}

/** Goes through every item up to the head that was read first; what was appended meanwhile is left for another time. */
async function followChain(
  api: Api,
  path: string,
  head: FeedHeadView,
  known: ReadonlyMap<number, string>,
): Promise<{ at: Link; brokenAt?: number }> {
  let at = START;
  while (at.seq < head.seq) {
    const page = await api.get<FeedPage>(`${path}/items?epoch=${head.epoch}&after=${at.seq}&limit=${PAGE}`);
    const items = page.items.filter(({ seq }) => seq <= head.seq);
    if (items.length === 0) {
      return { at, brokenAt: at.seq + 1 };
    }
    const check = verifyChain(items, at, known, (bytes) => createHash('sha256').update(bytes).digest());
    if (check.kind === 'broken') {
      return { at, brokenAt: check.seq };
    }
    at = check.at;
  }
  return { at };
}

/** The check in sentences, for a person. */
export function linesOfCheck(check: FeedCheck): string[] {
  const { run, audience, epoch, seq, items, signed } = check;
  const chain =
    check.chain === 'whole'
      ? `Chain: whole, ${items} items hashed from the first to the head at ${seq}.`
      : `Chain: BROKEN at ${check.brokenAt}: an item there or before it was changed, moved or taken out after it was told.`;
  return [`Feed ${audience} of the run ${run}, epoch ${epoch}.`, chain, ...linesOfSignature(check, signed)];
}

function linesOfSignature({ signature, fault, seq }: FeedCheck, signed: FeedCheck['signed']): string[] {
  if (signature === 'none') {
    return [seq === 0 ? 'Signature: none, and nothing to sign.' : 'Signature: NONE yet; nobody vouches for this feed.'];
  }
  if (!signed) {
    return [`Signature: BAD. ${fault}`];
  }
  const { seq: to, at, keyId, mode } = signed;
  const rest = to < seq ? [`Items ${to + 1} to ${seq} were not signed when this was asked; ask again.`] : [];
  return [`Signature: good, up to ${to}, mode ${mode}, made at ${at} with the key ${keyId}.`, ...rest];
}
