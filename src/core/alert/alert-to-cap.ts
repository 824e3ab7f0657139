import type { AlertArea } from '../area/alert-area.js';
import { capArea } from '../area/cap-area.js';
import { TRIWATCH_PROFILE, type CapAlert, type CapArea, type CapInfo } from '../cap/cap.js';
import type { CapFinding } from '../cap/cap.finding.js';
import type { CapReference } from '../cap/cap.references.js';
import { writeReferences } from '../cap/cap.references.js';
import { findingsOf } from '../cap/cap.rule.js';
import { RULE_THEMES } from '../cap/cap.rules.js';
import { capTime } from '../cap/cap.time.js';
import { markedTexts } from '../scenario/marker.js';
import type { Mode } from '../scenario/mode.js';
import type { Names } from '../scenario/scenario.schema.js';
import type { RunTime } from '../time/time.js';
import { endedInfo, statusOf, type AlertMessage } from './alert.js';
import { ENDINGS, type MsgType } from './life-cycle.js';

/** What a message of a run is besides its words. */
export interface CapFrame {
  readonly identifier: string;
  readonly sender: string;
  readonly sentRunAt: RunTime;
  readonly msgType: MsgType;
  readonly run: string;
  readonly mode: Mode;
  readonly issuer: Names;
  /** The messages that this one replaces. */
  readonly references: readonly CapReference[];
  readonly note?: string;
}

/**
 * The sender of what a desk issues, `jp-cas@triwatch.invalid`: unique within the installation, without spaces, and at a domain that
 * can never exist (RFC 6761), so that nobody takes it for an address. What a controller issues comes from `control`.
 */
export const senderOf = (desk: string | undefined): string => `${desk ?? 'control'}@triwatch.invalid`;

/**
 * Whether a message names as its sender somebody of this installation other than `own` (as `senderOf` gives it): names here are given
 * by the service alone, so whoever writes another's is not who they say.
 */
export const isAnothersSender = (sender: string, own: string): boolean =>
  /[@.]triwatch\.invalid\.?$/i.test(sender.trim()) && sender !== own;

/**
 * A message of a thread as CAP 1.2. It is Restricted to the run, carries the code of Triwatch's profile, and each text of a run that is
 * not real is marked first and last. Times are those of the run, since that is where the message holds.
 */
export function capOf(message: AlertMessage, frame: CapFrame): CapAlert {
  const { identifier, sender, sentRunAt, msgType, run, mode, references, note } = frame;
  const referenced = writeReferences(references);
  return {
    identifier,
    sender,
    sent: capTime(sentRunAt),
    status: statusOf(mode),
    msgType,
    scope: 'Restricted',
    restriction: `For the desks that take part in the run ${run} of Triwatch only`,
    code: [TRIWATCH_PROFILE],
    note: [mode === 'actual' ? undefined : `${statusOf(mode)} in the run ${run}`, note]
      .filter((part) => part !== undefined)
      .join(': '),
    ...(referenced === undefined ? {} : { references: referenced }),
    info: endedInfo(message).map((info) => infoOf(message, info, frame)),
  };
}

function infoOf(message: AlertMessage, words: AlertMessage['info'][number], { mode, issuer }: CapFrame): CapInfo {
  const { language } = words;
  const mark = (text: string): string =>
    markedTexts(mode, { [language]: { headline: text } })[language]?.headline ?? '';
  const responseType =
    message.ending && message.ending !== 'cancellation' ? ENDINGS[message.ending].responseType : undefined;
  return {
    language,
    category: [message.category],
    event: mark(message.event),
    responseType: responseType ? [responseType] : [],
    urgency: message.urgency,
    severity: message.severity,
    certainty: message.certainty,
    eventCode: [],
    ...(message.expires === undefined ? {} : { expires: capTime(Date.parse(message.expires)) }),
    senderName: issuer[language] ?? issuer['en-US'] ?? Object.values(issuer)[0] ?? '',
    headline: mark(words.headline),
    ...(words.description === undefined ? {} : { description: mark(words.description) }),
    ...(words.instruction === undefined ? {} : { instruction: mark(words.instruction) }),
    parameter: [],
    resource: [],
    area: (message.areas ?? []).map((area) => areaOf(area, language)),
  };
}

function areaOf(area: AlertArea, language: string): CapArea {
  const { areaDesc, polygon, circle, geocode } = capArea(area, language);
  return {
    areaDesc,
    polygon: polygon === undefined ? [] : [polygon],
    circle: circle === undefined ? [] : [circle],
    geocode: geocode === undefined ? [] : [geocode],
  };
}

/** What is refused in a message of our own though the standard lets it pass: borders that cross enclose nobody knows what. */
const REFUSED_WARNINGS: ReadonlySet<string> = new Set(['POLYGON_CROSSES']);

/** Only these keep a message of ours from being sent; the others are advice on documents that were read. */
const REFUSING_RULES = Object.values(RULE_THEMES)
  .flat()
  .filter(({ id, severity }) => severity === 'error' || REFUSED_WARNINGS.has(id));

/** The errors that the message would have as CAP, by the names of the request: an area is the same in each language. */
export function capErrors(message: AlertMessage, frame: CapFrame): CapFinding[] {
  const alert = capOf(message, frame);
  const errors = findingsOf(REFUSING_RULES, { alert, version: '1.2', sha1: () => '' }, new Map()).map((finding) => ({
    ...finding,
    severity: 'error' as const,
    path: requestPath(finding.path),
  }));
  const key = ({ rule, path }: CapFinding): string => `${rule} ${path}`;
  return errors.filter((error, index) => errors.findIndex((other) => key(other) === key(error)) === index);
}

const requestPath = (path: string): string =>
  path.replace(/^info\[\d+\]\.area(\[\d+\]).*$/, 'areas$1').replace(/^info\[\d+\]\.(expires|event)$/, '$1');
