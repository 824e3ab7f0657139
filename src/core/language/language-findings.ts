import type { AlertInfo } from '../alert/alert.js';
import { isSameLanguage } from '../scenario/pick-language.js';
import { SHIPPED_LANGUAGES } from '../scenario/languages.js';
import { blocksOf, textOf, type Block, type Primary } from './blocks.js';
import { figureFindings } from './check-figures.js';
import { termFindings } from './check-terms.js';
import type { LanguageFinding } from './language-finding.js';

/** A block in these languages is written, at least in part, in this script (BCP 47, ISO 15924: Jpan, Kore, Latn). */
const SCRIPTS: Readonly<Record<Primary, { name: string; letters: RegExp }>> = {
  ja: { name: 'kana or kanji', letters: /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u },
  ko: { name: 'Hangul', letters: /\p{Script=Hangul}/u },
  en: { name: 'Latin letters', letters: /\p{Script=Latin}/u },
};

/** Writing that gives a block away as another language's: kana in Korean, Hangul in Japanese, either in English. */
const FOREIGN: Readonly<Record<Primary, RegExp>> = {
  ja: /\p{Script=Hangul}{2,}/u,
  ko: /[\p{Script=Hiragana}\p{Script=Katakana}]{2,}/u,
  en: /[\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]{4,}/u,
};

/** What says in each language that a message is a drill. */
const DRILL: Readonly<Record<Primary, RegExp>> = { ja: /【訓練】/, ko: /\[훈련\]/, en: /\bEXERCISE\b/ };

/**
 * What the blocks of one message say differently, or not at all. An author who wrote one language on purpose leaves the
 * others out of `wanted`. Only what is certain is an error; a reading of figures and words may be wrong and warns.
 */
export function languageFindings(
  info: readonly AlertInfo[],
  wanted: readonly string[] = SHIPPED_LANGUAGES,
): LanguageFinding[] {
  const blocks = blocksOf(info);
  return [
    ...missing(info, wanted),
    ...sameText(info),
    ...blocks.flatMap(scriptFindings),
    ...drillFindings(blocks),
    ...figureFindings(blocks),
    ...termFindings(blocks),
  ];
}

function missing(info: readonly AlertInfo[], wanted: readonly string[]): LanguageFinding[] {
  return wanted
    .filter((tag) => !info.some(({ language }) => isSameLanguage(language, tag)))
    .map((tag) => ({
      rule: 'LANGUAGE_MISSING',
      severity: 'warning',
      path: 'info',
      message: `There is no block in ${tag}; its readers get another language`,
      source: 'The languages that the desks of this service read',
    }));
}

function sameText(info: readonly AlertInfo[]): LanguageFinding[] {
  return info.flatMap((block, index) => {
    const twin = info
      .slice(0, index)
      .find((other) => !isSameLanguage(other.language, block.language) && isSameText(other, block));
    return twin
      ? [
          {
            rule: 'SAME_TEXT',
            severity: 'warning' as const,
            path: `info[${index}]`,
            message: `${block.language} says the same, letter by letter, as ${twin.language}: it was not translated`,
            source: 'Translation check of ours',
          },
        ]
      : [];
  });
}

const isSameText = (one: AlertInfo, other: AlertInfo): boolean => textOf(one).trim() === textOf(other).trim();

function scriptFindings({ language, primary, path, text }: Block): LanguageFinding[] {
  const { name, letters } = SCRIPTS[primary];
  if (letters.test(text) && !FOREIGN[primary].test(text)) {
    return [];
  }
  const foreign = FOREIGN[primary].exec(text)?.[0];
  return [
    {
      rule: 'WRONG_SCRIPT',
      severity: 'warning',
      path,
      message: foreign
        ? `${language} holds "${foreign}", which is another language's writing`
        : `${language} has no ${name} in it: the text or the language is a slip`,
      source: 'BCP 47 (the tag names the language of the text), ISO 15924 (its script)',
    },
  ];
}

function drillFindings(blocks: readonly Block[]): LanguageFinding[] {
  const marked = blocks.filter(({ primary, text }) => DRILL[primary].test(text));
  return marked.length === 0
    ? []
    : blocks
        .filter((block) => !marked.includes(block))
        .map(({ language, path }) => ({
          rule: 'MARKER_MISSING',
          severity: 'error',
          path,
          message: `${marked[0]?.language} says that this is a drill and ${language} does not`,
          source: 'Hawaii, 13 January 2018: a drill taken for real; every language carries the marker',
        }));
}
