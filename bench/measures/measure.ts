import type { Faults } from '../clients/tally.js';
import type { CpuMeter } from '../cpu-meter.js';
import type { MeasureName } from '../options.js';
import type { System, SystemName } from '../systems/system.js';

/** What one measure of one system in one round gave. */
export interface Outcome {
  figures: Record<string, number>;
  /** What was wrong with the deliveries, where consoles were counted. */
  faults?: Faults & { reconnects: number; refusedReceipts: number; refusedAlerts: number; deliveries: number };
  /** Samples that are pooled over the rounds. */
  samples?: number[];
}

export interface Measure {
  readonly name: MeasureName;
  /** What tells measures of one name apart: the number of consoles. */
  readonly consoles: number;
  readonly systems: readonly SystemName[];
  /** At most so many rounds, for what takes long. */
  readonly rounds?: number;
  /** Every system starts its servers anew before it. */
  readonly fresh?: boolean;
  /** `cpu` is the meter of the system. */
  run(system: System, cpu: CpuMeter): Promise<Outcome>;
}

export const TRIWATCH: readonly SystemName[] = ['triwatch', 'triwatch-served'];
/** `commit-then-emit` holds its connections as `plain-socketio` does, and need not be measured for them again. */
export const CONNECTIONS: readonly SystemName[] = [...TRIWATCH, 'plain-socketio', 'plain-ws'];
export const BROADCASTS: readonly SystemName[] = [...CONNECTIONS, 'commit-then-emit'];
