import type { Ack } from '../core/wire/desk-events.js';
import { untilAnswered } from './until-answered.js';

const refused = (code: string): Ack => ({ ok: false, code });

describe('untilAnswered', () => {
  const sending = (answers: Ack[]): { sent: () => number; send: () => Promise<Ack> } => {
    let sent = 0;
    return { sent: () => sent, send: () => Promise.resolve(answers[sent++] ?? refused('NEVER')) };
  };

  it('sends again what the service could not take or did not answer', async () => {
    const codes = ['DATABASE_UNAVAILABLE', 'TOO_MANY_MESSAGES', 'STOPPING', 'TIMEOUT', 'DISCONNECTED'];
    const { sent, send } = sending([...codes.map(refused), { ok: true }]);
    expect(await untilAnswered({ closed: false }, send, 0)).toEqual({ ok: true });
    expect(sent()).toBe(6);
  });

  it('takes any other refusal for the answer, and gives up when the feed is closed', async () => {
    const final = sending([refused('ITEM_NOT_SHOWN')]);
    expect(await untilAnswered({ closed: false }, final.send, 0)).toEqual(refused('ITEM_NOT_SHOWN'));
    const closed = sending([refused('TIMEOUT')]);
    expect(await untilAnswered({ closed: true }, closed.send, 0)).toEqual(refused('TIMEOUT'));
    expect([final.sent(), closed.sent()]).toEqual([1, 1]);
  });
});
