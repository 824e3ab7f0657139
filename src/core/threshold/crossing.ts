import type { Measurement } from './measurement.js';
import { boundsOf } from './measurement.js';
import { quantitiesOf } from './common.js';
import type { Threshold, ThresholdsFile } from './threshold.schema.js';
import { converted, dimensionOf } from './units.js';

/** Why it cannot be told whether a threshold is crossed, or why nothing was compared. The codes are stable. */
export type Untold =
  | 'UNIT_MISSING'
  | 'UNIT_UNKNOWN'
  | 'UNITS_UNLIKE'
  | 'MEDIUM_MISSING'
  | 'BELOW_DETECTION'
  | 'RANGE_SPANS'
  | 'PART_OF_SUM'
  | 'NO_THRESHOLD';

export interface Crossing {
  /** The id of the threshold. */
  threshold: string;
  by: string;
  kind: Threshold['kind'];
  limit: { value: number; unit: string };
  verdict: 'crossed' | 'not-crossed' | 'cannot-tell';
  /** Measured over limit, to three digits; of a range its lower end. Only where it is crossed or is not. */
  factor?: number;
  why?: Untold;
}

export interface ThresholdCheck {
  measurement: Measurement;
  /** One for each threshold of this substance and medium, strictest first. */
  crossings: Crossing[];
  /** The ids of the thresholds among them that are the proposed common ones: a proposal, in force nowhere. */
  common: string[];
  /** Why nothing was compared. */
  why?: Untold;
}

/** What a measurement crosses, for whom and by what factor, and what cannot be told. Never compares unlike units or media. */
export function checkMeasurement(file: ThresholdsFile, measurement: Measurement): ThresholdCheck {
  const { substance, medium } = measurement;
  const sum = Object.hasOwn(file.substances, substance) ? file.substances[substance]?.partOf : undefined;
  const quantities = quantitiesOf(file).filter(
    (quantity) =>
      (quantity.substance === substance || quantity.substance === sum) &&
      (medium === undefined || quantity.medium === medium),
  );
  const crossings = quantities
    .flatMap(({ thresholds }) => thresholds)
    .map((threshold) => crossingOf(threshold, measurement));
  return {
    measurement,
    crossings,
    common: quantities.map(({ common }) => common.id),
    ...(crossings.length === 0 ? { why: 'NO_THRESHOLD' as const } : {}),
  };
}

/** The same for all measurements of a notice, in their order. */
export const checkMeasurements = (file: ThresholdsFile, measurements: readonly Measurement[]): ThresholdCheck[] =>
  measurements.map((measurement) => checkMeasurement(file, measurement));

function crossingOf(threshold: Threshold, measurement: Measurement): Crossing {
  const { id, by, kind, value, unit } = threshold;
  return { threshold: id, by, kind, limit: { value, unit }, ...judged(threshold, measurement) };
}

type Judged = Pick<Crossing, 'verdict' | 'factor' | 'why'>;

const cannotTell = (why: Untold): Judged => ({ verdict: 'cannot-tell', why });

function judged(threshold: Threshold, measurement: Measurement): Judged {
  const { unit, medium } = measurement;
  if (medium === undefined) {
    return cannotTell('MEDIUM_MISSING');
  }
  if (unit === undefined) {
    return cannotTell('UNIT_MISSING');
  }
  if (dimensionOf(unit) === undefined) {
    return cannotTell('UNIT_UNKNOWN');
  }
  const bounds = boundsOf(measurement);
  const [low, high] = [bounds.low, bounds.high].map((each) => converted(each, unit, threshold.unit));
  if (low === undefined || high === undefined) {
    return cannotTell('UNITS_UNLIKE');
  }
  return judgedBetween(threshold, measurement, low, high);
}

function judgedBetween(threshold: Threshold, measurement: Measurement, low: number, high: number): Judged {
  const crosses = (figure: number): boolean =>
    threshold.crossed === 'above' ? figure > threshold.value : figure >= threshold.value;
  const factor = Number((low / threshold.value).toPrecision(3));
  // What was not found is under its detection limit, so a limit at the threshold does not cross it.
  const mayCross = measurement.below === undefined ? crosses(high) : high > threshold.value;
  if (crosses(low)) {
    return { verdict: 'crossed', factor };
  }
  if (threshold.substance !== measurement.substance) {
    return cannotTell('PART_OF_SUM');
  }
  if (mayCross) {
    return cannotTell(measurement.below === undefined ? 'RANGE_SPANS' : 'BELOW_DETECTION');
  }
  return { verdict: 'not-crossed', ...(measurement.value === undefined ? {} : { factor }) };
}
