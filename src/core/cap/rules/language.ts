import { DEFAULT_LANGUAGE, type CapInfo } from '../cap.js';
import type { Place } from '../cap.finding.js';
import type { CapRule } from '../cap.rule.js';
import { blank, infos, where, type At } from './places.js';

const languageOf = ({ language }: CapInfo): string => language ?? DEFAULT_LANGUAGE;
/** `en` of `en-US`: variants of one language may well share a text. */
const family = (info: CapInfo): string => languageOf(info).split('-')[0]?.toLowerCase() ?? '';

const SPOKEN = ['event', 'headline', 'description', 'instruction'] as const;

/** Texts that an earlier block gives letter for letter in another language. */
function copies(blocks: readonly At<CapInfo>[]): Place[] {
  const spokenIn = new Map<string, Set<string>>();
  return blocks.flatMap(({ part, path }) =>
    SPOKEN.flatMap((name) => {
      const text = part[name];
      if (blank(text)) {
        return [];
      }
      const key = `${name} ${text}`;
      const families = spokenIn.get(key) ?? new Set();
      spokenIn.set(key, families.add(family(part)));
      return where(families.size > 1, `${path}.${name}`, text);
    }),
  );
}

/** What a block should say as every other block of the message does, whatever its language. */
const sameInAll = (blocks: readonly At<CapInfo>[], name: string, of: (info: CapInfo) => readonly string[]): Place[] => {
  const key = ({ part }: At<CapInfo>): string => JSON.stringify([...of(part)].sort());
  const first = blocks[0] && key(blocks[0]);
  return blocks.flatMap((block) => where(key(block) !== first, `${block.path}.${name}`));
};

const codesOf = ({ eventCode }: CapInfo): string[] => eventCode.map(({ valueName, value }) => `${valueName}=${value}`);

/** The blocks of a message beside one another: one event, said in several languages. */
export const LANGUAGE: readonly CapRule[] = [
  {
    id: 'LANGUAGE_MISSING',
    severity: 'advice',
    says: 'Name the language of each info block; without it the text counts as en-US',
    source: 'CAP 3.2.2 language',
    find: ({ alert }) => infos(alert).flatMap(({ part, path }) => where(blank(part.language), `${path}.language`)),
  },
  {
    id: 'LANGUAGE_DOUBTFUL',
    severity: 'warning',
    says: 'Correct the language: this text has no letter of the Latin alphabet and yet counts as English',
    source: 'CAP 3.2.2 language',
    find: ({ alert }) =>
      infos(alert).flatMap(({ part, path }) => {
        const text = [part.event, part.headline, part.description].join('');
        return where(family(part) === 'en' && /\p{L}/u.test(text) && !/\p{Script=Latin}/u.test(text), path, text);
      }),
  },
  {
    id: 'TEXT_COPIED',
    severity: 'warning',
    says: 'Translate this text: the same stands in a block of another language',
    source: 'practice (google/cap-library)',
    find: ({ alert }) => copies(infos(alert)),
  },
  {
    id: 'CATEGORY_DIFFERS',
    severity: 'warning',
    says: 'Give every info block the same categories; all blocks of a message are about one event',
    source: 'practice (profiles of IPAWS and Australia)',
    find: ({ alert }) => sameInAll(infos(alert), 'category', ({ category }) => category),
  },
  {
    id: 'EVENT_CODE_DIFFERS',
    severity: 'warning',
    says: 'Give every info block the same event codes; all blocks of a message are about one event',
    source: 'practice (profiles of IPAWS and Australia)',
    find: ({ alert }) => sameInAll(infos(alert), 'eventCode', codesOf),
  },
];
