import type { Socket } from 'socket.io-client';
import type { Ack } from '../src/core/wire/desk-events.js';
import { SEND_AGAIN } from '../src/core/wire/desk-rules.js';
import type { Cursor, ItemRef } from '../src/core/wire/feed.js';
import type { Acknowledging, FeedOf } from './history.js';
import type { Random } from './random.js';

const RECEIVED_EVERY_MS = 250;
const ANSWER_MS = 3_000;
const RETRY_MS = 200;
/** A console whose token has just ended gets another; anything else is a refusal. */
const WORTH_A_RETRY = new Set([...SEND_AGAIN, 'UNAUTHENTICATED']);

export interface ReceiptsOptions extends FeedOf {
  readonly desk: string;
  /** Controllers give no receipts. */
  readonly givesReceipts: boolean;
  readonly random: Random;
  /** Shares of the items that are displayed and acknowledged. */
  readonly displayShare: number;
  readonly acknowledgeShare: number;
  /** Where acknowledgements are noted. */
  readonly acknowledging: Acknowledging[];
  readonly name: string;
}

/** What a console says about what it was shown. */
export class Receipts {
  private readonly open: { noted: Acknowledging; ref: ItemRef }[] = [];
  private readonly acknowledged = new Set<number>();
  private position?: Cursor;
  private busy = false;
  private closed = false;
  private sending?: NodeJS.Timeout;
  private retrying?: NodeJS.Timeout;

  /** `socket` is the present connection, when there is one. */
  constructor(
    private readonly options: ReceiptsOptions,
    private readonly socket: () => Socket | undefined,
  ) {}

  /** Acknowledgements without an answer yet. */
  get pending(): number {
    return this.open.length;
  }

  /** Tells, at most every 250 ms, how far the console has got. */
  reached(position: Cursor): void {
    this.position = position;
    if (!this.options.givesReceipts || this.closed) {
      return;
    }
    this.sending ??= setTimeout(() => {
      this.sending = undefined;
      this.socket()?.emit('received', this.position, () => undefined);
    }, RECEIVED_EVERY_MS);
  }

  shown(item: number, ref: ItemRef): void {
    const { givesReceipts, random, displayShare, acknowledgeShare } = this.options;
    if (!givesReceipts) {
      return;
    }
    if (random() < displayShare) {
      this.socket()?.emit('displayed', ref, () => undefined);
    }
    if (random() < acknowledgeShare && !this.acknowledged.has(item)) {
      this.acknowledged.add(item);
      this.acknowledge(item, ref);
    }
  }

  /** Goes on with what is open; called when there is a connection again. */
  wake(): void {
    void this.work();
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.sending);
    clearTimeout(this.retrying);
  }

  private acknowledge(item: number, ref: ItemRef): void {
    const { run, audience, desk, name, acknowledging } = this.options;
    const noted: Acknowledging = { run, audience, desk, item, key: `${name}.${item}`, outcome: 'open' };
    acknowledging.push(noted);
    this.open.push({ noted, ref });
    void this.work();
  }

  /** One after the other, each with its key until it is answered. */
  private async work(): Promise<void> {
    if (this.busy) {
      return;
    }
    this.busy = true;
    for (let first = this.open[0]; first && !this.closed; first = this.open[0]) {
      const socket = this.socket();
      const answer = socket && (await this.send(socket, first.noted.key, first.ref));
      if (answer === undefined || (!answer.ok && WORTH_A_RETRY.has(answer.code ?? ''))) {
        this.retrying = setTimeout(() => void this.work(), RETRY_MS);
        break;
      }
      first.noted.outcome = answer.ok ? 'ok' : 'refused';
      first.noted.code = answer.code;
      this.open.shift();
    }
    this.busy = false;
  }

  private async send(socket: Socket, key: string, ref: ItemRef): Promise<Ack | undefined> {
    try {
      return (await socket.timeout(ANSWER_MS).emitWithAck('acknowledge', { ...ref, note: key, key })) as Ack;
    } catch {
      return undefined;
    }
  }
}
