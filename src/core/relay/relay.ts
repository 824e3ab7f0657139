import { CATEGORIES, CERTAINTIES, SEVERITIES, URGENCIES, type AlertMessage } from '../alert/alert.js';
import { DEFAULT_LANGUAGE, type CapAlert, type CapInfo } from '../cap/cap.js';
import { capTimeMs } from '../cap/cap.time.js';
import { referencesOf, writeReferences, type CapReference } from '../cap/cap.references.js';
import { readCircle, readPolygon } from '../cap/cap.shapes.js';
import { SHIPPED_LANGUAGES } from '../scenario/languages.js';
import type { Area, Names } from '../scenario/scenario.schema.js';
import { relayedInfo, type RelayedText } from './relay.texts.js';

/** What of a source decides on its documents. */
export interface RelaySource {
  /** The one value of CAP's `sender` that is taken. */
  readonly sender: string;
  /** Of the source, by language. */
  readonly names: Names;
  /** Which languages of its documents are relayed; all when it is empty. */
  readonly languages: readonly string[];
  /** Where an alert applies whose document has no shape. */
  readonly area?: Area;
  /** Whether what it sends as Actual is relayed, as content of a test. */
  readonly asTest: boolean;
  /** Seconds after `sent` for which a message is news; a cancellation is however late it comes. */
  readonly maxAgeS: number;
}

export type RelayRefusal =
  'SENDER' | 'STATUS_ACTUAL' | 'STATUS' | 'MSG_TYPE' | 'SCOPE' | 'NO_INFO' | 'TOO_OLD' | 'EXPIRED' | 'NOT_CLASSIFIED';

export type RelayDecision =
  | { readonly kind: 'refuse'; readonly reason: RelayRefusal }
  | {
      readonly kind: 'relay';
      readonly msgType: 'Alert' | 'Update' | 'Cancel';
      /** What it goes on with, as the source names it. */
      readonly references: readonly CapReference[];
      readonly message: AlertMessage;
    };

const MOST_AREAS = 20;
/** References of one message; more are of no real agency. */
const MOST_REFERENCES = 200;
/** Characters of a reference that can name anything: the parts of longer ones are refused where they come. */
const LONGEST_REFERENCE = 900;
const MOST_POINTS = 500;

/**
 * Whether a document of a source becomes an alert of a test run, and as what. Every text says who sent it first, in all languages
 * that we ship. A message that its source meant (`Actual`) is refused unless the source was set up to be relayed as a test: the
 * marker of the test stands on it, and a desk must have been told to expect that.
 */
export function relay(alert: CapAlert, source: RelaySource, nowMs: number): RelayDecision {
  const reason = refusalOf(alert, source, nowMs);
  if (reason) {
    return { kind: 'refuse', reason };
  }
  const blocks = blocksOf(alert, source);
  const [first] = blocks;
  const classified = first && classOf(first);
  if (!first || !classified) {
    return { kind: 'refuse', reason: first ? 'NOT_CLASSIFIED' : 'NO_INFO' };
  }
  const same = blocks.filter((info) => languageOf(info) === languageOf(first));
  const areas = areasOf(same);
  const shapes = areas.length > 0 ? areas : source.area ? [source.area] : undefined;
  return {
    kind: 'relay',
    msgType: alert.msgType as 'Alert' | 'Update' | 'Cancel',
    references: referencesOf(alert.references),
    message: {
      ...classified,
      event: first.event.slice(0, 120),
      info: infosOf(blocks, source, alert.status === 'Actual'),
      ...(shapes ? { areas: shapes } : {}),
      ...(endOf(first) === undefined ? {} : { expires: first.expires }),
    },
  };
}

/**
 * What of its source a document says is over: the references of an update or a cancel that its sender has sent out, whether or not
 * it is relayed itself. Call only for a document whose signature is as the source's must be.
 */
export function replacedBy({ sender, status, msgType, references }: CapAlert, source: RelaySource): CapReference[] {
  const sentOut = sender === source.sender && ['Actual', 'Exercise', 'Test'].includes(status);
  const replaces = sentOut && ['Update', 'Cancel'].includes(msgType);
  const whole = (reference: CapReference): boolean => (writeReferences([reference]) ?? '').length <= LONGEST_REFERENCE;
  return replaces ? referencesOf(references).filter(whole).slice(0, MOST_REFERENCES) : [];
}

