import type { ItemBody, ItemKind } from '../core/incident/item.js';
import type { Job, Mode } from '../core/scenario/mode.js';
import type { Area, Names, Texts } from '../core/scenario/scenario.schema.js';

/** The parts of wire contract v1 that the command line reads. Instants are RFC 3339 texts. */

export interface ClockView {
  revision: number;
  state: 'playing' | 'paused' | 'ended';
  speed: number;
  /** Run milliseconds a wall millisecond; 0 when the clock stands. */
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
  clock: ClockView;
  audiences: AudienceView[];
  digest?: string;
}

export interface ScenarioView {
  id: string;
  kind: 'historical' | 'fictional';
  names: Names;
  untimed: { id: string; texts: Texts; note?: string }[];
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

export interface ItemsPacket {
  run: string;
  audience: string;
  epoch: number;
  items: FeedItem[];
}

export interface TickPacket {
  at: string;
  epoch: number;
  headSeq: number;
  clock: ClockView;
}

export interface ResetPacket {
  epoch: number;
  seq: number;
  reason: string;
}

export interface FeedPage {
  epoch: number;
  headSeq: number;
  items: FeedItem[];
}

/** What a console is told in the callback of a socket command. */
export interface Receipt {
  ok: boolean;
  code?: string;
  detail?: string;
}

export interface KnewView {
  id: string;
  texts: Texts;
  eventAt: string;
  audiences: { audience: string; knownAt?: string; delayMs?: number }[];
  others: { id?: string; who?: string; names?: Names; knownAt?: string; delayMs?: number }[];
}

export interface ReportView {
  digest?: string;
  knew: KnewView[];
  untimed: { id: string; texts: Texts; note?: string }[];
}

export interface AlertBody {
  event: string;
  category?: string;
  urgency: string;
  severity: string;
  certainty: string;
  info: { language: string; headline: string; description?: string; instruction?: string }[];
  areas?: Area[];
  [more: string]: unknown;
}

export interface AlertIssued {
  id: string;
  identifier: string;
  run: string;
  version: number;
  state?: string;
}

export interface AnnouncementMade {
  id: string;
  run: string;
  version: number;
  check: { regime: string; findings: { rule: string; verdict: string; detail: string }[] };
}
