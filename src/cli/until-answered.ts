import { setTimeout as sleep } from 'node:timers/promises';
import type { Ack } from '../core/wire/desk-events.js';

const AGAIN_MS = 1_000;
/** Answers after which the very same message may go out again: it was not taken, or nobody knows whether it was. */
const SEND_AGAIN = new Set(['DATABASE_UNAVAILABLE', 'TOO_MANY_MESSAGES', 'STOPPING', 'TIMEOUT', 'DISCONNECTED']);

/** Sends a message until it is answered for good or its feed is closed. It has to carry a key, so that it counts once. */
export async function untilAnswered(
  feed: { readonly closed: boolean },
  send: () => Promise<Ack>,
  pauseMs = AGAIN_MS,
): Promise<Ack> {
  let answer = await send();
  while (!answer.ok && SEND_AGAIN.has(answer.code ?? '') && !feed.closed) {
    await sleep(pauseMs);
    answer = await send();
  }
  return answer;
}
