import type { CapInfo } from '../cap.js';
import type { Place } from '../cap.finding.js';
import type { CapMessage, CapRule } from '../cap.rule.js';
import { capTimeMs } from '../cap.time.js';
import { blank, infos, where } from './places.js';

type TimeName = 'effective' | 'onset' | 'expires';

/** Messages that say that something is over may carry the times of what they end. */
const ENDS = ['Cancel', 'Ack', 'Error'];

const ms = (text: string | undefined): number => (text === undefined ? Number.NaN : (capTimeMs(text) ?? Number.NaN));

/** The blocks of which one time comes before another; nothing where one of them is missing or cannot be read. */
const before = (message: CapMessage, first: TimeName, second: (info: CapInfo) => string | undefined): Place[] =>
  infos(message.alert).flatMap(({ part, path }) =>
    where(ms(part[first]) < ms(second(part)), `${path}.${first}`, part[first]),
  );

/** When a message was sent, and from when until when it holds. */
export const TIMES: readonly CapRule[] = [
  {
    id: 'TIME_UTC',
    severity: 'advice',
    says: 'Write the offset of UTC as -00:00',
    source: 'CAP 3.3.2',
    find: ({ alert }) => [
      ...where(alert.sent.endsWith('+00:00'), 'sent', alert.sent),
      ...infos(alert).flatMap(({ part, path }) =>
        (['effective', 'onset', 'expires'] as const).flatMap((name) =>
          where(part[name]?.endsWith('+00:00') ?? false, `${path}.${name}`, part[name]),
        ),
      ),
    ],
  },
  {
    id: 'EXPIRES_BEFORE_SENT',
    severity: 'error',
    says: 'Correct expires: the message would be over before it is sent',
    source: 'CAP 3.2.2 expires; practice (wmo-raf/cap-composer)',
    find: (message) =>
      ENDS.includes(message.alert.msgType) ? [] : before(message, 'expires', () => message.alert.sent),
  },
  {
    id: 'EXPIRES_BEFORE_EFFECTIVE',
    severity: 'error',
    says: 'Correct expires: the message would be over before it takes effect',
    source: 'CAP 3.2.2 effective, expires',
    find: (message) => before(message, 'expires', ({ effective }) => effective),
  },
  {
    id: 'EXPIRES_BEFORE_ONSET',
    severity: 'advice',
    says: 'Check expires: the message is over before the event is expected; send an update in time',
    source: 'CAP 3.2.2 onset, expires',
    find: (message) => before(message, 'expires', ({ onset }) => onset),
  },
  {
    id: 'EFFECTIVE_BEFORE_SENT',
    severity: 'warning',
    says: 'Check effective: it is earlier than sent, and nobody can have heeded the message then',
    source: 'practice (wmo-raf/cap-composer)',
    find: (message) => before(message, 'effective', () => message.alert.sent),
  },
  {
    id: 'ONSET_BEFORE_SENT',
    severity: 'advice',
    says: 'Check onset: it is earlier than sent, which is right only for an event that has begun',
    source: 'practice (wmo-raf/cap-composer)',
    find: (message) => before(message, 'onset', () => message.alert.sent),
  },
  {
    id: 'EXPIRES_MISSING',
    severity: 'advice',
    says: 'Say with expires when the message is over; without it each receiver decides',
    source: 'CAP 3.2.2 expires',
    find: ({ alert }) =>
      infos(alert).flatMap(({ part, path }) =>
        where(!ENDS.includes(alert.msgType) && blank(part.expires), `${path}.expires`),
      ),
  },
];
