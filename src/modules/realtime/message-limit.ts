import { fullBucket, takeToken, type BucketLimits } from '../../core/delivery/token-bucket.js';
import type { Ack } from '../../core/wire/desk-events.js';
import { answerUnknown } from './answer.js';
import type { DeskSocket } from './desk-session.js';

/**
 * What one connection may send. A console that comes back after 10,000 items sends some 160 `received` within seconds, and
 * `displayed` for what is then on its screen; a person at work sends a few messages a minute, and `received` is sent at most
 * four times a second.
 */
export const MESSAGE_LIMITS: BucketLimits = { burst: 500, perSecond: 50 };
/** A connection that has had so many messages refused floods, and is closed. */
export const MAX_REFUSED = 200;

/** The detail of TOO_MANY_MESSAGES. */
const DETAIL = `Send at most ${MESSAGE_LIMITS.perSecond} messages a second; this one was not looked at, so send it again later.`;

export interface LimitListener {
  onRefused(): void;
  /** The connection goes on although it is refused: close it. */
  onFlood(): void;
}

/**
 * Counts every event of a connection before anything else looks at it, whether it is known, well-formed or waits for an
 * answer. Answers those that are too many, and those that are unknown.
 */
export function limitMessages(socket: DeskSocket, listener: LimitListener, nowMs = () => performance.now()): void {
  let bucket = fullBucket(MESSAGE_LIMITS, nowMs());
  let refused = 0;
  socket.use(([event, ...parts], next) => {
    const { taken, bucket: left } = takeToken(bucket, MESSAGE_LIMITS, nowMs());
    bucket = left;
    if (taken) {
      answerUnknown(event, parts);
      next();
      return;
    }
    refused += 1;
    listener.onRefused();
    if (refused === MAX_REFUSED) {
      listener.onFlood();
    } else if (refused < MAX_REFUSED) {
      answerTooMany(parts.at(-1));
    }
  });
}

function answerTooMany(reply: unknown): void {
  if (typeof reply === 'function') {
    (reply as (ack: Ack) => void)({ ok: false, code: 'TOO_MANY_MESSAGES', detail: DETAIL });
  }
}
