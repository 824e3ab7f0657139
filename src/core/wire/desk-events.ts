import type { ResponseBody } from '../incident/item.js';
import type { ClockView } from './clock.js';
import type { Cursor, FeedItem, ItemRef } from './feed.js';
import type { ObligationView } from './obligation.js';

export interface ItemsEvent {
  run: string;
  audience: string;
  epoch: number;
  items: readonly FeedItem[];
}

export interface TickEvent {
  /** Wall time of the server. */
  at: string;
  epoch: number;
  headSeq: number;
  clock: ClockView;
}

export interface ResetEvent extends Cursor {
  /** REWOUND, UNKNOWN_EPOCH or AHEAD_OF_FEED. */
  reason: string;
}

/** That a desk has displayed or acknowledged an item, as far as the console may know. */
export interface ReceiptView extends ItemRef {
  level: 'displayed' | 'acknowledged';
  audience: string;
  epoch: number;
  desk: string;
  /** Of an acknowledgement. */
  person?: string;
  /** For the desk's own audience and control. */
  note?: string;
  /** Wall time. */
  at: string;
}

export interface ReceiptEvent {
  run: string;
  /** What became known together, in the order in which it was stored. */
  receipts: readonly ReceiptView[];
}

export interface ObligationEvent {
  run: string;
  /** What changed together, in the order in which it was stored. */
  obligations: readonly ObligationView[];
}

/** That the console takes in less than it is sent; what it lacks follows from its position as it reads on. */
export interface BehindEvent extends Cursor {
  headSeq: number;
}

export interface ClosingEvent {
  /** SERVICE_STOPS, TOKEN_ENDED, SIGNED_OUT, TRY_AGAIN or TOO_MANY_MESSAGES. */
  reason: string;
}

/** What the server sends to a console, and why. */
export interface ServerEvents {
  /** Consecutive items of the console's feed, ascending: what became visible together goes out together. */
  items: (event: ItemsEvent) => void;
  /** On joining, and every 2 s while the node's last read of the database is fresh: what a console takes for a sign of life. */
  tick: (event: TickEvent) => void;
  /** Clear the list: what follows starts after `seq` of `epoch`. */
  reset: (event: ResetEvent) => void;
  /** The run's clock has changed. */
  clock: (clock: ClockView) => void;
  /** Receipts: of the own audience, to control of every one, to others where the arrangement allows. */
  receipt: (event: ReceiptEvent) => void;
  /** Duties of the own audience (to control: of every one) that were opened, met, lapsed or closed; the outstanding ones on joining. */
  obligation: (event: ObligationEvent) => void;
  /** The console did not keep up and is being brought up to date from its position. */
  behind: (event: BehindEvent) => void;
  /** The server is about to close the connection. */
  closing: (event: ClosingEvent) => void;
}

export interface DisplayedMessage extends ItemRef {
  /** The epoch that the console was shown the item in; without one, the feed's present epoch. */
  epoch?: number;
}

export interface AcknowledgeMessage extends DisplayedMessage {
  note?: string;
  /** Drawn once for each act of a person; the same when it is sent again. */
  key: string;
}

/** What a desk answers an inject. */
export interface RespondMessage {
  inject: string;
  body: { decision: string; option?: string };
  key: string;
}

/** What a console sends; each is answered with an `Ack`. */
export interface ConsoleMessages {
  received: { seq: number; epoch?: number };
  displayed: DisplayedMessage;
  acknowledge: AcknowledgeMessage;
  respond: RespondMessage;
  resume: Cursor;
  authenticate: { token: string };
}

/** The same as Socket.IO has it, with the callback. */
export type ConsoleEvents = {
  [Name in keyof ConsoleMessages]: (message: ConsoleMessages[Name], answer: (ack: Ack) => void) => void;
};

/** What every message of a console is answered with. */
export interface Ack {
  ok: boolean;
  code?: string;
  detail?: string;
  /** To `respond` only: the answer as it was taken. */
  response?: ResponseBody;
}
