import type { Item, Sent } from './history.js';
import type { Violations } from './violations.js';

/** What is known of the items of a history before anything is checked. */
export interface Catalogue {
  readonly items: readonly Item[];
  /** For each item the message that it is, or undefined for what the torture did not put in. */
  readonly sentOf: readonly (Sent | undefined)[];
}

interface Thread {
  version: number;
  cancelled: boolean;
}

/**
 * Follows one list as it grows, be it of a console or of a feed, and reports doubles, and versions out of order.
 * What a list holds is in `seen`.
 */
export class GrowingList {
  readonly seen = new Set<number>();
  private readonly markers = new Set<string>();
  private readonly threads = new Map<string, Thread>();

  constructor(
    private readonly catalogue: Catalogue,
    private readonly where: string,
    private readonly violations: Violations,
  ) {}

  add(index: number): void {
    const item = this.catalogue.items[index]!;
    const name = `${this.where}: ${item.id} version ${item.version} (${item.marker ?? 'not ours'})`;
    const thread = this.threads.get(item.id);
    if (this.seen.has(index) || (item.marker !== undefined && this.markers.has(item.marker))) {
      this.violations.add('DUPLICATED', () => name);
      return;
    }
    this.seen.add(index);
    if (item.marker !== undefined) {
      this.markers.add(item.marker);
    }
    this.follow(index, item, thread, name);
  }

  private follow(index: number, item: Item, thread: Thread | undefined, name: string): void {
    const sent = this.catalogue.sentOf[index];
    const before = thread?.version ?? 0;
    if (thread?.cancelled) {
      this.violations.add('VERSION_ORDER', () => `${name} after the cancel`);
    } else if (item.version === before) {
      this.violations.add('DUPLICATED', () => `${name} with another text`);
    } else if (sent ? item.version !== before + 1 : item.version < before) {
      this.violations.add('VERSION_ORDER', () => `${name} after version ${before}`);
    }
    this.threads.set(item.id, {
      version: Math.max(before, item.version),
      cancelled: thread?.cancelled === true || sent?.act === 'cancel',
    });
  }
}
