import { z } from 'zod';

/**
 * The form of the arrangements file: agencies, channels between them in groups, and arrangements that use groups of channels.
 * Rules that need two places of the file at once are in `arrangement.parse.ts`.
 */

/** What an item can be told of by parts. A channel passes all of them or those that it lists. */
export const FIELDS = [
  'launch-point',
  'flight-track',
  'impact-point',
  'time',
  'place',
  'actor',
  'narrative',
  'terms',
] as const;
export type Field = (typeof FIELDS)[number];

/** What an item is about. An agreement covers some of these. */
export const SUBJECTS = ['missile', 'nuclear', 'artillery', 'maritime', 'air', 'environment-health', 'civil'] as const;
export type Subject = (typeof SUBJECTS)[number];

const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'use lower-case letters, digits and single hyphens').max(60); // prettier-ignore
const agencyId = z.string().regex(/^[a-z]{2}-[a-z0-9]+(-[a-z0-9]+)*$/, 'use the party and a name, as in jp-mod').max(60); // prettier-ignore
const partyId = z.string().regex(/^[A-Z]{2}$/, 'use two capital letters, as in JP');
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'write a day as 2014-12-29');
const line = z.string().trim().min(1).max(600);
const names = z.strictObject({ 'ja-JP': line, 'ko-KR': line, 'en-US': line });
const sourceIds = z.array(z.string().min(1)).max(10).default([]);

/** Seconds: least, most often, most. The distribution is triangular. */
const spanS = z
  .tuple([z.number().min(0), z.number().min(0), z.number().max(30 * 86_400)])
  .refine(([least, often, most]) => least <= often && often <= most, 'write [least, most often, most] in this order');

/** Where a figure comes from: a source, or an assumption whose reasoning is printed with every result. */
const basis = {
  basis: z.enum(['sourced', 'assumed']),
  why: line,
  sources: sourceIds,
};

const source = z.strictObject({
  title: line,
  publisher: line,
  /** Left out where the page read gave none. */
  date: z
    .string()
    .regex(/^\d{4}(-\d{2}(-\d{2})?)?$/)
    .optional(),
  url: z.url().max(2000),
  tier: z.enum(['A', 'B', 'C']),
});

const agency = z.strictObject({
  party: partyId,
  names,
  /** The agency that is meant where a record names only the party. One a party. */
  lead: z.boolean().default(false),
  /** Whether the party's own sensors report to it. */
  senses: z.boolean().default(false),
  /** Residents, not a desk: what reaches it is not yet known to the party's government by that. */
  public: z.boolean().default(false),
});

const approval = z.union([
  /** Given beforehand for everything that the channel passes. */
  z.literal('standing'),
  /** The provider is asked each time. */
  z.strictObject({ waitS: spanS, ...basis }),
]);

const hour = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'write a time of day as 08:30');

const channel = z.strictObject({
  id,
  from: agencyId,
  to: agencyId,
  /** The fields that pass; all when left out. */
  fields: z.array(z.enum(FIELDS)).min(1).optional(),
  /** The kinds of item that pass; all when left out. */
  kinds: z.array(z.enum(['report', 'alert', 'announcement', 'message', 'decision'])).min(1).optional(), // prettier-ignore
  latencyS: spanS,
  /** What it takes to pass on across a border what another party gave. Without it, that stays where it is. */
  approval: approval.optional(),
  /** How often the channel works when it is needed, above 0 and up to 1. */
  availability: z.number().gt(0).max(1).default(1),
  /** What comes outside these hours waits for the next opening. */
  hours: z.strictObject({ open: hour, close: hour, utcOffsetH: z.number().min(-12).max(14) }).optional(),
  /** First and last day, in UTC. */
  since: day.optional(),
  until: day.optional(),
  /** Who may hold what has gone through here; it never adds anybody. */
  releasableTo: z.array(partyId).min(1).optional(),
  ...basis,
});

const arrangement = z.strictObject({
  id,
  names,
  summary: names,
  /**
   * history: what the scenario says; no channel is used.
   * stands: what the record says that somebody knew, they know at the latest; the channels may be faster.
   * own: of the record only own acts and publications stand; telling goes through the channels.
   */
  record: z.enum(['history', 'stands', 'own']),
  uses: z.array(id).default([]),
  hypothetical: z.boolean().default(false),
  since: day.optional(),
  until: day.optional(),
  /** What the agreement covers; everything when left out. */
  subjects: z.array(z.enum(SUBJECTS)).min(1).optional(),
  /** Whether a party sees which desks of the others have displayed and acknowledged what both were shown. */
  sharesReceipts: z.boolean().default(false),
  facts: z.array(line).default([]),
  sources: sourceIds,
});

export const arrangementsSchema = z.strictObject({
  format: z.literal('triwatch/arrangements/1'),
  sources: z.record(z.string().min(1), source),
  agencies: z.record(agencyId, agency),
  channels: z.record(id, z.array(channel).min(1).max(100)),
  arrangements: z.array(arrangement).min(1).max(50),
});

export type ArrangementsFile = z.output<typeof arrangementsSchema>;
export type Agency = z.output<typeof agency>;
export type Channel = z.output<typeof channel>;
export type Arrangement = z.output<typeof arrangement>;
export type SpanS = z.output<typeof spanS>;
