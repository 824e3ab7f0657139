import type { Logger } from 'pino';
import { DomainError } from '../../core/domain-error.js';
import type { Ack } from '../../core/wire/desk-events.js';
import { EVENT_ACCESS, EVENT_SCOPES } from '../../platform/http/access-table.js';
import { problemOf } from '../../platform/http/problem.js';
import type { DeskSession } from './desk-session.js';
import { CLIENT_EVENTS, type ClientEvent, type ClientMessage } from './events.js';

/**
 * Checks a console's event against the access table and its form, does the work, and answers. The one place where an error
 * of an event becomes an answer: the connection stays, whatever was sent.
 */
export async function answer<E extends ClientEvent>(
  session: DeskSession,
  event: E,
  body: unknown,
  work: (message: ClientMessage<E>) => Promise<Pick<Ack, 'response'> | void>,
  logger: Logger,
): Promise<Ack> {
  try {
    const access = EVENT_ACCESS[event];
    const { role, scopes } = session.user;
    const inScope = !scopes || scopes.some((scope) => scope === EVENT_SCOPES[event]);
    const allowed = access === 'anyone' || access?.includes(role);
    if (!inScope) {
      throw new DomainError('FORBIDDEN', 'None of the scopes of this key allows this event; people send it.');
    }
    if (!allowed) {
      throw new DomainError(
        'FORBIDDEN',
        'You look on at this feed; receipts and answers come from the officer of its desk.',
      );
    }
    const message = CLIENT_EVENTS[event].safeParse(body);
    if (!message.success) {
      const issue = message.error.issues[0];
      throw new DomainError(
        'MESSAGE_INVALID',
        `${event}: ${issue?.path.join('.') || 'the message'}: ${issue?.message}.`,
      );
    }
    const more = await work(message.data as ClientMessage<E>);
    return { ok: true, ...more };
  } catch (error) {
    const problem = problemOf(error);
    if (!problem) {
      logger.error({ err: error, event }, 'an event failed for a reason that nobody foresaw');
    }
    return {
      ok: false,
      code: problem?.code ?? 'INTERNAL',
      detail: problem?.detail ?? 'The service failed; its log says why.',
    };
  }
}

/** Answers an event that is none of ours, instead of letting the console wait for an answer that never comes. */
export function answerUnknown(event: string, parts: readonly unknown[]): void {
  const reply = parts.at(-1);
  if (typeof reply === 'function' && !Object.hasOwn(CLIENT_EVENTS, event)) {
    const detail = `There is no event "${event.slice(0, 80)}"; those that are there: ${Object.keys(CLIENT_EVENTS).join(', ')}.`;
    (reply as (ack: Ack) => void)({ ok: false, code: 'EVENT_UNKNOWN', detail });
  }
}
