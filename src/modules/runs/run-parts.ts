import { Injectable } from '@nestjs/common';
import type { Scenario } from '../../core/scenario/scenario.schema.js';
import type { RunTime } from '../../core/time/time.js';
import type { RunView } from '../../core/wire/run.js';
import type { Tx } from '../../platform/database/transactions.js';
import type { DueRow, RunItem } from './due-row.js';
import type { Run, RunAudience } from './run.js';

/** What a run is made of at its start. */
export interface RunStart {
  readonly run: Run;
  readonly audiences: readonly RunAudience[];
  readonly scenario?: Scenario;
  readonly items: readonly RunItem[];
  readonly rows: readonly DueRow[];
}

/** What is known of a run once it has ended. */
export type RunEnding = Pick<RunView, 'digest'>;

/**
 * A part that another module keeps of every run (its feeds, its announcements, its injects). Runs come first in the order of
 * modules, so they do not know who keeps what: later modules register here, and are told in the run's own transaction.
 */
export interface RunPart {
  started?(tx: Tx, start: RunStart): Promise<void>;
  /** The run was moved back to `to`. */
  rewound?(tx: Tx, run: string, to: RunTime): Promise<void>;
  /** What the part adds to the view of a run that has ended. */
  ended?(tx: Tx, run: string): Promise<RunEnding>;
}

@Injectable()
export class RunParts {
  private readonly parts: RunPart[] = [];

  register(part: RunPart): void {
    this.parts.push(part);
  }

  async started(tx: Tx, start: RunStart): Promise<void> {
    for (const part of this.parts) {
      await part.started?.(tx, start);
    }
  }

  async rewound(tx: Tx, run: string, to: RunTime): Promise<void> {
    for (const part of this.parts) {
      await part.rewound?.(tx, run, to);
    }
  }

  async ended(tx: Tx, run: string): Promise<RunEnding> {
    let ending: RunEnding = {};
    for (const part of this.parts) {
      ending = { ...ending, ...(await part.ended?.(tx, run)) };
    }
    return ending;
  }
}
