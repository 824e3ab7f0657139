import type { Job, Mode } from '../scenario/mode.js';
import type { Names } from '../scenario/scenario.schema.js';
import type { ClockView } from './clock.js';
import type { DeskView } from './desk.js';

/** A desk as a run names it. */
export type RunDesk = Pick<DeskView, 'id' | 'names' | 'language' | 'timeZone'>;

/** Who is shown the same feed, as far as the reader may see it. */
export interface AudienceView {
  /** The party in lower case, or `control`. */
  audience: string;
  party?: string;
  names?: Names;
  desks: RunDesk[];
}

export interface RunView {
  id: string;
  job: Job;
  mode: Mode;
  scenario?: string;
  chapter?: string;
  names: Names;
  timeZone: string;
  seed: number;
  arrangement: string;
  /** Wall time. */
  createdAt: string;
  clock: ClockView;
  audiences: AudienceView[];
  /** Of a run that has ended, for a controller. */
  digest?: string;
}

export interface StartRunRequest {
  scenario: string;
  chapter?: string;
  /** Run seconds a wall second, 0.1 to 3600. */
  speed?: number;
  seed?: number;
  arrangement?: string;
  paused?: boolean;
  mode?: 'exercise' | 'test';
}
