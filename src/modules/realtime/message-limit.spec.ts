import type { Ack } from '../../core/wire/desk-events.js';
import type { DeskSocket } from './desk-session.js';
import { limitMessages, MAX_REFUSED, MESSAGE_LIMITS } from './message-limit.js';

type Middleware = (event: [string, ...unknown[]], next: () => void) => void;

/** A connection whose messages the test sends, with a clock that stands until it is moved. */
class Connection {
  nowMs = 0;
  through = 0;
  refused = 0;
  floods = 0;
  private middleware: Middleware = () => undefined;

  constructor() {
    const socket = { use: (middleware: Middleware) => (this.middleware = middleware) };
    limitMessages(
      socket as unknown as DeskSocket,
      { onRefused: () => (this.refused += 1), onFlood: () => (this.floods += 1) },
      () => this.nowMs,
    );
  }

  send(event: string, ...parts: unknown[]): void {
    this.middleware([event, ...parts], () => (this.through += 1));
  }

  /** Sends and returns the answer, if there was one at once. */
  ask(event: string): Ack | undefined {
    let answer: Ack | undefined;
    this.send(event, {}, (ack: Ack) => (answer = ack));
    return answer;
  }

  burst(count: number): void {
    for (let left = count; left > 0; left -= 1) {
      this.send('received', { seq: 1 });
    }
  }
}

describe('limitMessages', () => {
  let connection: Connection;

  beforeEach(() => {
    connection = new Connection();
  });

  it('lets through what a console sends that comes back after a long time', () => {
    connection.burst(MESSAGE_LIMITS.burst);
    expect(connection).toMatchObject({ through: MESSAGE_LIMITS.burst, refused: 0 });
  });

  it('answers what is too much, does not look at it, and takes messages again later', () => {
    connection.burst(MESSAGE_LIMITS.burst);
    const answer = connection.ask('acknowledge');
    expect(answer).toMatchObject({ ok: false, code: 'TOO_MANY_MESSAGES' });
    expect(answer?.detail).toMatch(/send it again/);
    expect(connection).toMatchObject({ through: MESSAGE_LIMITS.burst, refused: 1 });
    connection.nowMs += 1_000;
    connection.burst(MESSAGE_LIMITS.perSecond + 1);
    expect(connection).toMatchObject({ through: MESSAGE_LIMITS.burst + MESSAGE_LIMITS.perSecond, refused: 2 });
  });

  it('counts what asks for no answer and what there is no such event for', () => {
    connection.burst(MESSAGE_LIMITS.burst - 1);
    expect(connection.ask('no-such-event')).toMatchObject({ code: 'EVENT_UNKNOWN' });
    expect(connection.ask('no-such-event')).toMatchObject({ code: 'TOO_MANY_MESSAGES' });
  });

  it('says once that a connection floods, and answers it no more', () => {
    connection.burst(MESSAGE_LIMITS.burst + MAX_REFUSED - 1);
    expect(connection.floods).toBe(0);
    connection.burst(10);
    expect(connection.floods).toBe(1);
    expect(connection.ask('received')).toBeUndefined();
  });
});
