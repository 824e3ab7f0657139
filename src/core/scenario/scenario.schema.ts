import { z } from 'zod';
import { SUBJECTS } from '../arrangement/arrangement.schema.js';
import { LOG_ACTS, RESTRAINED_ACTS } from '../restraint/log-acts.js';
import { NO_ANSWER } from './no-answer.js';
import { measurementsSchema } from '../threshold/measurement.js';
import { durationMsOf, isInstant } from '../time/time.js';

/**
 * The form of a scenario file. It is the one truth for the parser, the JSON Schema that editors use
 * (`npm run triwatch -- scenario schema`) and the types below. Rules that need two places of the file at
 * once (does this source exist?) are in `scenario.check.ts`.
 */

const slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'use lower-case letters, digits and single hyphens, as in "second-barrage"')
  .max(80);

const instant = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?(Z|[+-]\d{2}:\d{2})$/, {
    abort: true,
    error: 'write a full instant with its offset, as in 2010-11-23T14:34:00+09:00',
  })
  .refine(isInstant, 'correct the date or the time: there is none such');

const duration = z
  .string()
  .refine((text) => (durationMsOf(text) ?? 0) > 0, 'write an ISO 8601 duration longer than nothing, as in PT30M');

const languageTag = z.string().regex(/^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$/, 'use a BCP 47 tag, as in ja-JP');

const line = z.string().trim().min(1).max(400);
const prose = z.string().trim().min(1).max(4000);

/** One short line a language: a name or a label. */
const names = z.record(languageTag, line);

/** What a desk reads, a language: a headline that stands alone, and detail below it. */
const texts = z.record(languageTag, z.strictObject({ headline: line, description: prose.optional() }));

const sourceIds = z.array(z.string().min(1)).max(20);

const source = z.strictObject({
  title: line,
  publisher: line,
  date: z.string().regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, 'write the date as 2010-11-23, 2010-11 or 2010'),
  url: z.url().max(2000),
  /** A: official or primary text; B: a news organisation; C: a repost, blog or aggregator. */
  tier: z.enum(['A', 'B', 'C']),
  note: line.optional(),
});

const place = z.strictObject({
  names,
  /** Left out where no source read gives a point; never guessed. */
  point: z
    .strictObject({
      latitude: z.number().min(-90).max(90),
      longitude: z.number().min(-180).max(180),
      uncertaintyKm: z.number().min(0).max(2000),
      sources: sourceIds,
    })
    .optional(),
  note: line.optional(),
});

const eventTime = z.discriminatedUnion('precision', [
  z.strictObject({ precision: z.literal('exact'), at: instant, until: instant.optional() }),
  z.strictObject({ precision: z.literal('approximate'), at: instant, until: instant.optional() }),
  /** Somewhere between two instants; it plays at the earlier one and says so. */
  z.strictObject({ precision: z.literal('range'), earliest: instant, latest: instant }),
  /** No source gives a time: listed, not played. */
  z.strictObject({ precision: z.literal('unknown'), note: line }),
]);

/** Who knew, and when. An audience is told when the first of its agencies knew. */
const knowledge = z.strictObject({
  /** A party (JP), an agency of a party (jp-cas), or one of the scenario's `others`. */
  who: z.string().min(1).max(80),
  at: instant,
  precision: z.enum(['exact', 'approximate', 'range']),
  /**
   * own-act: it did this itself; recorded: a source says when it was told;
   * published: no record of telling, so it is taken to know from a publication at a sourced time;
   * scripted: a fictional scenario decides.
   */
  basis: z.enum(['own-act', 'recorded', 'published', 'scripted']),
  note: line.optional(),
  sources: sourceIds.default([]),
});

/** Sources that disagree stay side by side; nothing is averaged. */
const conflict = z.strictObject({
  about: names,
  values: z.array(z.strictObject({ value: names, sources: sourceIds.min(1) })).min(2),
});

/** A polygon of [latitude, longitude] points in degrees, or a circle. */
export const areaSchema = z.union([
  z.strictObject({
    polygon: z
      .array(z.tuple([z.number().min(-90).max(90), z.number().min(-180).max(180)]))
      .min(3)
      .max(200),
  }),
  z.strictObject({
    circle: z.strictObject({
      latitude: z.number().min(-90).max(90),
      longitude: z.number().min(-180).max(180),
      radiusKm: z.number().positive().max(5000),
    }),
  }),
]);

