import type { Mode } from './mode.js';
import type { Texts } from './scenario.schema.js';

/** What is not real, and how: a mode, or the replay of what was real once. */
export type Marking = Mode | 'replay';

const MARKERS: Record<Exclude<Marking, 'actual'>, Record<string, string>> = {
  test: { ja: '【試験】', ko: '[시험]', en: 'TEST' },
  exercise: { ja: '【訓練】', ko: '[훈련]', en: 'EXERCISE' },
  replay: { ja: '【再現】', ko: '[재현]', en: 'REPLAY' },
};

/** Japanese brackets need no space beside them. */
const WITHOUT_SPACE = new Set(['ja']);

/**
 * Texts that nobody can take for real, also when only their beginning or their end is seen: the marker stands first and
 * last in every headline and description, in the language of the text (English for a language that we have no marker in).
 * Marked texts stay as they are; those of the mode `actual` carry no marker.
 */
export function markedTexts(marking: Marking, texts: Texts): Texts {
  if (marking === 'actual') {
    return texts;
  }
  return Object.fromEntries(
    Object.entries(texts).map(([tag, { headline, description }]) => {
      const mark = (text: string): string => marked(marking, tag.split('-')[0] ?? 'en', text);
      return [
        tag,
        description === undefined
          ? { headline: mark(headline) }
          : { headline: mark(headline), description: mark(description) },
      ];
    }),
  );
}

function marked(marking: Exclude<Marking, 'actual'>, language: string, text: string): string {
  const marker = MARKERS[marking][language] ?? MARKERS[marking]['en'] ?? '';
  const gap = WITHOUT_SPACE.has(language) ? '' : ' ';
  const started = text.startsWith(marker) ? text : `${marker}${gap}${text}`;
  return started.endsWith(marker) && started.length > marker.length ? started : `${started}${gap}${marker}`;
}
