import { readYaml } from '../scenario/scenario.yaml.js';
import { ACTS, VEHICLE_CLASSES } from '../scenario/scenario.schema.js';
import type { RunTime } from '../time/time.js';
import { areasOf, placeOf, polygonOf } from './notice.areas.js';
import { AIRCRAFT, BASINGS, HAZARDS, type Companion, type Notice } from './notice.js';
import {
  bearingDegOf,
  betweenOf,
  countOf,
  dailyOf,
  entryOf,
  instantOf,
  isMapping,
  kmOf,
  lineTextOf,
  oneOf,
  plain,
  stateOf,
  Unreadable,
  wordsOf,
  type Mapping,
} from './notice.values.js';

/** A longer text is refused unread: the longest real notice is a tenth of it. */
export const MAX_NOTICE_BYTES = 64 * 1024;

/** What is wrong with a notice. The codes are stable; the message says what to do. */
export interface NoticeFault {
  code: Unreadable['code'] | 'NOTICE_TOO_LARGE' | 'NOTICE_YAML' | 'NOTICE_FIELD_TWICE' | 'NOTICE_EMPTY';
  path: string;
  message: string;
  line?: number;
  column?: number;
}

export type ReadNotice = { notice: Notice; ignored: string[] } | { faults: NoticeFault[] };

/** A field of a notice file: how it is called, what it holds, and how it is read into a notice. */
export interface NoticeField {
  name: string;
  /** Other names that are understood; case, spaces, hyphens and underscores do not matter. */
  aliases: readonly string[];
  /** The form of its value, in words. */
  form: string;
  read(value: unknown): Partial<Notice>;
}

const INSTANT = 'an instant with its zone, as in 2023-11-21T02:40:00+09:00 (or 2023-11-21 02:40 KST)';
const AREA =
  '{polygon: [[latitude, longitude], ...]} with three points or more, or {circle: {latitude, longitude, radiusKm | radiusNm | radius: "20 NM"}}';

const actOf = oneOf(ACTS, {
  missilelaunch: 'missile-test', missile: 'missile-test', ballisticmissile: 'missile-test', flighttest: 'missile-test',
  bm: 'missile-test', ballisticmissiletest: 'missile-test', ballisticmissilelaunch: 'missile-test', icbm: 'missile-test', slbm: 'missile-test',
  satellite: 'satellite-launch', spacelaunch: 'satellite-launch', slv: 'satellite-launch', rocketlaunch: 'satellite-launch',
  spacelaunchvehicle: 'satellite-launch', livefire: 'live-fire-drill', drill: 'live-fire-drill', firing: 'live-fire-drill',
  exercise: 'joint-exercise', navalexercise: 'joint-exercise', airexercise: 'joint-exercise', jointnavalexercise: 'joint-exercise',
  jointairexercise: 'joint-exercise', treatedwater: 'treated-water-discharge', food: 'food-safety', ehs: 'ehs-notice',
  nuclearaccident: 'ehs-notice', healthevent: 'ehs-notice', diseaseevent: 'ehs-notice', humanitarian: 'humanitarian-act', memorial: 'memorial-act',
}); // prettier-ignore

const HAZARD_OF_WORD: Readonly<Record<string, NonNullable<Notice['hazard']>>> = {
  nuclearaccident: 'radiological', nuclear: 'radiological', radiation: 'radiological', healthevent: 'health', disease: 'health',
  diseaseevent: 'health', treatedwater: 'water', treatedwaterdischarge: 'water', foodsafety: 'food', oil: 'spill',
}; // prettier-ignore

const classOf = oneOf(VEHICLE_CLASSES, { spacelaunchvehicle: 'SLV', rocket: 'SLV' });
const LAUNCH_CLASSES: readonly string[] = VEHICLE_CLASSES.map(plain);