export const ACTS = [
  'missile-test',
  'satellite-launch',
  'live-fire-drill',
  'joint-exercise',
  'treated-water-discharge',
  'food-safety',
  'ehs-notice',
  'humanitarian-act',
  'memorial-act',
] as const;
export const VEHICLE_CLASSES = ['ICBM', 'SLBM', 'SRBM', 'MRBM', 'IRBM', 'SLV'] as const;

/** A notice given before an act; positions are [latitude, longitude] in degrees. `impactAreas` are where it is dangerous. */
const announcement = z.strictObject({
  by: z.string().min(1),
  act: z.enum(ACTS),
  vehicleClass: z.enum(VEHICLE_CLASSES).optional(),
  windowStart: instant,
  windowEnd: instant,
  launchArea: areaSchema.optional(),
  impactAreas: z.array(areaSchema).max(10).default([]),
  /** What was measured of treated water, food or radiation; checked against config/thresholds.yaml. */
  measurements: measurementsSchema.optional(),
});

/** A launch that somebody observed, to be matched to the notices known by then. */
const launch = z.strictObject({
  /** The launching state, where the observer names one. */
  by: z.string().min(1).optional(),
  at: instant,
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
});

const inject = z.strictObject({
  to: z.array(z.string().min(1)).min(1).max(20),
  /** Run time from the showing of the inject until its answer is late. */
  answerWithin: duration,
  question: texts,
  options: z
    .array(
      z.strictObject({
        id: slug.refine((id) => id !== NO_ANSWER, 'use another id: "none" is what a branch calls a missing answer'),
        names,
      }),
    )
    .min(2)
    .max(8)
    .optional(),
});

/** The item is told only if the answer to an inject was this one. */
const branch = z.strictObject({
  /** Id of an inject whose time for answers is over when the item is due. */
  inject: slug,
  /** The party (JP) or the desk (jp-mod) whose answer counts; may be left out where one party only is asked. */
  by: z.string().min(1).max(80).optional(),
  /** Id of an option, or none: no answer by the deadline. */
  answer: slug,
});

/** How an item may be shared under an arrangement; an item without it is told by the rules of docs/arrangements.md. */
const sharing = z.strictObject({
  /** The agency that learned of it first-hand, where the record says so; else the first that is on record as knowing. */
  originator: z.string().min(1).max(80).optional(),
  subject: z.enum(SUBJECTS).optional(),
  /** Who may hold it besides the party that has it first-hand; every party when left out. */
  releasableTo: z.array(z.string()).max(20).optional(),
  /** orcon: the originator approves each passing on, so a standing approval does not cover it. */
  caveat: z.enum(['orcon']).optional(),
  /** Ids of places. */
  launchPoint: z.string().optional(),
  impactPoint: z.string().optional(),
  /** The bearing at the launch point, in degrees clockwise from north. */
  flightTrack: z
    .strictObject({
      bearingDeg: z.number().min(0).lt(360),
      rangeKm: z.number().positive().max(40_000).optional(),
      sources: sourceIds.min(1),
    })
    .optional(),
});

/** A flight whose warning times are compared: where from, which way, how far and how high. */
const flight = z.strictObject({
  id: slug,
  names,
  launchAt: instant,
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  /** At the launch point, in degrees clockwise from north. */
  bearingDeg: z.number().min(0).lt(360),
  rangeKm: z.number().positive().max(20_000),
  apogeeKm: z.number().positive().max(10_000).optional(),
  /** Places whose warning time is reckoned, and the party that warns their residents; each place needs a point. */
  cities: z
    .array(
      z.strictObject({ place: z.string(), party: z.string().regex(/^[A-Z]{2}$/, 'use two capital letters, as in JP') }),
    )
    .min(1)
    .max(50),
  note: line.optional(),
  sources: sourceIds.min(1),
});

const state = z.string().regex(/^[A-Z]{2}$/, 'use the two capital letters of the state, as in KP');
const states = z.array(state).max(20);

/** An act for the event log that declarations of restraint are compared with; nothing of it is told to a desk. */
const loggedAct = z.strictObject({
  act: z.enum(LOG_ACTS),
  by: state,
  /** Upon whom; nobody by a drill. */
  against: states.default([]),
  /** When it began, where that is not the time of the item: as when sources differ. */
  time: eventTime.optional(),
  /** Where it took effect, where that is not the place of the item. */
  place: z.string().optional(),
  /** What each party is on record as saying, where they differ: then the act is disputed. */
  claims: z
    .array(
      z.strictObject({ by: state, says: z.enum([...LOG_ACTS, 'none']), note: names.optional(), sources: sourceIds }),
    )
    .max(10)
    .default([]),
  sources: sourceIds.optional(),
});

