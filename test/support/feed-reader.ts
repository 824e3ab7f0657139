import type { FeedItem } from '../../src/core/wire/feed.js';
import type { Cursor } from '../../src/core/wire/feed.js';
import type { ChannelName } from '../../src/modules/realtime/channel.js';
import { AtomReader } from './atom-client.js';
import { DeskSocket } from './desk-socket.js';
import { SseClient } from './sse-client.js';
import { WebhookReceiver } from './webhook-receiver.js';

/** One version of an item as a reader got it. */
export interface ReadItem extends Cursor {
  kind: string;
  id: string;
  version: number;
  late: boolean;
  mode: string;
  /** The headline by language. */
  headlines: Record<string, string>;
}

/** Whoever reads a feed, whatever the channel: keeps what it was told, in order, doubles included. */
export interface FeedReader {
  readonly items: readonly ReadItem[];
  /** Where the feed was said to begin anew. */
  readonly resets: readonly Cursor[];
  close(): Promise<void> | void;
}

export interface ReaderOptions {
  token: string;
  run: string;
  /** Whose feed it is, by its desk and by its audience. */
  desk: string;
  audience: string;
  cursor?: Cursor;
}

/** Rejects with an error whose `code` is the stable one. */
export type OpenReader = (url: string, options: ReaderOptions) => Promise<FeedReader>;

export const readItem = ({ seq, kind, id, version, late, body }: FeedItem, epoch: number): ReadItem => ({
  epoch,
  seq,
  kind,
  id,
  version,
  late,
  mode: body.mode,
  headlines: Object.fromEntries(Object.entries(body.texts).map(([tag, { headline }]) => [tag, headline])),
});

/** A reader for each channel of the list. */
export const READERS: Record<ChannelName, OpenReader> = {
  socket: async (url, options) => {
    const desk = await DeskSocket.open(url, options).catch((error: { data?: { code?: string } }) => {
      throw Object.assign(new Error('refused'), { code: error.data?.code });
    });
    return {
      get items() {
        return desk.items.map(({ epoch, ...item }) => readItem(item, epoch));
      },
      get resets() {
        return desk.resets.map(({ epoch, seq }) => ({ epoch, seq }));
      },
      close: () => desk.close(),
    };
  },
  sse: async (url, { token, run, audience, cursor }) => {
    const client = await SseClient.open(`${url}/api/v1/runs/${run}/feeds/${audience}/stream`, { token, cursor });
    return {
      get items() {
        return client.items.map(({ epoch, ...item }) => readItem(item, epoch));
      },
      get resets() {
        return client.bodies<Cursor>('reset').map(({ epoch, seq }) => ({ epoch, seq }));
      },
      close: () => client.close(),
    };
  },
  atom: (url, { token, run, audience, cursor }) =>
    AtomReader.open(`${url}/api/v1/runs/${run}/feeds/${audience}/atom`, token, cursor),
  webhook: (url, options) => WebhookReceiver.open(url, options),
};
