import { z } from 'zod';
import type { ConsoleMessages } from '../../core/wire/desk-events.js';

const kind = z.enum(['report', 'alert', 'announcement', 'inject', 'message', 'decision']);
const itemId = z.string().min(1).max(200);
const key = z.string().min(1).max(100);
const epoch = z.int().min(1);
const position = z.strictObject({ epoch, seq: z.int().min(0) });

/** The forms of what a console sends. */
export const CLIENT_EVENTS = {
  received: z.strictObject({ seq: z.int().min(0), epoch: epoch.optional() }),
  displayed: z.strictObject({ kind, id: itemId, version: z.int().min(1), epoch: epoch.optional() }),
  acknowledge: z.strictObject({
    kind,
    id: itemId,
    version: z.int().min(1),
    epoch: epoch.optional(),
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
} as const satisfies { readonly [E in keyof ConsoleMessages]: z.ZodType<ConsoleMessages[E]> };

export type ClientEvent = keyof typeof CLIENT_EVENTS;
export const CLIENT_EVENT_NAMES = Object.keys(CLIENT_EVENTS) as readonly ClientEvent[];
export type ClientMessage<E extends ClientEvent> = z.output<(typeof CLIENT_EVENTS)[E]>;

/** What a console says when it connects. */
export const handshakeSchema = z.object({
  token: z.string().min(1).max(4000),
  run: z.string().min(1).max(100),
  desk: z.string().min(1).max(100),
  cursor: position.optional(),
});
