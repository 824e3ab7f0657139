import type { AlertInfo } from '../alert/alert.js';
import type { Names } from '../scenario/scenario.schema.js';

/** Longer texts are cut: nobody at a desk reads more, and an item must stay small. */
const MOST_HEADLINE = 300;
const MOST_TEXT = 4_000;

/** Unicode's embeddings, overrides and isolates, which could hide the marks that a relayed text carries. */
const TURNS_DIRECTION = /[\u202a-\u202e\u2066-\u2069]/g;

interface Words {
  readonly relayed: (source: string, headline: string) => string;
  readonly original: (language: string) => string;
  readonly actual: string;
}

const WORDS: Readonly<Record<string, Words>> = {
  ja: {
    relayed: (source, headline) => `【転送：${source}】${headline}`,
    original: (language) => `配信元に日本語の文はありません。原文（${language}）を示します。`,
    actual: '配信元はこれを実報（Actual）として出しています。ここでは試験として転送しています。',
  },
  ko: {
    relayed: (source, headline) => `[중계: ${source}] ${headline}`,
    original: (language) => `발령 기관이 제공한 한국어 문안이 없습니다. 원문(${language})을 표시합니다.`,
    actual: '발령 기관은 이 정보를 Actual(실제)로 발령하였습니다. 여기서는 시험용으로 중계합니다.',
  },
  en: {
    relayed: (source, headline) => `RELAYED from ${source}: ${headline}`,
    original: (language) => `The source gave no text in English. This is the original (${language}).`,
    actual: 'The source sent this as Actual. Here it is relayed as part of a test.',
  },
};

export interface RelayedText {
  readonly headline: string;
  readonly description?: string;
  readonly instruction?: string;
}

/**
 * The texts of a relayed message in one language, which say who sent it first. `original` is the language of a text that stands in
 * for one that the source did not give; `actual` adds that the source meant it.
 */
export function relayedInfo(
  language: string,
  text: RelayedText,
  names: Names,
  { original, actual }: { readonly original?: string; readonly actual: boolean },
): AlertInfo {
  const words = (WORDS[language.split('-')[0] ?? ''] ?? WORDS['en']) as Words;
  const source = names[language] ?? names['en-US'] ?? Object.values(names)[0] ?? '';
  const before = [actual ? words.actual : undefined, original === undefined ? undefined : words.original(original)];
  const description = [...before, text.description].filter((part) => part !== undefined).join('\n');
  return {
    language,
    headline: words.relayed(source, cut(text.headline, MOST_HEADLINE)),
    ...(description === '' ? {} : { description: cut(description, MOST_TEXT) }),
    ...(text.instruction === undefined ? {} : { instruction: cut(text.instruction, MOST_TEXT) }),
  };
}

function cut(text: string, most: number): string {
  const plain = text.replace(TURNS_DIRECTION, '').trim();
  return plain.length <= most ? plain : `${plain.slice(0, most - 1)}…`;
}
