import type { DueStep } from '../delivery/due.js';
import type { ItemKind } from '../incident/item.js';
import type { ClockState } from '../clock/clock.js';
import type { JumpItems } from '../clock/jump.js';

/** The clock of a run. Run time now = runAt + (server time now - realAt) * rate, never past endAt. */
export interface ClockView {
  /** A higher one is newer. */
  revision: number;
  state: ClockState;
  speed: number;
  /** Run milliseconds a wall millisecond; 0 unless playing. */
  rate: number;
  /** Wall time. */
  realAt: string;
  /** Run time at `realAt`. */
  runAt: string;
  /** Run time; null for the live watch, which has neither start nor end. */
  startAt: string | null;
  endAt: string | null;
}

/** What a controller asks of a clock. */
export interface ClockRequest {
  action: 'play' | 'pause' | 'speed' | 'jump';
  /** With `speed`. */
  speed?: number;
  /** With `jump`: run time. */
  to?: string;
  /** What a jump forward does with the items in between; `send` by default. */
  items?: JumpItems;
  /** Only says what a jump would do. */
  preview?: boolean;
}

export interface ClockAnswer {
  clock: ClockView;
  /** Of a jump. */
  plan?: JumpPlanView;
}

/** What a jump did, or would do. */
export interface JumpPlanView {
  direction: 'forward' | 'back';
  sent: JumpPlanRow[];
  skipped: JumpPlanRow[];
  cancelled: JumpPlanRow[];
}

export interface JumpPlanRow {
  kind: ItemKind;
  id: string;
  version: number;
  audience: string;
  /** `deliver` shows the item, `deadline` closes its answers, `match` compares a launch with the notices. */
  step: DueStep;
  dueAt: string;
}