/** `type` is used for the act and for the class of the vehicle alike; ICBM is both. */
function typeOf(value: unknown): Partial<Notice> {
  const told = plain(wordsOf(value));
  const hazard = Object.hasOwn(HAZARD_OF_WORD, told) ? HAZARD_OF_WORD[told] : undefined;
  if (LAUNCH_CLASSES.includes(told)) {
    const vehicleClass = classOf(value);
    return { vehicleClass, act: vehicleClass === 'SLV' ? 'satellite-launch' : 'missile-test' };
  }
  return { act: actOf(value), ...(hazard ? { hazard } : {}) };
}

function windowOf(value: unknown): Partial<Notice> {
  if (typeof value === 'string' && value.includes('/')) {
    return windowOf(value.split('/'));
  }
  const [start, end] = Array.isArray(value)
    ? (value as unknown[])
    : isMapping(value)
      ? [
          entryOf(value, ['start', 'windowStart', 'from', 'opens', 'begin', 'startsAt']),
          entryOf(value, ['end', 'windowEnd', 'to', 'until', 'closes', 'endsAt']),
        ]
      : [];
  if (start === undefined && end === undefined) {
    throw new Unreadable('NOTICE_INSTANT', 'Write the window as {start, end}.');
  }
  const daily = isMapping(value) ? entryOf(value, ['daily', 'slots', 'hours']) : undefined;
  return {
    ...(start === undefined ? {} : { windowStart: instantOf(start) }),
    ...(end === undefined ? {} : { windowEnd: instantOf(end) }),
    ...(daily === undefined ? {} : { daily: dailyOf(daily) }),
  };
}

/** A launch area may be an area, a point, a name, or a mapping of those. */
function launchOf(value: unknown): Partial<Notice> {
  if (typeof value === 'string' && !/\d/.test(value)) {
    return { launchPlace: lineTextOf(value) };
  }
  const name = isMapping(value) ? entryOf(value, ['name', 'place', 'site']) : undefined;
  const hasShape =
    !isMapping(value) ||
    ['latitude', 'lat', 'point', 'area', 'polygon', 'circle', 'center', 'centre', 'coordinates', 'position'].some(
      (key) => entryOf(value, [key]) !== undefined,
    );
  const place = typeof name === 'string' ? { launchPlace: lineTextOf(name) } : {};
  return hasShape || typeof name !== 'string' ? { ...place, launchArea: placeOf(value) } : place;
}

function impactOf(value: unknown): Partial<Notice> {
  return typeof value === 'string' && !/\d/.test(value)
    ? { impactPlace: lineTextOf(value) }
    : { impactAreas: areasOf(value) };
}

function companionOf(value: unknown): Companion {
  if (!isMapping(value)) {
    throw new Unreadable(
      'NOTICE_FORM',
      'Write {windowStart, windowEnd, areas} of the warning that goes with this notice.',
    );
  }
  const nested = entryOf(value, ['window']);
  const flat = windowParts(value);
  const areas = entryOf(value, ['areas', 'area', 'impactAreas', 'dangerAreas']);
  return { ...(nested === undefined ? flat : windowOf(nested)), areas: areas === undefined ? [] : areasOf(areas) };
}

function windowParts(value: Mapping): { windowStart?: RunTime; windowEnd?: RunTime } {
  const [start, end] = [
    entryOf(value, ['windowStart', 'start', 'from']),
    entryOf(value, ['windowEnd', 'end', 'to', 'until']),
  ];
  return {
    ...(start === undefined ? {} : { windowStart: instantOf(start) }),
    ...(end === undefined ? {} : { windowEnd: instantOf(end) }),
  };
}

