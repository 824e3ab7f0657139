import { parseArgs } from 'node:util';
import type { Shape } from './schedule.js';

const PLANTS = ['skip', 'twice', 'drop-due', 'leak', 'leak-run'] as const;
export type Plant = (typeof PLANTS)[number];

export interface Options {
  /** Over all shapes together; so are the faults and the minutes. */
  readonly alerts: number;
  readonly faults: number;
  readonly seed: number;
  readonly shapes: readonly Shape[];
  /** Messages a second that are offered; it decides how long the faults are spread. */
  readonly rate: number;
  readonly maxMinutes: number;
  /** How long everything may take to come to rest after the last fault. */
  readonly quietSeconds: number;
  readonly plant?: Plant;
  readonly json?: string;
  readonly redisServer: string;
}

export const USAGE = `Usage: npm run torture -- [options]

Runs the service with publishers and consoles while processes, connections, Redis and PostgreSQL fail, and then checks the
whole history. Ends with 1 when anything was lost, doubled, out of order or shown to the wrong audience.

  --alerts N          messages to send over all shapes (default 20000)
  --faults N          faults over all shapes (default 15)
  --long              200000 messages and 100 faults
  --seed S            repeats the schedule of an earlier run (default: drawn, and printed)
  --shape SHAPE       served (two mains, two workers, PostgreSQL, Redis) or embedded (default: one after the other)
  --rate N            messages a second, at most (default 400)
  --max-minutes N     stops sending after this time, shared out over the shapes (default 60)
  --quiet-seconds N   how long all may take to come to rest (default 60)
  --plant FAULT       makes the service misbehave from outside, to see it found: ${PLANTS.join(', ')}
  --redis-server FILE the program that is Redis (default redis-server)
  --json FILE         also writes the figures to a file
  --help`;

/** Reads the command line. `drawSeed` gives a seed when none is named. Throws an Error whose message says what is wrong. */
export function readOptions(args: readonly string[], drawSeed: () => number): Options | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      alerts: { type: 'string' },
      faults: { type: 'string' },
      long: { type: 'boolean', default: false },
      seed: { type: 'string' },
      shape: { type: 'string' },
      rate: { type: 'string' },
      'max-minutes': { type: 'string' },
      'quiet-seconds': { type: 'string' },
      plant: { type: 'string' },
      'redis-server': { type: 'string', default: 'redis-server' },
      json: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    return 'help';
  }
  return {
    alerts: positive('--alerts', values.alerts, values.long ? 200_000 : 20_000),
    faults: whole('--faults', values.faults, values.long ? 100 : 15),
    seed: whole('--seed', values.seed, drawSeed()),
    shapes: values.shape === undefined ? ['served', 'embedded'] : [oneOfThese('--shape', values.shape, SHAPES)],
    rate: positive('--rate', values.rate, 400),
    maxMinutes: positive('--max-minutes', values['max-minutes'], 60),
    quietSeconds: positive('--quiet-seconds', values['quiet-seconds'], 60),
    plant: values.plant === undefined ? undefined : oneOfThese('--plant', values.plant, PLANTS),
    redisServer: values['redis-server'],
    json: values.json,
  };
}

const SHAPES = ['served', 'embedded'] as const;

function positive(name: string, text: string | undefined, otherwise: number): number {
  const value = text === undefined ? otherwise : Number(text);
  if (!Number.isFinite(value) || value <= 0) {
    throw new Error(`${name} must be a number above 0, and is "${text}".`);
  }
  return value;
}

function whole(name: string, text: string | undefined, otherwise: number): number {
  const value = text === undefined ? otherwise : Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 4_294_967_295) {
    throw new Error(`${name} must be a whole number from 0 to 4294967295, and is "${text}".`);
  }
  return value;
}

function oneOfThese<T extends string>(name: string, text: string, values: readonly T[]): T {
  const found = values.find((value) => value === text);
  if (found === undefined) {
    throw new Error(`${name} must be one of ${values.join(', ')}, and is "${text}".`);
  }
  return found;
}
