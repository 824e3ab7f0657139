import { START, chainHash, highestSeq, toHex, type Link, type Sha256 } from './chain.js';

/** An item as it lies in the database: the bytes that were told, and the links as they were stored (lower-case hex). */
export interface StoredItem {
  readonly seq: number;
  readonly kind: string;
  readonly id: string;
  readonly version: number;
  readonly body: string;
  readonly bodyHash: string;
  readonly chainHash: string;
}

/** FORGED: the links were computed anew and go together, but not with what was signed. */
export type FeedFault = 'CHANGED' | 'REMOVED' | 'REORDERED' | 'FORGED' | 'TRUNCATED';

export interface FeedFinding {
  readonly fault: FeedFault;
  readonly seq: number;
  /** As in `alert launch-1 v2`; missing where the item is. */
  readonly item?: string;
  readonly message: string;
}

const FINDINGS = 100;

/** Follows one epoch of a feed as it is stored, a page at a time, and collects what is wrong. */
export class StoredFeedCheck {
  readonly findings: FeedFinding[] = [];
  private at: Link = START;
  private forged = false;

  /** `signed` are the hashes by position whose signatures stand. */
  constructor(
    private readonly signed: ReadonlyMap<number, string>,
    private readonly sha256: Sha256,
  ) {}

  get seq(): number {
    return this.at.seq;
  }

  follow(page: readonly StoredItem[]): void {
    for (const item of page) {
      const { seq } = item;
      const missing = seq !== this.at.seq + 1;
      if (missing) {
        this.tell('REMOVED', this.at.seq + 1, undefined, `Items ${this.at.seq + 1} to ${seq - 1} were taken out.`);
      }
      this.checkItem(item, missing);
      // The stored link, so that one fault is told once and not again of everything that follows.
      this.at = { seq, hash: bytesOf(item.chainHash) };
      this.checkSignature(item);
    }
  }

  /** Ends with what is known of the epoch's end: its head, where it is the present one. */
  finish(head?: { seq: number; hash: string }): readonly FeedFinding[] {
    const last = Math.max(highestSeq(this.signed.keys()), head?.seq ?? 0);
    if (last > this.at.seq) {
      this.tell('TRUNCATED', this.at.seq + 1, undefined, `Items ${this.at.seq + 1} to ${last} are missing at the end.`);
    } else if (head && (head.seq !== this.at.seq || head.hash !== toHex(this.at.hash))) {
      this.tell('FORGED', this.at.seq, undefined, `The head of the feed at ${head.seq} is not the link of its last item.`); // prettier-ignore
    }
    return this.findings;
  }

  private checkItem(item: StoredItem, afterGap: boolean): void {
    const { seq, bodyHash } = item;
    const actual = this.sha256(new TextEncoder().encode(item.body));
    if (toHex(actual) !== bodyHash) {
      this.tell('CHANGED', seq, item, `Item ${seq} (${nameOf(item)}) was changed after it was told.`);
      return;
    }
    const follows = afterGap || toHex(chainHash(this.at.hash, seq, actual, this.sha256)) === item.chainHash;
    if (!follows) {
      this.tell('REORDERED', seq, item, `Item ${seq} (${nameOf(item)}) does not follow on the one before: it was moved, put in, or given another body and hash.`); // prettier-ignore
    }
  }

  private checkSignature(item: StoredItem): void {
    const signed = this.signed.get(item.seq);
    if (signed !== undefined && signed !== item.chainHash && !this.forged) {
      this.forged = true;
      this.tell('FORGED', item.seq, item, `The chain up to item ${item.seq} (${nameOf(item)}) is not the one that was signed.`); // prettier-ignore
    }
  }

  private tell(fault: FeedFault, seq: number, item: StoredItem | undefined, message: string): void {
    if (this.findings.length < FINDINGS) {
      this.findings.push({ fault, seq, message, ...(item && { item: nameOf(item) }) });
    }
  }
}

const nameOf = ({ kind, id, version }: StoredItem): string => `${kind} ${id} v${version}`;

const bytesOf = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16));
