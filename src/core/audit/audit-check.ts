import { highestSeq, type Sha256 } from '../delivery/chain.js';
import { AUDIT_START, auditContentHash, auditLink, type SealedRow } from './audit-chain.js';

/**
 * What is wrong with a row of the record. FORGED: the links were computed anew and go together, but not with what was
 * signed. UNSIGNED: the end of the chain lost its checkpoint. UNSEALED: nobody has sealed it yet, which is no proof of anything.
 */
export type AuditFault =
  'CHANGED' | 'REMOVED' | 'INSERTED' | 'REORDERED' | 'FORGED' | 'TRUNCATED' | 'UNSIGNED' | 'UNSEALED';

export interface AuditFinding {
  readonly fault: AuditFault;
  /** The rows in question, by number; of FORGED the first and the last of the stretch, of TRUNCATED none. */
  readonly ids: readonly string[];
  readonly message: string;
}

/** A row that nobody has sealed. */
export interface UnsealedRow {
  readonly id: string;
  readonly ageS: number;
  /** Whether a sealer will still take it up: what has a number of long ago it leaves to people. */
  readonly awaited: boolean;
}

/** A number is drawn when a command is about to commit, so numbers and times go together but for what takes this long. */
const LONGEST_COMMIT_MS = 60_000;
/** A worker seals once a second. */
const SEALED_WITHIN_S = 10;
/** Findings that are told; a record that was thrown away whole has as many as it had rows. */
const FINDINGS = 100;

/** Follows the chain over the record, a page at a time, and collects what is wrong. The pages must come in the order of `seq`. */
export class AuditCheck {
  readonly findings: AuditFinding[] = [];
  private at = AUDIT_START;
  private lastId = '0';
  /** Changed rows, by the content that they were sealed with. */
  private readonly changed = new Map<string, { id: string; actual: string }>();
  /** Neighbours whose links do not follow from the one before. */
  private unlinked: string[] = [];
  private newest?: { id: bigint; atMs: number };
  private vouchedFor = { seq: 0, id: '0' };
  private forged = false;

  /** `checkpoints` are the hashes by position whose signatures stand. */
  constructor(
    private readonly checkpoints: ReadonlyMap<number, string>,
    private readonly sha256: Sha256,
  ) {}

  get seq(): number {
    return this.at.seq;
  }

  follow(page: readonly SealedRow[]): void {
    for (const sealed of page) {
      this.checkPosition(sealed);
      this.checkContent(sealed);
      this.checkLink(sealed);
      this.checkTime(sealed);
      this.at = { seq: sealed.seq, hash: sealed.chainHash };
      this.lastId = sealed.id;
      this.checkSignature(sealed);
    }
  }

  /** Ends with what no link tells of: rows that nobody has sealed, and links that were signed and are not there any more. */
  finish(unsealed: readonly UnsealedRow[]): readonly AuditFinding[] {
    this.tellUnlinked();
    this.tellChanged();
    const signedTo = highestSeq(this.checkpoints.keys());
    if (signedTo > this.at.seq) {
      const lost = signedTo - this.at.seq;
      this.tell('TRUNCATED', [], `The last ${lost} rows are missing: position ${signedTo} was signed, and the chain ends at ${this.at.seq}, with row ${this.lastId}.`); // prettier-ignore
    }
    if (signedTo < this.at.seq) {
      // Links and the checkpoint over them are stored together.
      this.tell('UNSIGNED', [this.lastId], `Positions ${signedTo + 1} to ${this.at.seq}, up to row ${this.lastId}, have lost the checkpoint that was made with them.`); // prettier-ignore
    }
    for (const { id, ageS, awaited } of unsealed) {
      if (!awaited) {
        this.tell('INSERTED', [id], `Row ${id} was put among rows that were sealed long before.`);
      } else if (ageS > SEALED_WITHIN_S) {
        this.tell('UNSEALED', [id], `Row ${id} has waited ${Math.round(ageS)} s to be sealed: start a worker, and ask again.`); // prettier-ignore
      }
    }
    return this.findings;
  }

