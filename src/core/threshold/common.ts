import type { Threshold, ThresholdsFile } from './threshold.schema.js';
import { converted, dimensionOf } from './units.js';

/** Thresholds that can be compared: of one substance, in one medium, in units that measure the same. */
export interface Quantity {
  substance: string;
  medium: string;
  subject: Threshold['subject'];
  /** Strictest first. */
  thresholds: readonly Threshold[];
  /** The proposed common threshold of this project: the strictest one of anybody. */
  common: Threshold;
  /** How many times the strictest the loosest one is, to three digits; 1 where all agree or there is one only. */
  spread: number;
}

/** Every quantity of the file in its order. Never mixes media, and never a litre with a kilogram. */
export function quantitiesOf({ thresholds }: ThresholdsFile): Quantity[] {
  const groups = new Map<string, Threshold[]>();
  for (const threshold of thresholds) {
    const key = [threshold.substance, threshold.medium, dimensionOf(threshold.unit)].join(' ');
    groups.set(key, [...(groups.get(key) ?? []), threshold]);
  }
  return [...groups.values()].map(quantityOf);
}

function quantityOf(group: readonly Threshold[]): Quantity {
  const first = group[0]!;
  const inFirst = ({ value, unit }: Threshold): number => converted(value, unit, first.unit) ?? value;
  // Where two figures are the same, the one that counts the figure itself is the stricter.
  const strictness = (one: Threshold, other: Threshold): number =>
    inFirst(one) - inFirst(other) || Number(one.crossed === 'above') - Number(other.crossed === 'above');
  const thresholds = [...group].sort(strictness);
  const common = thresholds[0]!;
  return {
    substance: first.substance,
    medium: first.medium,
    subject: first.subject,
    thresholds,
    common,
    spread: Number((inFirst(thresholds.at(-1)!) / inFirst(common)).toPrecision(3)),
  };
}
