import type { ItemKind } from '../src/core/incident/item.js';

/** What happened in a run of the torture, as everybody outside of the service saw it. */
export interface History {
  readonly items: Items;
  readonly sent: readonly Sent[];
  readonly consoles: readonly ConsoleLog[];
  readonly feeds: readonly FinalFeed[];
  /** What consoles acknowledged, and how it was answered. */
  readonly acknowledging: readonly Acknowledging[];
  /** The acknowledgements that the service names in the end. */
  readonly acknowledged: readonly Acknowledged[];
  /** What had not come to rest by the deadline, in words. */
  readonly stuck: readonly string[];
  /** Processes of the service that ended by themselves, in words. */
  readonly crashes: readonly string[];
  /** Feeds whose chain of hashes does not hold, in words. */
  readonly brokenChains: readonly string[];
}

export interface FeedOf {
  readonly run: string;
  readonly audience: string;
}

/** A report is not sent: it falls due by the clock of its run. */
export type Act = 'alert' | 'update' | 'cancel' | 'report';

/** One message that was put in. Its marker stands in its text, so that it is known again whatever id it was given. */
export interface Sent {
  readonly marker: string;
  readonly run: string;
  readonly act: Act;
  readonly version: number;
  /** Those that must be told, and nobody else. */
  readonly audiences: readonly string[];
  /** `unknown`: nobody had an answer, so it may have happened or not. */
  outcome: 'accepted' | 'refused' | 'unknown';
  /** Of the item, with its version, as the answer had it. */
  id?: string;
  answeredVersion?: number;
  /** What a refusal said. */
  refusal?: string;
}

/** An item as it was shown. */
export interface Item {
  readonly kind: ItemKind;
  readonly id: string;
  readonly version: number;
  /** From its text; absent when it is none of ours. */
  readonly marker?: string;
  /** Of the bytes of its body: an audience is told one and the same, whoever asks and however. */
  readonly bodyHash?: string;
}

/** Every item that was ever shown, once; everything else holds its index. */
export class Items {
  private readonly known = new Map<string, number>();
  readonly all: Item[] = [];

  indexOf({ kind, id, version, marker, bodyHash }: Item): number {
    const key = `${kind} ${id} ${version} ${marker} ${bodyHash}`;
    let index = this.known.get(key);
    if (index === undefined) {
      index = this.all.push({ kind, id, version, marker, bodyHash }) - 1;
      this.known.set(key, index);
    }
    return index;
  }
}

/** Deliveries to one console in columns: a long run has millions of them. */
export class Deliveries {
  readonly epoch: number[] = [];
  readonly seq: number[] = [];
  readonly item: number[] = [];
  /** 1 when the console applied it, 0 when it dropped it. */
  readonly applied: number[] = [];

  add(epoch: number, seq: number, item: number, applied: boolean): void {
    this.epoch.push(epoch);
    this.seq.push(seq);
    this.item.push(item);
    this.applied.push(applied ? 1 : 0);
  }

  get length(): number {
    return this.seq.length;
  }
}

/** That a console was told to clear its list. */
export interface Reset {
  /** How many deliveries came before it. */
  readonly after: number;
  readonly epoch: number;
  readonly seq: number;
  readonly reason: string;
}

export interface ConsoleLog extends FeedOf {
  readonly name: string;
  readonly deliveries: Deliveries;
  readonly resets: Reset[];
  /** Items that came under the name of another feed, in words. */
  readonly misaddressed: string[];
  connections: number;
}

/** The present epoch of a feed as the service tells it in the end. */
export interface FinalFeed extends FeedOf {
  readonly epoch: number;
  readonly headSeq: number;
  readonly seq: readonly number[];
  readonly item: readonly number[];
}

export interface Acknowledging extends FeedOf {
  readonly desk: string;
  readonly item: number;
  /** Also its note, by which it is known again. */
  readonly key: string;
  outcome: 'open' | 'ok' | 'refused';
  code?: string;
}

export interface Acknowledged extends FeedOf {
  readonly desk: string;
  readonly item: number;
  readonly key: string;
}
