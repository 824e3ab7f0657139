import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '../../core/domain-error.js';
import type { Mode } from '../../core/scenario/mode.js';
import type { Names } from '../../core/scenario/scenario.schema.js';
import { ACTUAL_RUN, LIVE_RUN, TEST_RUN } from './run.js';

/** Injection token of TRIWATCH_ALLOW_ACTUAL. */
export const ALLOW_ACTUAL = Symbol('ALLOW_ACTUAL');

export interface Watch {
  readonly id: string;
  readonly mode: Mode;
  readonly names: Names;
}

const NAMES: Names = { 'ja-JP': 'ライブ監視', 'ko-KR': '실시간 감시', 'en-US': 'Live watch' };
const LIVE: Watch = { id: LIVE_RUN, mode: 'test', names: NAMES };
const ACTUAL: Watch = { id: ACTUAL_RUN, mode: 'actual', names: NAMES };
const TEST: Watch = {
  id: TEST_RUN,
  mode: 'test',
  names: { 'ja-JP': '試験用監視', 'ko-KR': '시험용 감시', 'en-US': 'Test watch' },
};

/** The id of the watch that nothing is real in: what machines send goes there, since nobody approves it. */
export const drillWatch = (allowActual: boolean): string => (allowActual ? TEST_RUN : LIVE_RUN);

/** The runs on the wall clock that this service has, and what their names stand for. */
@Injectable()
export class Watches {
  readonly all: readonly Watch[];
  /** The id of the watch that nothing is real in. */
  readonly drill: string;

  constructor(@Inject(ALLOW_ACTUAL) private readonly allowActual: boolean) {
    this.all = allowActual ? [ACTUAL, TEST] : [LIVE];
    this.drill = drillWatch(allowActual);
  }

  /**
   * The id of the run that a name stands for. Throws DomainError RUN_NOT_FOUND for a watch that is there with the other setting
   * only: its record is kept, and nobody reaches it.
   */
  idOf(name: string): string {
    const id = name === LIVE_RUN && this.allowActual ? ACTUAL_RUN : name;
    if (this.hides(id)) {
      throw new DomainError('RUN_NOT_FOUND', `There is no run "${name}" with this setting of TRIWATCH_ALLOW_ACTUAL.`);
    }
    return id;
  }

  /** Whether a run is a watch of the other setting. */
  hides(id: string): boolean {
    return [LIVE, ACTUAL, TEST].some((watch) => watch.id === id) && !this.all.some((watch) => watch.id === id);
  }
}