  private checkPosition({ seq, id }: SealedRow): void {
    if (seq !== this.at.seq + 1) {
      this.tell('REMOVED', [], `Positions ${this.at.seq + 1} to ${seq - 1} are missing, between rows ${this.lastId} and ${id}.`); // prettier-ignore
      // What is missing cannot be followed; from here on the stored links are held against each other again.
      this.at = { seq: seq - 1, hash: '' };
    }
  }

  private checkContent({ id, contentHash, row }: SealedRow): void {
    if (!row) {
      this.tell('REMOVED', [id], `Row ${id} was taken out after it was sealed.`);
      return;
    }
    const actual = auditContentHash(row, this.sha256);
    if (actual !== contentHash) {
      this.changed.set(contentHash, { id, actual });
    }
  }

  /** Against the stored link before, so that one fault is told once and not again of everything that follows. */
  private checkLink({ seq, id, contentHash, chainHash }: SealedRow): void {
    const follows = this.at.hash === '' || auditLink(this.at.hash, seq, id, contentHash, this.sha256) === chainHash;
    if (follows) {
      this.tellUnlinked();
    } else {
      this.unlinked.push(id);
    }
  }

  private checkTime({ id, row }: SealedRow): void {
    if (!row) {
      return;
    }
    const mine = { id: BigInt(id), atMs: Date.parse(row.at) };
    if (this.newest && contradicts(mine, this.newest)) {
      this.tell('INSERTED', [id], `Row ${id} says ${row.at}, which does not go with its number and place: it was put in later.`); // prettier-ignore
    } else if (!this.newest || mine.id > this.newest.id) {
      this.newest = mine;
    }
  }

  private checkSignature({ seq, id, chainHash }: SealedRow): void {
    const signed = this.checkpoints.get(seq);
    if (signed === undefined) {
      return;
    }
    if (signed === chainHash) {
      this.vouchedFor = { seq, id };
    } else if (!this.forged) {
      // Every later checkpoint fails as well once one link is another.
      this.forged = true;
      const from = this.vouchedFor;
      this.tell('FORGED', [from.id, id], `The chain from position ${from.seq + 1} (after row ${from.id}) to ${seq} (row ${id}) is not the one that was signed: a row there was changed, moved, put in or taken out, and the links computed anew.`); // prettier-ignore
    }
  }

  private tellUnlinked(): void {
    const ids = this.unlinked.splice(0);
    if (ids.length === 0) {
      return;
    }
    const inOrder = ids.every((id, index) => index === 0 || BigInt(ids[index - 1] ?? 0) < BigInt(id));
    if (inOrder) {
      this.tell('CHANGED', ids.slice(0, 1), `The seal of row ${ids[0]} is not the one that was made: the row, or one that followed on row ${this.lastId}, was changed or taken out.`); // prettier-ignore
    } else {
      this.tell('REORDERED', ids, `Rows ${ids.join(', ')} are not in the order in which they were sealed.`);
    }
  }

  private tellChanged(): void {
    for (const { id, actual } of this.changed.values()) {
      const other = this.changed.get(actual)?.id;
      if (other === undefined) {
        this.tell('CHANGED', [id], `Row ${id} was changed after it was sealed.`);
      } else {
        this.tell('REORDERED', [id, other], `Row ${id} says what row ${other} said when it was sealed.`);
      }
    }
  }

  private tell(fault: AuditFault, ids: readonly string[], message: string): void {
    if (this.findings.length < FINDINGS) {
      this.findings.push({ fault, ids, message });
    }
  }
}

interface Place {
  readonly id: bigint;
  readonly atMs: number;
}

/** Whether two rows cannot both be where they are: the one with the higher number is by far the older. */
function contradicts(one: Place, other: Place): boolean {
  const [lower, higher] = one.id < other.id ? [one, other] : [other, one];
  return higher.atMs < lower.atMs - LONGEST_COMMIT_MS;
}
