import { z } from 'zod';
import type { FeedItem } from '../dissemination/feed.js';

/** What the server sends, and why. */
export interface ServerEvents {
  /** Consecutive items of the console's feed, ascending: what became visible together goes out together. */
  items: (message: { run: string; audience: string; epoch: number; items: readonly FeedItem[] }) => void;
  /** On joining, and every 2 s while the node's last read of the database is fresh: what a console takes for a sign of life. */
  tick: (message: { at: string; epoch: number; headSeq: number; clock: object }) => void;
  /** Clear the list: what follows starts after `seq` of `epoch`. */
  reset: (message: { epoch: number; seq: number; reason: string }) => void;
  /** The run's clock has changed. */
  clock: (clock: object) => void;
  /** The server is about to close the connection. */
  closing: (message: { reason: string }) => void;
}

const kind = z.enum(['report', 'alert', 'announcement', 'inject', 'message', 'decision']);
const itemId = z.string().min(1).max(200);
const key = z.string().min(1).max(100);
const position = z.strictObject({ epoch: z.int().min(1), seq: z.int().min(0) });

/** The forms of what a console sends. */
export const CLIENT_EVENTS = {
  received: z.strictObject({ seq: z.int().min(0), epoch: z.int().min(1).optional() }),
  displayed: z.strictObject({ kind, id: itemId, version: z.int().min(1) }),
  acknowledge: z.strictObject({
    kind,
    id: itemId,
    version: z.int().min(1),
    note: z.string().trim().max(1000).optional(),
    key,
  }),
  respond: z.strictObject({
    inject: itemId,
    body: z.strictObject({ decision: z.string().trim().min(1).max(4000), option: z.string().max(80).optional() }),
    key,
  }),
  resume: position,
  authenticate: z.strictObject({ token: z.string().min(1).max(4000) }),
} as const;

export type ClientEvent = keyof typeof CLIENT_EVENTS;
export type ClientMessage<E extends ClientEvent> = z.output<(typeof CLIENT_EVENTS)[E]>;

/** What a console says when it connects. */
export const handshakeSchema = z.object({
  token: z.string().min(1).max(4000),
  run: z.string().min(1).max(100),
  desk: z.string().min(1).max(100),
  cursor: position.optional(),
});

/** What every event of a console is answered with. */
export interface Ack {
  ok: boolean;
  code?: string;
  detail?: string;
}
