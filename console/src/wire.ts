import type { ItemBody, ItemKind, ResponseBody } from '../../src/core/incident/item.js';
import type { Names, ScenarioSource, Texts } from '../../src/core/scenario/scenario.schema.js';
import type { Job, Mode } from '../../src/core/scenario/mode.js';

/** The forms that the service sends and takes: wire contract v1. All instants are RFC 3339 texts. */
export type { ItemBody, ItemKind, Job, Mode, Names, ResponseBody, Texts };

export interface ClockView {
  revision: number;
  state: 'paused' | 'playing' | 'ended';
  speed: number;
  /** Run milliseconds per wall millisecond; 0 while paused. */
  rate: number;
  realAt: string;
  runAt: string;
  startAt: string | null;
  endAt: string | null;
}

export interface DeskView {
  id: string;
  names: Names;
  language: string;
  timeZone: string;
  party?: string;
  agency?: string;
}

export interface AudienceView {
  audience: string;
  party?: string;
  names?: Names;
  desks?: DeskView[];
}

export interface RunView {
  id: string;
  job: Job;
  mode: Mode;
  scenario?: string;
  chapter?: string;
  names: Names;
  timeZone: string;
  createdAt: string;
  clock: ClockView;
  audiences: AudienceView[];
  digest?: string;
}

export interface FeedItem {
  seq: number;
  kind: ItemKind;
  id: string;
  version: number;
  late: boolean;
  realAt: string;
  body: ItemBody;
}

export interface Cursor {
  epoch: number;
  seq: number;
}

export interface ItemsEvent {
  run: string;
  audience: string;
  epoch: number;
  items: FeedItem[];
}

export interface TickEvent {
  at: string;
  epoch: number;
  headSeq: number;
  clock: ClockView;
}

export interface ResetEvent extends Cursor {
  reason: string;
}

export interface Reply {
  ok: boolean;
  code?: string;
  detail?: string;
  /** What the server made of a `respond`. */
  response?: ResponseBody;
}

export interface Acknowledgement {
  kind: ItemKind;
  id: string;
  version: number;
  desk: string;
  person: string;
  at: string;
  note?: string;
}

export interface Snapshot extends Cursor {
  run: string;
  audience: string;
  items: FeedItem[];
  clock: ClockView;
  acknowledged: Acknowledgement[];
}

export type Role = 'controller' | 'officer' | 'observer';

export interface Me {
  username: string;
  displayName: string;
  role: Role;
  party?: string;
  desk?: DeskView;
  onlyRun?: string;
}

export interface ChapterView {
  id: string;
  names: Names;
  from: string;
  to: string;
  default: boolean;
}

export interface ScenarioView {
  id: string;
  kind: 'historical' | 'fictional';
  job: Job;
  names: Names;
  summary: Record<string, string>;
  timeZone: string;
  parties: string[];
  chapters: ChapterView[];
  items: number;
}

export interface ScenarioDetail extends ScenarioView {
  untimed: { id: string; texts: Texts; note?: string }[];
  notKnown: { id: string; parties: string[] }[];
  sources?: Record<string, ScenarioSource>;
}

export interface PlanItem {
  kind: ItemKind;
  id: string;
  version?: number;
  /** `deliver` shows the item, `deadline` closes its answers, `match` compares a launch with the notices. */
  step?: string;
  audience: string;
  dueAt: string;
}

export interface JumpPlan {
  direction: 'forward' | 'back';
  sent: PlanItem[];
  skipped: PlanItem[];
  cancelled: PlanItem[];
}

export interface InjectDelivery {
  audience: string;
  state: 'pending' | 'sent' | 'skipped' | 'cancelled';
  dueAt: string;
  deadlineAt?: string | null;
  answer?: ResponseBody | null;
  /** Every desk of an audience may answer for itself. */
  answers?: ResponseBody[];
}

/** All answers to a delivery, whichever way the service lists them. */
export const answersOf = ({ answer, answers }: InjectDelivery): ResponseBody[] => answers ?? (answer ? [answer] : []);

export interface InjectView {
  id: string;
  texts: Texts;
  question: Texts;
  to: string[];
  answerWithinMs: number;
  options?: { id: string; names: Names }[];
  plannedAt: string;
  deliveries: InjectDelivery[];
}

export type InjectOutcome = 'answered-in-time' | 'answered-late' | 'unanswered' | 'open' | 'not-sent';

export interface Report {
  run: RunView;
  digest?: string;
  injects: {
    id: string;
    texts: Texts;
    deliveries: {
      audience: string;
      dueAt: string;
      shownAt?: string;
      deadlineAt?: string;
      answers: ResponseBody[];
      outcome: InjectOutcome;
    }[];
  }[];
  shown: {
    audience: string;
    seq: number;
    epoch: number;
    kind: ItemKind;
    id: string;
    version: number;
    texts?: Texts;
    dueAt: string;
    realAt: string;
    late: boolean;
    displayed: { desk: string; at: string }[];
    acknowledged: { desk: string; person: string; at: string; note?: string }[];
  }[];
  suppressed: {
    audience: string;
    kind: ItemKind;
    id: string;
    version: number;
    dueAt: string;
    step?: string;
    state?: string;
    reason?: string;
  }[];
  knew: {
    id: string;
    version?: number;
    kind?: ItemKind;
    texts: Texts;
    eventAt?: string;
    audiences: { audience: string; knownAt?: string; delayMs?: number }[];
    others?: unknown[];
  }[];
  untimed: { id: string; texts: Texts; note?: string }[];
}
