/** What was wrong with the deliveries of a window. */
export interface Faults {
  losses: number;
  duplicates: number;
  /** Deliveries that came after one that other consoles of the feed got later. */
  disorder: number;
  /** Sequence numbers that were skipped or came twice, where a system has them. */
  gaps: number;
}

export const noFaults = (): Faults => ({ losses: 0, duplicates: 0, disorder: 0, gaps: 0 });

/** Adds the faults of one window to those of others. */
export function addFaults(total: Faults, more: Faults): Faults {
  return {
    losses: total.losses + more.losses,
    duplicates: total.duplicates + more.duplicates,
    disorder: total.disorder + more.disorder,
    gaps: total.gaps + more.gaps,
  };
}

const GOT = 1;
const EXCLUDED = 2;

/** What one console has seen of the window. */
interface Seen {
  readonly feed: string;
  readonly got: Uint8Array;
  lastRank: number;
}

/**
 * Counts the deliveries of a window of alerts `first` to `first + size - 1`. Publishers work side by side, so the order of a
 * feed is the one in which its alerts first appeared at any console; all consoles of the feed must see the same.
 */
export class Tally {
  deliveries = 0;
  /** When the last delivery came. */
  lastAt = 0;
  /** For each alert, when the last console so far got it. */
  readonly lastAtOf: Float64Array;
  private readonly faults = noFaults();
  private readonly ranks = new Map<string, Int32Array>();
  private readonly ranked = new Map<string, number>();
  private readonly consoles: Seen[];

  constructor(
    readonly first: number,
    readonly size: number,
    feeds: readonly string[],
  ) {
    this.lastAtOf = new Float64Array(size);
    this.consoles = feeds.map((feed) => ({ feed, got: new Uint8Array(size), lastRank: -1 }));
    for (const feed of new Set(feeds)) {
      this.ranks.set(feed, new Int32Array(size).fill(-1));
      this.ranked.set(feed, 0);
    }
  }

  /** Notes that a console got an alert; one outside the window is ignored. */
  deliver(console: number, number: number, at: number): void {
    const index = number - this.first;
    const seen = this.consoles[console];
    if (!seen || index < 0 || index >= this.size) {
      return;
    }
    if (seen.got[index] !== 0) {
      this.faults.duplicates += seen.got[index] === GOT ? 1 : 0;
      return;
    }
    seen.got[index] = GOT;
    this.deliveries += 1;
    this.lastAt = at;
    this.lastAtOf[index] = at;
    const rank = this.rankOf(seen.feed, index);
    if (rank < seen.lastRank) {
      this.faults.disorder += 1;
    }
    seen.lastRank = Math.max(rank, seen.lastRank);
  }

  /** Takes alerts out that were refused and so may come or not. */
  exclude(indexes: readonly number[]): void {
    for (const index of indexes) {
      for (const { got } of this.consoles) {
        this.deliveries -= got[index] === GOT ? 1 : 0;
        got[index] = EXCLUDED;
      }
    }
  }

  /** Notes that a console saw its sequence skip, or go back. */
  gap(): void {
    this.faults.gaps += 1;
  }

  /** What was wrong, when every console was to get the first `count` alerts of the window; some consoles may not count. */
  faultsAt(count: number, counts: (console: number) => boolean = () => true): Faults {
    const losses = this.consoles.reduce(
      (lost, { got }, console) => lost + (counts(console) ? missing(got, count) : 0),
      0,
    );
    return { ...this.faults, losses };
  }

  private rankOf(feed: string, index: number): number {
    const ranks = this.ranks.get(feed);
    const known = ranks?.[index] ?? -1;
    if (known >= 0 || !ranks) {
      return known;
    }
    const next = this.ranked.get(feed) ?? 0;
    this.ranked.set(feed, next + 1);
    return (ranks[index] = next);
  }
}

function missing(got: Uint8Array, count: number): number {
  let lost = 0;
  for (let index = 0; index < count; index += 1) {
    lost += got[index] === 0 ? 1 : 0;
  }
  return lost;
}