function pairsOf(value: unknown): Partial<Notice> {
  const entries = Array.isArray(value)
    ? value.filter(isMapping).map((each): [string, unknown] => [String(entryOf(each, ['kind', 'type', 'as'])), each])
    : Object.entries(isMapping(value) ? value : {});
  const pairs: Partial<Notice> = {};
  for (const [kind, companion] of entries) {
    if (plain(kind).startsWith('notam')) {
      pairs.notam = companionOf(companion);
    } else if (plain(kind).startsWith('navarea')) {
      pairs.navarea = companionOf(companion);
    } else {
      throw new Unreadable('NOTICE_VALUE', 'Name what goes with the notice: notam or navarea.');
    }
  }
  return pairs;
}

function previousOf(value: unknown): Partial<Notice> {
  if (!isMapping(value)) {
    throw new Unreadable(
      'NOTICE_FORM',
      'Write {windowStart, windowEnd, cancelled} of the notice that this one replaces.',
    );
  }
  const nested = entryOf(value, ['window']);
  const window = nested === undefined ? windowParts(value) : windowOf(nested);
  return {
    previous: {
      windowStart: window.windowStart,
      windowEnd: window.windowEnd,
      cancelled: entryOf(value, ['cancelled', 'canceled']) === true,
    },
  };
}

function observedOf(value: unknown): Partial<Notice> {
  const at = instantOf(isMapping(value) ? entryOf(value, ['at', 'time', 'launchedAt']) : value);
  return { observed: { at } };
}

const stateOfPart = oneOf(['known', 'unknown', 'pending'], {
  yes: 'known',
  true: 'known',
  told: 'known',
  no: 'unknown',
  false: 'unknown',
});

function reportedOf(value: unknown): Partial<Notice> {
  if (!isMapping(value) || Object.keys(value).length > 50) {
    throw new Unreadable('NOTICE_FORM', 'Write each part with its state, as in {a: known, b: pending}.');
  }
  return {
    reported: Object.fromEntries(
      Object.entries(value).map(([part, state]) => [part.replace(/^enac:/, ''), stateOfPart(state)]),
    ),
  };
}

