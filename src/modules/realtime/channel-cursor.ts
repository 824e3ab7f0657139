import { DomainError } from '../../core/domain-error.js';
import type { Cursor } from '../../core/wire/feed.js';

const FORM = /^([1-9]\d{0,15}):(0|[1-9]\d{0,15})$/;

/** A position as one word: what a reader of server-sent events comes back with. */
export const eventIdOf = ({ epoch, seq }: Cursor): string => `${epoch}:${seq}`;

/** The position that such a word means; undefined for none, which asks for everything. Throws DomainError BAD_CURSOR. */
export function cursorOf(eventId: string | undefined): Cursor | undefined {
  if (eventId === undefined || eventId === '') {
    return undefined;
  }
  const [, epoch, seq] = FORM.exec(eventId) ?? [];
  if (epoch === undefined || seq === undefined) {
    throw new DomainError(
      'BAD_CURSOR',
      'Give Last-Event-ID as epoch:seq, as in 1:42, or leave it out to get everything.',
    );
  }
  return { epoch: Number(epoch), seq: Number(seq) };
}