/** A declaration of restraint: what a party says that it will not do, to whom, where and until when, unless attacked. */
const declaration = z.strictObject({
  id: slug,
  party: state,
  /** posed: laid beside the log for study, stated by nobody; no desk is told. */
  basis: z.enum(['stated', 'posed']),
  /** The item that tells of it, where it was stated: whoever is told the item knows the declaration. */
  item: slug.optional(),
  acts: z.array(z.enum(RESTRAINED_ACTS)).min(1).max(RESTRAINED_ACTS.length),
  against: states.min(1).optional(),
  unless: z
    .strictObject({ kind: z.literal('attacked'), by: states.min(1).optional(), within: duration.optional() })
    .optional(),
  area: areaSchema.optional(),
  from: instant,
  until: instant.optional(),
  withdrawnAt: instant.optional(),
  note: line.optional(),
  sources: sourceIds.default([]),
});

const timelineItem = z.strictObject({
  id: slug,
  kind: z.enum(['report', 'alert', 'announcement', 'inject', 'message', 'decision']),
  /** A later version of an earlier item: it carries that item's id and the next version number. */
  updates: slug.optional(),
  time: eventTime,
  actor: z.string().min(1).max(80),
  place: z.string().optional(),
  texts,
  severity: z.enum(['Extreme', 'Severe', 'Moderate', 'Minor', 'Unknown']).default('Unknown'),
  known: z.array(knowledge).max(30).default([]),
  conflicts: z.array(conflict).max(10).default([]),
  announcement: announcement.optional(),
  launch: launch.optional(),
  inject: inject.optional(),
  branch: branch.optional(),
  sharing: sharing.optional(),
  acts: z.array(loggedAct).max(10).default([]),
  note: line.optional(),
  sources: sourceIds.default([]),
});

const chapter = z.strictObject({
  id: slug,
  names,
  from: instant,
  to: instant,
  default: z.boolean().default(false),
});

export const scenarioSchema = z.strictObject({
  format: z.literal('triwatch/scenario/1'),
  id: slug,
  kind: z.enum(['historical', 'fictional']),
  /** How a run of it is meant to be played when nothing else is asked for. */
  job: z.enum(['replay', 'exercise']),
  names,
  summary: z.record(languageTag, prose),
  timeZone: z.string().min(1).max(60),
  /** What its items are about where they do not say; agreements cover some subjects only. */
  subject: z.enum(SUBJECTS).optional(),
  parties: z
    .array(z.string().regex(/^[A-Z]{2}$/, 'use the two capital letters of the party, as in JP'))
    .min(1)
    .max(20),
  /** Bodies that are on record but have no desk in this scenario, such as the UN Command in 2010. */
  others: z.record(slug, z.strictObject({ names })).default({}),
  actors: z.record(slug, z.strictObject({ names, party: z.string().optional() })),
  places: z.record(slug, place).default({}),
  sources: z.record(z.string().min(1).max(40), source).default({}),
  chapters: z.array(chapter).min(1).max(50),
  timeline: z.array(timelineItem).min(1).max(2000),
  flights: z.array(flight).max(50).default([]),
  declarations: z.array(declaration).max(50).default([]),
});

export type Scenario = z.output<typeof scenarioSchema>;
export type ScenarioItem = Scenario['timeline'][number];
export type ScenarioChapter = Scenario['chapters'][number];
export type ScenarioSource = Scenario['sources'][string];
export type Knowledge = ScenarioItem['known'][number];
export type ScenarioFlight = z.output<typeof flight>;
export type Names = z.output<typeof names>;
export type Texts = z.output<typeof texts>;
export type Area = z.output<typeof areaSchema>;
export type AnnouncementTerms = z.output<typeof announcement>;
export type ObservedLaunch = z.output<typeof launch>;
export type ScenarioAct = z.output<typeof loggedAct>;
export type ScenarioDeclaration = z.output<typeof declaration>;
export type InjectTerms = z.output<typeof inject>;
export type BranchTerms = z.output<typeof branch>;
