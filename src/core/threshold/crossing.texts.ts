import type { Texts } from '../scenario/scenario.schema.js';
import { SHIPPED_LANGUAGES } from '../scenario/languages.js';
import type { Crossing, ThresholdCheck } from './crossing.js';
import {
  englishCrossings,
  japaneseCrossings,
  koreanCrossings,
  type CrossingPhrases,
  type MeasuredFacts,
} from './crossing.phrases.js';
import type { Measurement } from './measurement.js';
import type { ThresholdsFile } from './threshold.schema.js';

type Language = (typeof SHIPPED_LANGUAGES)[number];

const PHRASES: Record<Language, CrossingPhrases> = {
  'ja-JP': japaneseCrossings,
  'ko-KR': koreanCrossings,
  'en-US': englishCrossings,
};

/** Between what a notice says and what was found of its measurements. */
const GAPS: Record<Language, string> = { 'ja-JP': '', 'ko-KR': ' ', 'en-US': ' ' };

/**
 * The texts of a notice with, at the end of each shipped language, which thresholds its measurements cross and for whom.
 * Without measurements they stay as they are. Give them unmarked: the marker of the mode comes after.
 */
export function withCrossings(texts: Texts, file: ThresholdsFile, checks: readonly ThresholdCheck[]): Texts {
  if (checks.length === 0) {
    return texts;
  }
  const written = Object.entries(texts).map(([tag, { headline, description = '' }]) => {
    const language = SHIPPED_LANGUAGES.find((each) => each === tag);
    const said = language ? crossingText(file, checks, language) : '';
    const gap = language && description ? GAPS[language] : '';
    return [tag, { headline, description: `${description}${gap}${said}` }] as const;
  });
  return Object.fromEntries(written);
}

/** What was found of each measurement, as a duty officer of one language writes it. */
export function crossingText(file: ThresholdsFile, checks: readonly ThresholdCheck[], language: Language): string {
  return checks
    .map((check) => PHRASES[language].measured(factsOf(file, check, language)))
    .join(GAPS[language]);
} // prettier-ignore

function factsOf(file: ThresholdsFile, check: ThresholdCheck, language: Language): MeasuredFacts {
  const { measurement, crossings, common, why } = check;
  const { substance, medium, unit, place } = measurement;
  const said = (crossing: Crossing): string => limitText(file, crossing, language);
  return {
    // What the file does not name is said as the notice has it.
    substance: file.substances[substance]?.names[language] ?? substance,
    medium: medium && (file.media[medium]?.[language] ?? medium),
    figure: figureOf(measurement),
    unit,
    place,
    crossed: crossings.filter(({ verdict }) => verdict === 'crossed').map(said),
    notCrossed: crossings.filter(({ verdict }) => verdict === 'not-crossed').map(said),
    untold: crossings.flatMap((each) => (each.why ? [{ limit: said(each), why: each.why }] : [])),
    why,
    // Without a medium there is a proposed threshold for each, which says nothing.
    common: medium
      ? crossings
          .filter(({ threshold }) => common.includes(threshold))
          .map(({ limit, verdict }) => ({ limit: `${grouped(limit.value)} ${limit.unit}`, verdict }))
      : [],
  };
}

function limitText(file: ThresholdsFile, { threshold, by, limit, factor, verdict }: Crossing, language: Language): string {
  const found = file.thresholds.find(({ id }) => id === threshold);
  const figure = `${grouped(limit.value)} ${limit.unit}`;
  return PHRASES[language].limit(
    file.parties[by]?.[language] ?? by,
    found?.names[language] ?? threshold,
    language === 'ja-JP' ? ` ${figure}` : figure,
    verdict === 'crossed' ? factor : undefined,
  );
} // prettier-ignore

function figureOf({ value, below, from, to }: Measurement): MeasuredFacts['figure'] {
  if (value !== undefined) {
    return { value: grouped(value) };
  }
  return below === undefined ? { from: grouped(from ?? 0), to: grouped(to ?? 0) } : { below: grouped(below) };
}

/** 60000 as 60,000, which all three languages write; decimals as they are. */
function grouped(value: number): string {
  const [whole = '', decimals] = String(value).split('.');
  const separated = /^\d+$/.test(whole) ? whole.replace(/\B(?=(\d{3})+$)/g, ',') : whole;
  return decimals === undefined ? separated : `${separated}.${decimals}`;
}
