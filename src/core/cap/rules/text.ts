import type { Place } from '../cap.finding.js';
import type { CapMessage, CapRule } from '../cap.rule.js';
import { infos, texts, where } from './places.js';

const TAG = /<\/?[a-zA-Z][^<>]*>/;
const ENTITY = /&(?:[a-zA-Z][a-zA-Z0-9]{1,30}|#\d{1,7}|#x[0-9a-fA-F]{1,6});/;
/** What XML 1.0 cannot carry in any way: control characters, halves of pairs, and the two non-characters at the end of a plane. */
const NOT_XML = /[^\P{Cc}\t\n\r\u007f-\u009f]|\p{Surrogate}|[\ufffe\uffff]/u;
/** Embeddings, overrides and isolates: invisible, and able to show a text in another order than it is written. */
const TURNS_DIRECTION = /[\u202a-\u202e\u2066-\u2069]/;

/** CAP speaks of a headline that fits into 160 characters (3.2.2). */
const HEADLINE_CHARACTERS = 160;

/** Elements that must be there and may say nothing, but then help nobody. */
const NEEDED = /(^|\.)(event|areaDesc|resourceDesc|valueName|value)$/;

const everywhere = ({ alert }: CapMessage, pattern: RegExp): Place[] =>
  texts(alert).flatMap(({ part, path }) => where(pattern.test(part), path, part));

/** What people read. */
export const TEXT: readonly CapRule[] = [
  {
    id: 'TEXT_EMPTY',
    severity: 'warning',
    says: 'Write something here; the element is required and says nothing',
    source: 'CAP 3.2 (null values)',
    find: ({ alert }) => texts(alert).flatMap(({ part, path }) => where(NEEDED.test(path) && part.trim() === '', path)),
  },
  {
    id: 'TEXT_CHARACTERS',
    severity: 'error',
    says: 'Remove the control characters; XML cannot carry them',
    source: 'XML 1.0, 2.2',
    find: (message) => everywhere(message, NOT_XML),
  },
  {
    id: 'TEXT_DIRECTION',
    severity: 'warning',
    says: 'Remove the characters that turn the direction of writing; they can hide the marker of a drill',
    source: 'practice (Unicode TR 36)',
    find: (message) => everywhere(message, TURNS_DIRECTION),
  },
  {
    id: 'TEXT_TAGS',
    severity: 'warning',
    says: 'Take out the HTML tags; most receivers show them as they are or read them aloud',
    source: 'CAP 3.3.3; practice (google/cap-library)',
    find: (message) => everywhere(message, TAG),
  },
  {
    id: 'TEXT_ENTITIES',
    severity: 'warning',
    says: 'Write the character itself instead of an HTML entity',
    source: 'CAP 3.3.3',
    find: (message) => everywhere(message, ENTITY),
  },
  {
    id: 'HEADLINE_LONG',
    severity: 'advice',
    says: 'Shorten the headline to 160 characters; small displays cut the rest',
    source: 'CAP 3.2.2 headline',
    find: ({ alert }) =>
      infos(alert).flatMap(({ part: { headline = '' }, path }) => {
        const { length } = [...headline];
        return where(length > HEADLINE_CHARACTERS, `${path}.headline`, `${length} characters`);
      }),
  },
  {
    id: 'VALUE_NAME_PERIODS',
    severity: 'advice',
    says: 'Write an acronym in valueName in capitals without periods, as in SAME',
    source: 'CAP 3.2.2 eventCode, parameter; 3.2.4 geocode',
    find: ({ alert }) =>
      texts(alert).flatMap(({ part, path }) =>
        where(path.endsWith('.valueName') && /^(?:[A-Za-z]\.){2,}$/.test(part.trim()), path, part),
      ),
  },
];
