import { Injectable } from '@nestjs/common';
import { setImmediate } from 'node:timers/promises';
import { comparing } from '../../core/compare/compare.js';
import { DomainError } from '../../core/domain-error.js';
import type { Comparison } from '../../core/wire/comparison.js';
import { PROJECT_ROOT } from '../../platform/config/project-root.js';
import { readSensors } from '../../platform/config/sensors-file.js';
import { ArrangementsService } from '../runs/arrangements.service.js';
import { chapterOf } from '../runs/runs.service.js';
import { ScenarioLibrary } from '../runs/scenario-library.service.js';

export interface CompareWanted {
  readonly chapter?: string;
  readonly arrangements: readonly string[];
  readonly seeds: number;
  readonly strict: boolean;
}

/** How many may wait for their turn: each takes seconds of a processor. */
const MOST_AT_ONCE = 4;

/** Compares arrangements over a scenario of the library, one comparison after the other and each in short turns. */
@Injectable()
export class CompareService {
  private readonly sensors = readSensors(PROJECT_ROOT);
  private waiting = 0;
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly library: ScenarioLibrary,
    private readonly arrangements: ArrangementsService,
  ) {}

  /**
   * Throws DomainError SCENARIO_NOT_FOUND, SCENARIO_INVALID, CHAPTER_NOT_FOUND, ARRANGEMENT_UNKNOWN, COMPARE_TOO_LARGE, or
   * COMPARE_BUSY when several are under way.
   */
  async compare(id: string, wanted: CompareWanted): Promise<Comparison> {
    const { scenario } = await this.library.load(id);
    const chapter = chapterOf(scenario, wanted.chapter);
    if (this.waiting >= MOST_AT_ONCE) {
      throw new DomainError('COMPARE_BUSY', 'Several comparisons are under way; ask again in a few seconds.');
    }
    this.waiting += 1;
    const mine = this.last.then(() =>
      inTurns(comparing({ ...wanted, scenario, chapter, file: this.arrangements.file, sensors: this.sensors })),
    );
    this.last = mine.catch(() => undefined);
    try {
      return await mine;
    } finally {
      this.waiting -= 1;
    }
  }
}

/** Plays a long work to its end and lets the process serve others after each of its turns. */
async function inTurns<T>(work: Generator<void, T>): Promise<T> {
  for (;;) {
    const step = work.next();
    if (step.done === true) {
      return step.value;
    }
    await setImmediate();
  }
}
