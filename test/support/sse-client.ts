import type { Cursor, FeedItem } from '../../src/core/wire/feed.js';
import type { ItemsEvent } from '../../src/core/wire/desk-events.js';
import { eventually } from './eventually.js';

export interface SseEvent {
  event: string;
  /** Of the last event that had one, as a browser keeps it. */
  lastEventId: string;
  data: string;
}

/** Cuts a stream into events as the HTML standard says, however the bytes arrive. */
export class SseParser {
  readonly events: SseEvent[] = [];
  retryMs?: number;
  private lastEventId = '';
  private rest = '';
  private event = '';
  private data: string[] = [];

  push(text: string): void {
    const lines = (this.rest + text).split(/\r\n|\n|\r(?!$)/);
    this.rest = lines.pop() ?? '';
    lines.forEach((line) => this.line(line));
  }

  private line(line: string): void {
    if (line === '') {
      if (this.data.length > 0) {
        const { lastEventId } = this;
        this.events.push({ event: this.event || 'message', lastEventId, data: this.data.join('\n') });
      }
      this.event = '';
      this.data = [];
      return;
    }
    const [, field, value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (field === 'data') {
      this.data.push(value);
    } else if (field === 'event') {
      this.event = value;
    } else if (field === 'id') {
      this.lastEventId = value;
    } else if (field === 'retry') {
      this.retryMs = Number(value);
    }
  }
}

export interface SseOptions {
  token: string;
  /** Sent as Last-Event-ID. */
  cursor?: Cursor;
}

/** A reader of server-sent events that keeps what it was sent, in order, and checks nothing by itself. */
export class SseClient {
  private readonly parser = new SseParser();
  private over = false;

  private constructor(
    readonly response: Response,
    private readonly stop: AbortController,
  ) {
    void this.follow();
  }

  /** Resolves when the stream has begun; rejects with the `code` and `status` of a refusal. */
  static async open(address: string, { token, cursor }: SseOptions): Promise<SseClient> {
    const stop = new AbortController();
    const response = await fetch(address, {
      signal: stop.signal,
      headers: {
        accept: 'text/event-stream',
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(cursor ? { 'last-event-id': `${cursor.epoch}:${cursor.seq}` } : {}),
      },
    });
    if (response.status !== 200) {
      const { code, status } = (await response.json()) as { code: string; status: number };
      throw Object.assign(new Error(`refused: ${code}`), { code, status });
    }
    return new SseClient(response, stop);
  }

  get events(): readonly SseEvent[] {
    return this.parser.events;
  }

  get retryMs(): number | undefined {
    return this.parser.retryMs;
  }

  /** Whether the server has ended the stream. */
  get ended(): boolean {
    return this.over;
  }

  get items(): (FeedItem & { epoch: number })[] {
    return this.bodies<ItemsEvent>('items').flatMap(({ epoch, items }) => items.map((item) => ({ ...item, epoch })));
  }

  /** What a reader comes back with. */
  get cursor(): Cursor | undefined {
    const [epoch, seq] = (this.events.at(-1)?.lastEventId ?? '').split(':').map(Number);
    return epoch && seq !== undefined ? { epoch, seq } : undefined;
  }

  bodies<Body>(event: string): Body[] {
    return this.events.filter((each) => each.event === event).map(({ data }) => JSON.parse(data) as Body);
  }

  whenEnded(): Promise<true> {
    return eventually('the stream ends', () => this.over);
  }

  async close(): Promise<void> {
    this.stop.abort();
    await this.whenEnded();
  }

  private async follow(): Promise<void> {
    const decoder = new TextDecoder();
    try {
      for await (const bytes of this.response.body ?? []) {
        this.parser.push(decoder.decode(bytes as Uint8Array, { stream: true }));
      }
    } catch {
      // Closed by the test, or lost with the server: what was sent before counts.
    }
    this.over = true;
  }
}
