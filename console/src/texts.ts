import { isSameLanguage, pickLanguage } from '../../src/core/scenario/pick-language.js';
import type { Names, Texts } from '../../src/core/scenario/scenario.schema.js';

export interface ChosenText {
  /** BCP 47 tag of the text that is shown, for its `lang` attribute. */
  language: string;
  headline: string;
  description?: string;
  /** True when the wanted language is not there: the console marks it and never translates by itself. */
  missing: boolean;
}

/** The text of an item in the language of a desk, and whether it had to be another one. */
export function textFor(texts: Texts, wanted: string): ChosenText {
  const language = pickLanguage(Object.keys(texts), wanted);
  const text = language === undefined ? undefined : texts[language];
  if (language === undefined || !text) {
    return { language: wanted, headline: '', missing: true };
  }
  return { language, ...text, missing: !isSameLanguage(language, wanted) };
}

/** All other languages of an item, in the order in which they came. */
export function otherTexts(
  texts: Texts,
  shown: string,
): { language: string; headline: string; description?: string }[] {
  return Object.entries(texts)
    .filter(([language]) => language !== shown)
    .map(([language, text]) => ({ language, ...text }));
}

/** A name in the wanted language, or the nearest there is; empty for no names at all. */
export function nameFor(names: Names | undefined, wanted: string): { language: string; name: string } {
  const language = names ? pickLanguage(Object.keys(names), wanted) : undefined;
  return language === undefined || !names ? { language: wanted, name: '' } : { language, name: names[language] ?? '' };
}

/** What to call the desks of a run; one that it does not name is called by its id. */
export function deskNames(
  run: { audiences: readonly { desks: readonly { id: string; names: Names }[] }[] } | undefined,
  wanted: string,
): (desk: string) => string {
  const names = new Map(
    run?.audiences.flatMap(({ desks }) => desks.map((desk) => [desk.id, nameFor(desk.names, wanted).name] as const)),
  );
  return (desk) => names.get(desk) ?? desk;
}

const MARKER = '(?:【[^】]{1,8}】|\\[[^\\]]{1,8}\\]|(?:TEST|EXERCISE|REPLAY):?)';
const MARKED = new RegExp(`^(${MARKER}\\s*)?([\\s\\S]*?)(\\s*${MARKER})?$`);

/**
 * Takes apart the marks that stand first and last in every text that is not real. They are part of the text and stay
 * on the page; a console may set them smaller, since its badge and banner say the same. The three parts together are
 * the text as it came.
 */
export function splitMarks(text: string): { before: string; text: string; after: string } {
  const match = MARKED.exec(text);
  return match
    ? { before: match[1] ?? '', text: match[2] ?? '', after: match[3] ?? '' }
    : { before: '', text, after: '' };
}
