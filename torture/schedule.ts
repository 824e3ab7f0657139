import { between, seeded, shuffled, type Random } from './random.js';

export type Shape = 'served' | 'embedded';

interface FaultForm {
  readonly shapes: readonly Shape[];
  /** How long it lasts before it is mended, in milliseconds: least and most; 0 is over as soon as it is done. */
  readonly lasts: readonly [number, number];
  /** Faults of one group never overlap: of two gateways one always stands, and there is one database. */
  readonly group: 'main' | 'worker' | 'postgres' | 'redis' | 'none';
}

/** Everything that the nemesis does. */
export const FAULTS = {
  'kill-main': { shapes: ['served', 'embedded'], lasts: [500, 3_000], group: 'main' },
  'pause-main': { shapes: ['served', 'embedded'], lasts: [2_000, 8_000], group: 'main' },
  'kill-main-and-postgres': { shapes: ['embedded'], lasts: [500, 2_000], group: 'main' },
  'cut-consoles': { shapes: ['served', 'embedded'], lasts: [0, 0], group: 'none' },
  'refuse-consoles': { shapes: ['served', 'embedded'], lasts: [500, 3_000], group: 'main' },
  'stall-consoles': { shapes: ['served', 'embedded'], lasts: [1_000, 8_000], group: 'main' },
  'kill-worker': { shapes: ['served'], lasts: [500, 3_000], group: 'worker' },
  'pause-worker': { shapes: ['served'], lasts: [2_000, 8_000], group: 'worker' },
  'cut-postgres': { shapes: ['served'], lasts: [0, 0], group: 'none' },
  'stall-postgres': { shapes: ['served'], lasts: [1_000, 6_000], group: 'main' },
  'kill-postgres': { shapes: ['served', 'embedded'], lasts: [0, 0], group: 'postgres' },
  'pause-postgres': { shapes: ['served', 'embedded'], lasts: [500, 2_500], group: 'postgres' },
  'cut-redis': { shapes: ['served'], lasts: [0, 0], group: 'none' },
  'kill-redis': { shapes: ['served'], lasts: [1_000, 5_000], group: 'redis' },
  'pause-redis': { shapes: ['served'], lasts: [1_000, 8_000], group: 'redis' },
} as const satisfies Record<string, FaultForm>;

export type FaultKind = keyof typeof FAULTS;

export interface Fault {
  /** Milliseconds after the start. */
  readonly at: number;
  readonly kind: FaultKind;
  /** Which of the nodes of that sort; taken modulo how many there are. */
  readonly target: number;
  readonly lastsMs: number;
}

interface ScheduleOptions {
  readonly seed: number;
  readonly faults: number;
  readonly durationMs: number;
  readonly shape: Shape;
}

/** Time for what was mended to come back before the next fault of its group. */
const RECOVERY_MS = 1_500;

/**
 * The faults of a run, by the time at which they begin: a pure function of its options. Kinds are dealt like cards, so that each
 * comes before one comes twice; begins are spread evenly, with a drawn offset.
 */
export function schedule({ seed, faults, durationMs, shape }: ScheduleOptions): Fault[] {
  const random = seeded(seed);
  const kinds = deal(random, kindsOf(shape), faults);
  const slotMs = durationMs / Math.max(1, faults);
  const freeAt: Record<string, number> = {};
  return kinds
    .map((kind, index) => {
      const { group, lasts } = FAULTS[kind];
      const lastsMs = between(random, lasts[0], Math.min(lasts[1], Math.max(lasts[0], Math.round(slotMs * 2))));
      const wanted = Math.round((index + random() * 0.8) * slotMs);
      const at = group === 'none' ? wanted : Math.max(wanted, freeAt[group] ?? 0);
      freeAt[group] = at + lastsMs + RECOVERY_MS;
      return { at, kind, target: between(random, 0, 1), lastsMs };
    })
    .sort((one, other) => one.at - other.at);
}

export const kindsOf = (shape: Shape): FaultKind[] =>
  (Object.keys(FAULTS) as FaultKind[]).filter((kind) => (FAULTS[kind].shapes as readonly Shape[]).includes(shape));

function deal(random: Random, kinds: readonly FaultKind[], count: number): FaultKind[] {
  const dealt: FaultKind[] = [];
  while (dealt.length < count) {
    dealt.push(...shuffled(random, kinds));
  }
  return dealt.slice(0, count);
}
