import type { Mode } from './mode.js';
import type { Scenario, Texts } from './scenario.schema.js';

/** What is not real, and how: a mode, or the replay of what was real once. */
export type Marking = Mode | 'replay';

const MARKERS: Record<Exclude<Marking, 'actual'>, Record<string, string>> = {
  test: { ja: '【試験】', ko: '[시험]', en: 'TEST' },
  exercise: { ja: '【訓練】', ko: '[훈련]', en: 'EXERCISE' },
  replay: { ja: '【再現】', ko: '[재현]', en: 'REPLAY' },
};

/** Japanese brackets need no space beside them. */
const WITHOUT_SPACE = new Set(['ja']);

const LETTERS = /^\p{L}+$/u;

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

/** The marking of what a scenario tells: what is told again of the past must not be taken for the present, and is no drill either. */
export const markingOfScenario = ({ kind }: Pick<Scenario, 'kind'>, mode: Mode): Marking =>
  kind === 'historical' && mode !== 'actual' ? 'replay' : mode;

/** The marking of what follows from `texts` in a run of this mode: what is told of a replay stays a replay. */
export function markingOf(mode: Mode, texts: Texts): Marking {
  const replayed = Object.entries(texts).some(([tag, { headline }]) => {
    const marker = MARKERS.replay[tag.split('-')[0] ?? 'en'];
    return marker !== undefined && startsMarked(headline, marker);
  });
  return mode !== 'actual' && replayed ? 'replay' : mode;
}

function marked(marking: Exclude<Marking, 'actual'>, language: string, text: string): string {
  const marker = MARKERS[marking][language] ?? MARKERS[marking]['en'] ?? '';
  const gap = WITHOUT_SPACE.has(language) ? '' : ' ';
  const started = startsMarked(text, marker) ? text : `${marker}${gap}${text}`;
  return endsMarked(started, marker) ? started : `${started}${gap}${marker}`;
}

/** A marker of letters is one only as a word of its own: "TESTED" marks nothing. */
const startsMarked = (text: string, marker: string): boolean =>
  text.startsWith(marker) && !/^\p{L}/u.test(LETTERS.test(marker) ? text.slice(marker.length) : '');

const endsMarked = (text: string, marker: string): boolean =>
  text.length > marker.length &&
  text.endsWith(marker) &&
  !/\p{L}$/u.test(LETTERS.test(marker) ? text.slice(0, -marker.length) : '');
