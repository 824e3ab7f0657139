import type { LanguageFinding } from './language-finding.js';
import { primaryPairs, type Block, type Primary } from './blocks.js';
import { TERM_GROUPS, type TermGroup } from './terms.js';

const NO_WORDS: ReadonlyMap<string, string> = new Map();

/** Words of one language that mean another thing in the other, or nothing there: both are quoted. */
export function termFindings(blocks: readonly Block[]): LanguageFinding[] {
  const pairs = primaryPairs(blocks);
  return TERM_GROUPS.flatMap((group) => {
    const words = new Map(blocks.map((block) => [block, wordsIn(group, block)]));
    return pairs.flatMap(([one, other]) => {
      const [said, saidThere] = [words.get(one) ?? NO_WORDS, words.get(other) ?? NO_WORDS];
      const only = difference(said, saidThere);
      const onlyThere = difference(saidThere, said);
      if (only && onlyThere) {
        return [finding('TERM_DIFFERS', group, other, `${one.language} says "${only}" of ${group.about}, ${other.language} says "${onlyThere}"`)]; // prettier-ignore
      }
      return group.mustAppear ? [...absent(group, one, other, only), ...absent(group, other, one, onlyThere)] : [];
    });
  });
}

/** The word that each concept of a group has in a block. */
function wordsIn({ terms }: TermGroup, block: Block): Map<string, string> {
  return new Map(
    terms.flatMap((term): [string, string][] => {
      const word = term[block.primary].exec(block.text)?.[0];
      return word === undefined ? [] : [[term.concept, word]];
    }),
  );
}

/** The first word whose concept the other side has no word for. */
function difference(words: ReadonlyMap<string, string>, others: ReadonlyMap<string, string>): string | undefined {
  return [...words].find(([concept]) => !others.has(concept))?.[1];
}

function absent(group: TermGroup, block: Block, other: Block, word: string | undefined): LanguageFinding[] {
  return word === undefined || isLeftOpen(group, other)
    ? []
    : [
        finding(
          'TERM_ABSENT',
          group,
          other,
          `${block.language} says "${word}" of ${group.about}, and ${other.language} has no word for it in "${start(other.text)}"`,
        ),
      ];
}

const isLeftOpen = ({ open }: TermGroup, { text, primary }: { text: string; primary: Primary }): boolean =>
  open?.[primary].test(text) ?? false;

const start = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);

const finding = (rule: string, { source }: TermGroup, { path }: Block, message: string): LanguageFinding => ({
  rule,
  severity: 'warning',
  path,
  message,
  source,
});