/** Every field that a notice file may have. `notice schema` prints it; a test keeps it and the reader together. */
export const NOTICE_FIELDS: readonly NoticeField[] = [
  { name: 'by', aliases: ['party', 'state', 'country', 'notifier', 'sender', 'from', 'notifyingState'], form: 'the announcing state: KP, PRK or DPRK', read: (value) => ({ by: stateOf(value) }) },
  { name: 'act', aliases: ['type', 'kind', 'event', 'activity', 'what'], form: ACTS.join(' | '), read: typeOf },
  { name: 'vehicleClass', aliases: ['class', 'vehicle', 'missileClass', 'vehicleType', 'missileType'], form: VEHICLE_CLASSES.join(' | '), read: (value) => ({ vehicleClass: classOf(value) }) },
  { name: 'hazard', aliases: ['hazardType'], form: HAZARDS.join(' | '), read: (value) => ({ hazard: oneOf(HAZARDS, HAZARD_OF_WORD)(value) }) },
  { name: 'basing', aliases: ['platform', 'launchedFrom', 'launchPlatform'], form: BASINGS.join(' | '), read: (value) => ({ basing: oneOf(BASINGS, { submarine: 'sea', ship: 'sea', ground: 'land', aircraft: 'air', surface: 'land' })(value) }) },
  { name: 'aircraft', aliases: ['aircraftType'], form: AIRCRAFT.join(' | '), read: (value) => ({ aircraft: oneOf(AIRCRAFT, { helicopter: 'rotary', drone: 'uav' })(value) }) },
  { name: 'received', aliases: ['receivedAt', 'receipt', 'notifiedAt', 'notified'], form: `${INSTANT}; a day with its zone (2009-03-11 +09:00); or {earliest, latest}`, read: (value) => ({ received: betweenOf(value) }) },
  { name: 'windowStart', aliases: ['start', 'opens', 'startsAt', 'windowOpens', 'begins'], form: INSTANT, read: (value) => ({ windowStart: instantOf(value) }) },
  { name: 'windowEnd', aliases: ['end', 'closes', 'endsAt', 'until', 'windowCloses', 'ends'], form: INSTANT, read: (value) => ({ windowEnd: instantOf(value) }) },
  { name: 'window', aliases: ['launchWindow', 'period'], form: '{start, end, daily?}, [start, end] or "start/end"', read: windowOf },
  { name: 'daily', aliases: ['slots', 'dailyHours', 'hours'], form: 'hours of each day with their zone, as in "02:00/07:00Z"', read: (value) => ({ daily: dailyOf(value) }) },
  { name: 'launchArea', aliases: ['launch', 'launchPoint', 'launchSite', 'site', 'launchLocation', 'origin'], form: `${AREA}; a point [latitude, longitude]; or a name`, read: launchOf },
  { name: 'impactAreas', aliases: ['impact', 'impactArea', 'areas', 'area', 'dangerAreas', 'dangerArea', 'hazardAreas', 'dropZones', 'fallAreas', 'target'], form: `a list of ${AREA}; or a name`, read: impactOf },
  { name: 'rangeKm', aliases: ['range'], form: 'a number of kilometres, or "2700 NM"', read: (value) => ({ rangeKm: kmOf(value) }) },
  { name: 'apogeeKm', aliases: ['apogee', 'altitudeKm', 'maxAltitude', 'maxAltitudeKm'], form: 'a number of kilometres, or "300 NM"', read: (value) => ({ apogeeKm: kmOf(value) }) },
  { name: 'bearingDeg', aliases: ['bearing', 'direction', 'azimuth', 'azimuthDeg', 'heading', 'directionDeg'], form: 'degrees from true north, or a wind as in NE', read: (value) => ({ bearingDeg: bearingDegOf(value) }) },
  { name: 'launches', aliases: ['count', 'number', 'numberOfLaunches'], form: 'how many: a whole number, or single', read: (value) => ({ launches: countOf(value) }) },
  { name: 'track', aliases: ['trajectory', 'groundTrack', 'path'], form: 'the planned ground track: a list of points', read: (value) => ({ track: trackOf(value) }) },
  { name: 'subject', aliases: ['title', 'description', 'text'], form: 'a line of text', read: (value) => ({ subject: lineTextOf(value) }) },
  { name: 'fir', aliases: ['flightInformationRegion'], form: 'four letters, as in RJJJ', read: (value) => ({ fir: firOf(value) }) },
  { name: 'pairs', aliases: ['pairedWith', 'companions', 'pair'], form: '{notam: {windowStart, windowEnd, areas}, navarea: {...}}', read: pairsOf },
  { name: 'notam', aliases: [], form: '{windowStart, windowEnd, areas}', read: (value) => ({ notam: companionOf(value) }) },
  { name: 'navarea', aliases: ['navareaWarning'], form: '{windowStart, windowEnd, areas}', read: (value) => ({ navarea: companionOf(value) }) },
  { name: 'previous', aliases: ['replaces', 'amends', 'supersedes', 'earlier'], form: '{windowStart, windowEnd, cancelled: true | false}', read: previousOf },
  { name: 'observed', aliases: ['launchedAt', 'observedAt', 'observedLaunch', 'actualLaunch'], form: `${INSTANT}, or {at}`, read: observedOf },
  { name: 'assessedAt', aliases: ['assessed'], form: INSTANT, read: (value) => ({ assessedAt: instantOf(value) }) },
  { name: 'occurredAt', aliases: ['occurred', 'accidentAt', 'happenedAt'], form: INSTANT, read: (value) => ({ occurredAt: instantOf(value) }) },
  { name: 'reported', aliases: ['parts', 'article5', 'enac'], form: 'the parts of an accident or health notice with their state: {a: known, b: unknown, c: pending, measures: known}', read: reportedOf },
  { name: 'line', aliases: ['border', 'boundary'], form: 'a list of points: a line to measure distances to, in place of the one of the regime', read: (value) => ({ line: trackOf(value) }) },
]; // prettier-ignore

