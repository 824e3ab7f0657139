import { createHash } from 'node:crypto';
import { StoredFeedCheck, type FeedFinding } from '../../core/delivery/stored-feed-check.js';
import type { SignedHeadClaims, SigningKeys } from '../../core/wire/signed-head.js';
import type { Tx } from '../../platform/database/transactions.js';
import { verifiedClaims } from '../../platform/signing/signer.js';
import { StoredFeedsRepository, type StoredEpoch } from './stored-feeds.repository.js';

const PAGE = 500;

/** What was found out about the feeds, all runs and epochs together. */
export interface FeedsCheck {
  /** Epochs of feeds that were looked at, and the items in them. */
  epochs: number;
  items: number;
  findings: (Omit<FeedFinding, 'fault'> & {
    fault: FeedFinding['fault'] | 'BAD_SIGNATURE';
    run: string;
    audience: string;
    epoch: number;
  })[];
}

/**
 * Recomputes the chain of every epoch of every feed from the bytes that are stored, and holds it against every signed head whose
 * signature stands. What `feed verify` does from outside with the feeds that somebody may read. The transaction must see one snapshot.
 */
export async function verifyFeeds(tx: Tx, keys: SigningKeys): Promise<FeedsCheck> {
  const feeds = new StoredFeedsRepository();
  const epochs = await feeds.epochs(tx);
  const all: FeedsCheck = { epochs: epochs.length, items: 0, findings: [] };
  for (const stored of epochs) {
    const { run, audience, epoch } = stored;
    const { items, findings } = await verifyEpoch(tx, feeds, stored, keys);
    all.items += items;
    all.findings.push(...findings.map((finding) => ({ ...finding, run, audience, epoch })));
  }
  return all;
}

type Finding = Omit<FeedsCheck['findings'][number], 'run' | 'audience' | 'epoch'>;

async function verifyEpoch(
  tx: Tx,
  feeds: StoredFeedsRepository,
  stored: StoredEpoch,
  keys: SigningKeys,
): Promise<{ items: number; findings: Finding[] }> {
  const { signed, bad } = await signedHashes(tx, feeds, stored, keys);
  const check = new StoredFeedCheck(signed, (bytes) => createHash('sha256').update(bytes).digest());
  let page = await feeds.itemsAfter(tx, stored, 0, PAGE);
  let items = 0;
  while (page.length > 0) {
    check.follow(page);
    items += page.length;
    page = await feeds.itemsAfter(tx, stored, check.seq, PAGE);
  }
  return { items, findings: [...bad, ...check.finish(stored.head)] };
}

async function signedHashes(
  tx: Tx,
  feeds: StoredFeedsRepository,
  stored: StoredEpoch,
  keys: SigningKeys,
): Promise<{ signed: Map<number, string>; bad: Finding[] }> {
  const signed = new Map<number, string>();
  const bad: Finding[] = [];
  // A feed begins at 1, and a head that was signed over nothing stands at 0.
  let page = await feeds.signaturesAfter(tx, stored, -1, PAGE);
  while (page.length > 0) {
    for (const { seq, token } of page) {
      const hash = await hashSignedThere(token, seq, stored, keys);
      if (hash !== undefined) {
        signed.set(seq, hash);
      } else {
        bad.push({ fault: 'BAD_SIGNATURE', seq, message: `The signature over the head at ${seq} does not stand.` });
      }
    }
    page = await feeds.signaturesAfter(tx, stored, page.at(-1)!.seq, PAGE);
  }
  return { signed, bad };
}

/** The hash that a token signs; undefined where it does not stand, or was made for another place. */
async function hashSignedThere(
  token: string,
  seq: number,
  stored: StoredEpoch,
  keys: SigningKeys,
): Promise<string | undefined> {
  const claims = await verifiedClaims<SignedHeadClaims>(token, keys).then(
    (verified) => verified.claims,
    () => undefined,
  );
  const isOfThisPlace =
    claims &&
    (['run', 'audience', 'epoch'] as const).every((part) => claims[part] === stored[part]) &&
    claims.seq === seq;
  return isOfThisPlace ? claims.hash : undefined;
}
