import { readDataFile } from '../data-file.js';
import { DomainError } from '../domain-error.js';
import { thresholdsSchema, type ThresholdsFile } from './threshold.schema.js';
import { dimensionOf } from './units.js';

/** Reads a thresholds file. Throws DomainError THRESHOLDS_INVALID that names the first thing that is wrong. */
export const parseThresholds = (text: string): ThresholdsFile =>
  readDataFile(text, thresholdsSchema, faultsOf, invalid);

const invalid = (what: string): DomainError =>
  new DomainError('THRESHOLDS_INVALID', `Correct the thresholds file: ${what}.`);

function* faultsOf({ sources, parties, substances, media, thresholds }: ThresholdsFile): Iterable<string> {
  const ids = thresholds.map(({ id }) => id);
  const cited = new Set(thresholds.flatMap((each) => each.sources));
  for (const [index, { id, by, substance, medium, unit, sources: own }] of thresholds.entries()) {
    if (ids.indexOf(id) < index) {
      yield `the threshold ${id} is there twice`;
    }
    const missing = [
      Object.hasOwn(parties, by) ? undefined : by,
      Object.hasOwn(substances, substance) ? undefined : substance,
      Object.hasOwn(media, medium) ? undefined : medium,
      ...own.filter((source) => !Object.hasOwn(sources, source)),
    ].find((name) => name !== undefined);
    if (missing !== undefined) {
      yield `the threshold ${id} names ${missing}, which is not there`;
    }
    if (dimensionOf(unit) === undefined) {
      yield `the threshold ${id} has the unit ${unit}, which is not known`;
    }
  }
  const idle = Object.keys(sources).find((source) => !cited.has(source));
  if (idle !== undefined) {
    yield `no threshold cites the source ${idle}`;
  }
}
