import { z } from 'zod';
import { areaSchema } from '../scenario/scenario.schema.js';
import { SUBDIVISIONS } from './subdivisions.js';

/** A first-level area by its ISO 3166-2 code, as in JP-01 for Hokkaido. */
const isoArea = z.strictObject({
  iso: z.string().refine((code) => Object.hasOwn(SUBDIVISIONS, code), 'use an ISO 3166-2 code that this service knows'),
});

/** Where an alert is for: a polygon or a circle as in a scenario, or a prefecture, province or state by its code. */
export const alertAreaSchema = z.union([...areaSchema.options, isoArea]);

export type AlertArea = z.output<typeof alertAreaSchema>;
