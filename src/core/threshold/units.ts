/** What a unit measures. Figures of different dimensions are never compared, whatever their numbers. */
export type Dimension = 'activity-per-volume' | 'activity-per-mass' | 'dose-rate' | 'dose-per-year' | 'dose';

interface Unit {
  dimension: Dimension;
  /** How many of the first unit of its dimension one of this unit is: Bq/L, Bq/kg, µSv/h, mSv/year, mSv. */
  factor: number;
}

/** 1 Ci is 3.7e10 Bq and 1 rem is 0.01 Sv, both by definition. */
const UNITS: Readonly<Record<string, Unit>> = {
  'Bq/L': { dimension: 'activity-per-volume', factor: 1 },
  'mBq/L': { dimension: 'activity-per-volume', factor: 0.001 },
  'kBq/L': { dimension: 'activity-per-volume', factor: 1000 },
  'Bq/mL': { dimension: 'activity-per-volume', factor: 1000 },
  'Bq/m3': { dimension: 'activity-per-volume', factor: 0.001 },
  'pCi/L': { dimension: 'activity-per-volume', factor: 0.037 },
  'uCi/mL': { dimension: 'activity-per-volume', factor: 37_000_000 },
  'Bq/kg': { dimension: 'activity-per-mass', factor: 1 },
  'kBq/kg': { dimension: 'activity-per-mass', factor: 1000 },
  'Bq/g': { dimension: 'activity-per-mass', factor: 1000 },
  'pCi/g': { dimension: 'activity-per-mass', factor: 37 },
  'uSv/h': { dimension: 'dose-rate', factor: 1 },
  'nSv/h': { dimension: 'dose-rate', factor: 0.001 },
  'mSv/h': { dimension: 'dose-rate', factor: 1000 },
  'mrem/h': { dimension: 'dose-rate', factor: 10 },
  'mSv/year': { dimension: 'dose-per-year', factor: 1 },
  'uSv/year': { dimension: 'dose-per-year', factor: 0.001 },
  'rem/year': { dimension: 'dose-per-year', factor: 10 },
  'mrem/year': { dimension: 'dose-per-year', factor: 0.01 },
  mSv: { dimension: 'dose', factor: 1 },
  uSv: { dimension: 'dose', factor: 0.001 },
  rem: { dimension: 'dose', factor: 10 },
};

/** Every unit that is understood, as it is written here. */
export const UNIT_NAMES: readonly string[] = Object.keys(UNITS).map((name) => name.replace(/^u/, 'µ'));

/**
 * The unit of this name, or undefined. The micro sign, the Greek mu and `u` are one, and so are `l` and `L`, `y` and
 * `year`; otherwise case counts, because mBq and MBq are not the same.
 */
function unitOf(name: string): Unit | undefined {
  const written = name
    .replace(/\s/g, '')
    .replace(/^[µμ]/u, 'u')
    .replace(/\/(m?)l$/, '/$1L')
    .replace(/³/, '3')
    .replace(/\/(y|yr|a)$/, '/year')
    .replace(/\/hr$/, '/h');
  return Object.hasOwn(UNITS, written) ? UNITS[written] : undefined;
}

export const dimensionOf = (name: string): Dimension | undefined => unitOf(name)?.dimension;

/**
 * `value` of the unit `from` in the unit `to`, to twelve digits so that 20,000 pCi/L is 740 Bq/L and not a hair beside it.
 * Undefined where either unit is not known or the two measure different things: a litre is not a kilogram.
 */
export function converted(value: number, from: string, to: string): number | undefined {
  const [one, other] = [unitOf(from), unitOf(to)];
  return one && other && one.dimension === other.dimension
    ? Number(((value * one.factor) / other.factor).toPrecision(12))
    : undefined;
}
