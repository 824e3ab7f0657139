import { z } from 'zod';
import { isInstant } from '../time/time.js';

const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'use lower-case letters, digits and hyphens, as in "sea-near"').max(60); // prettier-ignore
const figure = z.number().min(0).max(1e18);

/** How many measurements one notice carries at most. */
export const MAX_MEASUREMENTS = 20;

/**
 * What a notice says was measured. Exactly one of `value`, `below` (not found, with this detection limit) and `from` with
 * `to`. Medium and unit may be missing, since a notice may leave them out: then nothing is compared.
 */
export const measurementSchema = z
  .strictObject({
    substance: slug,
    medium: slug.optional(),
    value: figure.optional(),
    below: figure.optional(),
    from: figure.optional(),
    to: figure.optional(),
    unit: z.string().trim().min(1).max(20).optional(),
    /** Where the sample was taken, in the words of the notice. */
    place: z.string().trim().min(1).max(200).optional(),
    sampledAt: z.string().refine(isInstant, 'write a full instant with its offset').optional(),
  })
  .refine(
    ({ value, below, from, to }) =>
      [value, below, from ?? to].filter((each) => each !== undefined).length === 1 &&
      (from === undefined) === (to === undefined) &&
      (from ?? 0) <= (to ?? 0),
    'give exactly one of value, below, and from with to (from at most to)',
  );

export const measurementsSchema = z.array(measurementSchema).min(1).max(MAX_MEASUREMENTS);

export type Measurement = z.output<typeof measurementSchema>;

/** The lowest and highest that the measured figure may be. */
export function boundsOf({ value, below, from, to }: Measurement): { low: number; high: number } {
  return { low: value ?? from ?? 0, high: value ?? to ?? below ?? 0 };
}
