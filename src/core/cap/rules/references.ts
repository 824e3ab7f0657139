import type { CapRule } from '../cap.rule.js';
import type { CapAlert } from '../cap.js';
import { readReferences, type CapReference } from '../cap.references.js';
import { capTimeMs } from '../cap.time.js';
import { once } from './once.js';
import { blank, where } from './places.js';

const PATH = 'references';

const read = once(({ references }: CapAlert) => readReferences(references));
const whole = (alert: CapAlert): CapReference[] => read(alert).flatMap(({ reference }) => reference ?? []);

/** Types of message that mean nothing without the messages they are about. */
const ABOUT_OTHERS = ['Update', 'Cancel', 'Ack', 'Error'];

/** How a message names those that it is about. */
export const REFERENCES: readonly CapRule[] = [
  {
    id: 'REFERENCES_MISSING',
    severity: 'error',
    says: 'Name in references the messages that this Update, Cancel, Ack or Error is about',
    source: 'CAP 3.2.1 msgType',
    find: ({ alert: { msgType, references } }) => where(ABOUT_OTHERS.includes(msgType) && blank(references), PATH),
  },
  {
    id: 'REFERENCES_EMPTY',
    severity: 'warning',
    says: 'Leave references out where there are none; some readers refuse an empty one',
    source: 'practice (google/cap-library)',
    find: ({ alert: { msgType, references } }) =>
      where(!ABOUT_OTHERS.includes(msgType) && references !== undefined && blank(references), PATH),
  },
  {
    id: 'REFERENCES_FORM',
    severity: 'error',
    says: 'Write each reference as sender,identifier,sent with the time as that message has it, and spaces only between references',
    source: 'CAP 3.2.1 references',
    find: ({ alert }) => read(alert).flatMap(({ text, reference }) => where(!reference, PATH, text)),
  },
  {
    id: 'REFERENCE_SELF',
    severity: 'error',
    says: 'Remove the reference of the message to itself; give each message an identifier of its own',
    source: 'CAP 3.2.1 references (an earlier message)',
    find: ({ alert }) =>
      whole(alert).flatMap(({ sender, identifier }) =>
        where(sender === alert.sender && identifier === alert.identifier, PATH, identifier),
      ),
  },
  {
    id: 'REFERENCE_LATER',
    severity: 'error',
    says: 'Correct the times: a message can only refer to one that was sent before it',
    source: 'CAP 3.2.1 references (an earlier message)',
    find: ({ alert }) => {
      const sentMs = capTimeMs(alert.sent);
      return whole(alert).flatMap(({ sent }) =>
        where(sentMs !== undefined && (capTimeMs(sent) ?? 0) > sentMs, PATH, sent),
      );
    },
  },
  {
    id: 'REFERENCE_TWICE',
    severity: 'advice',
    says: 'Name each message once only in references',
    source: 'practice',
    find: ({ alert }) => {
      const seen = new Set<string>();
      return read(alert).flatMap(({ text }) => {
        const again = seen.has(text);
        seen.add(text);
        return where(again, PATH, text);
      });
    },
  },
];
