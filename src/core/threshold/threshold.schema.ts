import { z } from 'zod';

/** The form of `config/thresholds.yaml`. What needs two places of the file at once is in `threshold.parse.ts`. */
const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/).max(60); // prettier-ignore
const holder = z.string().regex(/^[A-Z]{2,10}$/, 'use the two capital letters of a party, or those of a body');
const names = z.strictObject({ 'ja-JP': z.string().min(1), 'ko-KR': z.string().min(1), 'en-US': z.string().min(1) });

/** regulatory-limit: law or standard; operational-target: from here on somebody acts; guideline: advice. */
export const KINDS = ['regulatory-limit', 'operational-target', 'guideline'] as const;

export const THRESHOLD_SUBJECTS = ['treated-water', 'food', 'radiation'] as const;

const threshold = z.strictObject({
  id: slug,
  subject: z.enum(THRESHOLD_SUBJECTS),
  substance: slug,
  medium: slug,
  value: z.number().positive(),
  unit: z.string().min(1),
  /** Whether the figure itself counts as crossed. */
  crossed: z.enum(['above', 'at-or-above']),
  kind: z.enum(KINDS),
  by: holder,
  names,
  since: z.string().regex(/^\d{4}(-\d{2}(-\d{2})?)?$/).optional(), // prettier-ignore
  sources: z.array(z.string()).min(1),
  note: z.string().min(1).optional(),
});

export const thresholdsSchema = z.strictObject({
  format: z.literal('triwatch/thresholds/1'),
  sources: z.record(
    slug,
    z.strictObject({
      title: z.string().min(1),
      publisher: z.string().min(1),
      date: z.string().regex(/^\d{4}(-\d{2}(-\d{2})?)?$/).optional(), // prettier-ignore
      url: z.url(),
      /** A: official or primary text; B: a news organisation; C: a repost, blog or aggregator. */
      tier: z.enum(['A', 'B', 'C']),
    }),
  ),
  parties: z.record(holder, names),
  substances: z.record(slug, z.strictObject({ names, partOf: slug.optional() })),
  media: z.record(slug, names),
  /** The proposed common threshold is a rule, not a figure of its own. */
  common: z.strictObject({ rule: z.literal('strictest'), reason: z.string().min(1) }),
  thresholds: z.array(threshold).min(1).max(500),
});

export type ThresholdsFile = z.output<typeof thresholdsSchema>;
export type Threshold = ThresholdsFile['thresholds'][number];
export type ThresholdNames = z.output<typeof names>;