function refusalOf(alert: CapAlert, source: RelaySource, nowMs: number): RelayRefusal | undefined {
  if (alert.sender !== source.sender) {
    return 'SENDER';
  }
  if (alert.status === 'Actual' && !source.asTest) {
    return 'STATUS_ACTUAL';
  }
  if (!['Actual', 'Exercise', 'Test'].includes(alert.status)) {
    return 'STATUS';
  }
  if (!['Alert', 'Update', 'Cancel'].includes(alert.msgType)) {
    return 'MSG_TYPE';
  }
  if (alert.scope !== 'Public') {
    return 'SCOPE';
  }
  return alert.msgType === 'Cancel' ? undefined : stalenessOf(alert, source, nowMs);
}

/** What is over must not be shown as new, and neither must what was sent long ago, or nobody can tell when. */
function stalenessOf({ sent, info }: CapAlert, { maxAgeS }: RelaySource, nowMs: number): RelayRefusal | undefined {
  const sentMs = capTimeMs(sent);
  if (sentMs === undefined || nowMs - sentMs > maxAgeS * 1000) {
    return 'TOO_OLD';
  }
  const ends = info.map(endOf);
  return ends.length > 0 && ends.every((end) => end !== undefined && end <= nowMs) ? 'EXPIRED' : undefined;
}

const endOf = ({ expires = '' }: CapInfo): number | undefined => capTimeMs(expires);

/** The blocks that are relayed: those in the languages that the source is relayed in, else all. */
function blocksOf({ info }: CapAlert, { languages }: RelaySource): readonly CapInfo[] {
  const wanted = info.filter((block) => languages.includes(languageOf(block)));
  return wanted.length > 0 ? wanted : info;
}

/** One text for each language of the source, and one in each language that we ship where it gave none. */
function infosOf(blocks: readonly CapInfo[], { names }: RelaySource, actual: boolean): AlertMessage['info'] {
  const given = new Map<string, CapInfo[]>();
  for (const block of blocks) {
    given.set(languageOf(block), [...(given.get(languageOf(block)) ?? []), block]);
  }
  const [[original = DEFAULT_LANGUAGE, instead = []] = []] = given;
  const missing = SHIPPED_LANGUAGES.filter((language) => !given.has(language));
  return [
    ...[...given].map(([language, infos]) => relayedInfo(language, textOf(infos), names, { actual })),
    ...missing.map((language) => relayedInfo(language, textOf(instead), names, { actual, original })),
  ];
}

/** Several blocks of one language, as for areas that are hit differently, one after the other. */
function textOf([first, ...more]: readonly CapInfo[]): RelayedText {
  const rest = more.flatMap(({ headline, event, description }) => [headline ?? event, description ?? '']);
  const description = [first?.description, ...rest].filter((part) => part !== undefined && part !== '').join('\n');
  return {
    headline: first?.headline ?? first?.event ?? '',
    ...(description === '' ? {} : { description }),
    ...(first?.instruction === undefined ? {} : { instruction: first.instruction }),
  };
}

type Classification = Pick<AlertMessage, 'category' | 'urgency' | 'severity' | 'certainty'>;

/** How grave it is; undefined when the document says it in words that CAP does not have. */
function classOf({ category, urgency, severity, certainty }: CapInfo): Classification | undefined {
  const found = {
    category: CATEGORIES.find((each) => each === category[0]),
    urgency: URGENCIES.find((each) => each === urgency),
    severity: SEVERITIES.find((each) => each === severity),
    certainty: CERTAINTIES.find((each) => each === certainty),
  };
  return Object.values(found).every((each) => each !== undefined) ? (found as Classification) : undefined;
}

function areasOf(blocks: readonly CapInfo[]): Area[] {
  const areas = blocks.flatMap(({ area }) => area);
  const polygons = areas.flatMap(({ polygon }) => polygon).map((text) => (readPolygon(text) ?? []).slice(0, -1));
  const circles = areas.flatMap(({ circle }) => circle).flatMap((text) => readCircle(text) ?? []);
  return [
    ...polygons
      .filter((points) => points.length >= 3 && points.length <= MOST_POINTS)
      .map((points): Area => ({ polygon: points.map(([latitude, longitude]) => [latitude, longitude]) })),
    ...circles
      .filter(({ radiusKm }) => radiusKm > 0)
      .map(({ centre: [latitude, longitude], radiusKm }): Area => ({ circle: { latitude, longitude, radiusKm } })),
  ].slice(0, MOST_AREAS);
}

/** The language of a block with its region where it is one of ours: sources write `ko` and `ko-KR`. */
function languageOf({ language = DEFAULT_LANGUAGE }: CapInfo): string {
  const [tag = ''] = language.trim().toLowerCase().split('-');
  const own = SHIPPED_LANGUAGES.find((each) => each.startsWith(`${tag}-`));
  return own ?? (/^[a-z]{2,3}$/.test(tag) ? tag : DEFAULT_LANGUAGE);
}
