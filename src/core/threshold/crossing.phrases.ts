import type { Untold } from './crossing.js';

/** A measurement and what was found of it, with the parts that differ by language already put into words. */
export interface MeasuredFacts {
  substance: string;
  medium?: string;
  figure: { value: string } | { below: string } | { from: string; to: string };
  unit?: string;
  place?: string;
  crossed: string[];
  notCrossed: string[];
  untold: { limit: string; why: Untold }[];
  /** Why nothing was compared. */
  why?: Untold;
  /** Of the proposed common threshold: its figure and what came of it. */
  common: { limit: string; verdict: 'crossed' | 'not-crossed' | 'cannot-tell' }[];
}

/** How a duty officer writes of thresholds in one language. */
export interface CrossingPhrases {
  /** As in: Japan, food standard, 100 Bq/kg (1.3 times). */
  limit(by: string, name: string, figure: string, factor?: number): string;
  /** One sentence or more on one measurement, ending with the space that the language wants. */
  measured(facts: MeasuredFacts): string;
}

export const englishCrossings: CrossingPhrases = {
  limit: (by, name, figure, factor) =>
    `${by}, ${name}, ${figure}${factor === undefined ? '' : ` (${factor} times it)`}`,
  measured: (facts) =>
    [
      `Measured: ${facts.substance}, ${facts.medium ?? 'medium not stated'}${facts.place ? ` (${facts.place})` : ''}: ${figureEn(facts)}.`,
      ...(facts.why ? [`Not compared: ${WHY_EN[facts.why]}.`] : []),
      ...part('Above the threshold of', facts.crossed),
      ...part('Not above that of', facts.notCrossed),
      ...part('Cannot be told for', facts.untold.map(({ limit, why }) => `${limit} (${WHY_EN[why]})`)), // prettier-ignore
      ...facts.common.map(
        ({ limit, verdict }) => `Common threshold proposed by this project, ${limit}: ${VERDICTS_EN[verdict]}.`,
      ),
    ].join(' '),
};

export const japaneseCrossings: CrossingPhrases = {
  limit: (by, name, figure, factor) => `${by}・${name}${figure}${factor === undefined ? '' : `（${factor}倍）`}`,
  measured: (facts) =>
    [
      `測定値：${facts.substance}（${[facts.medium ?? '試料の種別の記載なし', facts.place].filter(Boolean).join('、')}）${figureJa(facts)}。`,
      ...(facts.why ? [`比較せず：${WHY_JA[facts.why]}。`] : []),
      ...list('超過', facts.crossed),
      ...list('超過なし', facts.notCrossed),
      ...list('判断できず', facts.untold.map(({ limit, why }) => `${limit}（${WHY_JA[why]}）`)), // prettier-ignore
      ...facts.common.map(({ limit, verdict }) => `共通基準案（本システムの提案）${limit}：${VERDICTS_JA[verdict]}。`),
    ].join(''),
};

export const koreanCrossings: CrossingPhrases = {
  limit: (by, name, figure, factor) => `${by} ${name} ${figure}${factor === undefined ? '' : `(${factor}배)`}`,
  measured: (facts) =>
    [
      `측정값: ${facts.substance}(${[facts.medium ?? '시료 종류 명시되지 않음', facts.place].filter(Boolean).join(', ')}) ${figureKo(facts)}.`,
      ...(facts.why ? [`비교하지 않음: ${WHY_KO[facts.why]}.`] : []),
      ...part('초과:', facts.crossed),
      ...part('초과하지 않음:', facts.notCrossed),
      ...part('판단 불가:', facts.untold.map(({ limit, why }) => `${limit}(${WHY_KO[why]})`)), // prettier-ignore
      ...facts.common.map(({ limit, verdict }) => `공통 기준안(본 시스템의 제안) ${limit}: ${VERDICTS_KO[verdict]}.`),
    ].join(' '),
};

const part = (label: string, limits: readonly string[]): string[] =>
  limits.length > 0 ? [`${label} ${limits.join('; ')}.`] : [];

const list = (label: string, limits: readonly string[]): string[] =>
  limits.length > 0 ? [`${label}：${limits.join('、')}。`] : [];

const VERDICTS_EN = { crossed: 'crossed', 'not-crossed': 'not crossed', 'cannot-tell': 'cannot be told' };
const VERDICTS_JA = { crossed: '超過', 'not-crossed': '超過なし', 'cannot-tell': '判断できず' };
const VERDICTS_KO = { crossed: '초과', 'not-crossed': '초과하지 않음', 'cannot-tell': '판단 불가' };

const WHY_EN: Record<Untold, string> = {
  UNIT_MISSING: 'the unit is not stated',
  UNIT_UNKNOWN: 'the unit is not known here',
  UNITS_UNLIKE: 'the units measure different things',
  MEDIUM_MISSING: 'what was sampled is not stated',
  BELOW_DETECTION: 'not detected, with a detection limit above the threshold',
  RANGE_SPANS: 'the threshold lies within the range',
  PART_OF_SUM: 'the threshold is for a sum of which this is a part',
  NO_THRESHOLD: 'no sourced threshold for it is on record',
};

const WHY_JA: Record<Untold, string> = {
  UNIT_MISSING: '単位の記載なし',
  UNIT_UNKNOWN: '扱えない単位',
  UNITS_UNLIKE: '単位の種類が異なる',
  MEDIUM_MISSING: '試料の種別の記載なし',
  BELOW_DETECTION: '不検出だが検出下限値が基準を上回る',
  RANGE_SPANS: '基準が測定値の幅の中にある',
  PART_OF_SUM: '基準は合算値で、測定値はその一部',
  NO_THRESHOLD: '出典のある基準の登録なし',
};

const WHY_KO: Record<Untold, string> = {
  UNIT_MISSING: '단위 명시되지 않음',
  UNIT_UNKNOWN: '처리할 수 없는 단위',
  UNITS_UNLIKE: '단위의 종류가 다름',
  MEDIUM_MISSING: '시료 종류 명시되지 않음',
  BELOW_DETECTION: '불검출이나 검출한계가 기준보다 높음',
  RANGE_SPANS: '기준이 측정 범위 안에 있음',
  PART_OF_SUM: '기준은 합산값이고 측정값은 그 일부임',
  NO_THRESHOLD: '출처가 확인된 기준 없음',
};

const figureEn = ({ figure, unit }: MeasuredFacts): string => {
  const [of, none] = [unit ? ` ${unit}` : '', unit ? '' : ' (unit not stated)'];
  if ('value' in figure) {
    return `${figure.value}${of}${none}`;
  }
  return 'below' in figure
    ? `not detected (detection limit ${figure.below}${of})${none}`
    : `${figure.from} to ${figure.to}${of}${none}`;
};

const figureJa = ({ figure, unit = '（単位の記載なし）' }: MeasuredFacts): string => {
  if ('value' in figure) {
    return `${figure.value}${unit}`;
  }
  return 'below' in figure ? `不検出（検出下限値${figure.below}${unit}）` : `${figure.from}～${figure.to}${unit}`;
};

const figureKo = ({ figure, unit }: MeasuredFacts): string => {
  const of = unit ? ` ${unit}` : '(단위 명시되지 않음)';
  if ('value' in figure) {
    return `${figure.value}${of}`;
  }
  return 'below' in figure ? `불검출(검출한계 ${figure.below}${of})` : `${figure.from}~${figure.to}${of}`;
};
