import type { Cursor } from '../core/wire/feed.js';

/** Reads a cursor written as `EPOCH:SEQ`; undefined when the text is not one. */
export function cursorOf(text: string): Cursor | undefined {
  const match = /^(\d{1,15}):(\d{1,15})$/.exec(text);
  return match ? { epoch: Number(match[1]), seq: Number(match[2]) } : undefined;
}