function trackOf(value: unknown): [number, number][] {
  const points = polygonOf(value);
  if (points.length < 2) {
    throw new Unreadable('NOTICE_AREA', 'Give at least two points.');
  }
  return points;
}

function firOf(value: unknown): string {
  const fir = wordsOf(value).trim().toUpperCase();
  if (!/^[A-Z]{4}$/.test(fir)) {
    throw new Unreadable('NOTICE_VALUE', 'Write a flight information region by its four letters, as in RJJJ.');
  }
  return fir;
}

const FIELD_OF: ReadonlyMap<string, NoticeField> = new Map(
  NOTICE_FIELDS.flatMap((field) => [field.name, ...field.aliases].map((name) => [plain(name), field] as const)),
);

/** Fields that say about a notice file itself, or that no rule judges; `threshold check` reads the measurements. */
const ABOUT: readonly string[] = [
  'source',
  'sources',
  'note',
  'notes',
  'id',
  'expect',
  'expected',
  'name',
  'measurements',
];

/** Reads a notice from YAML (of which JSON is a part). Returns the notice with the fields that were not understood, or every fault. */
export function readNotice(text: string): ReadNotice {
  if (new TextEncoder().encode(text).length > MAX_NOTICE_BYTES) {
    return {
      faults: [{ code: 'NOTICE_TOO_LARGE', path: '', message: 'Shorten the notice: it may have at most 64 KiB.' }],
    };
  }
  const yaml = readYaml(text);
  if ('faults' in yaml) {
    return {
      faults: yaml.faults
        .slice(0, 50)
        .map(({ message, line, column }) => ({ code: 'NOTICE_YAML', path: '', message, line, column })),
    };
  }
  return noticeFrom(yaml.value);
}

/** The same for a value that was read already, as from a JSON body. */
export function noticeFrom(value: unknown): ReadNotice {
  const outer = isMapping(value) ? entryOf(value, ['notice', 'announcement']) : undefined;
  const mapping = isMapping(outer) ? outer : value;
  if (!isMapping(mapping)) {
    return {
      faults: [
        {
          code: 'NOTICE_FORM',
          path: '',
          message: 'Write the notice as fields with values; `notice schema` prints them.',
        },
      ],
    };
  }
  return fieldsOf(mapping);
}

function fieldsOf(mapping: Mapping): ReadNotice {
  const faults: NoticeFault[] = [];
  const ignored: string[] = [];
  const seen = new Set<NoticeField>();
  let notice: Notice = { impactAreas: [], reported: {} };
  for (const [key, value] of Object.entries(mapping).slice(0, 200)) {
    const field = FIELD_OF.get(plain(key));
    if (!field || value === null || value === undefined) {
      ignored.push(...(ABOUT.includes(plain(key)) || field ? [] : [key]));
    } else if (seen.has(field)) {
      faults.push({
        code: 'NOTICE_FIELD_TWICE',
        path: key,
        message: `Give ${field.name} once: "${key}" is another name of it.`,
      });
    } else {
      seen.add(field);
      notice = { ...notice, ...readField(field, key, value, faults) };
    }
  }
  if (faults.length > 0) {
    return { faults };
  }
  return seen.size === 0
    ? {
        faults: [
          {
            code: 'NOTICE_EMPTY',
            path: '',
            message:
              'Give at least when the window opens and when the notice was received; `notice schema` prints every field.',
          },
        ],
      }
    : { notice, ignored };
}

function readField(field: NoticeField, key: string, value: unknown, faults: NoticeFault[]): Partial<Notice> {
  try {
    return field.read(value);
  } catch (error) {
    if (!(error instanceof Unreadable)) {
      throw error;
    }
    faults.push({ code: error.code, path: error.path ? `${key}.${error.path}` : key, message: error.message });
    return {};
  }
}
