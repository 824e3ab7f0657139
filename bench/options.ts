import { parseArgs } from 'node:util';
import { SYSTEM_NAMES, type SystemName } from './systems/system.js';

const MEASURE_NAMES = [
  'memory',
  'storm',
  'paced',
  'burst',
  'real-client',
  'sustained',
  'stalled',
  'resume',
  'failover',
] as const;
export type MeasureName = (typeof MEASURE_NAMES)[number];

export const USAGE = `npm run bench -- [options]
  --rounds N            rounds of each measure (3)
  --quick               small numbers, for trying out; no figure of it means anything
  --only a,b            ${MEASURE_NAMES.join(', ')}
  --systems a,b         ${SYSTEM_NAMES.join(', ')}
  --consoles 1,300,1000 the numbers of consoles of "paced"; the largest is that of the other measures
  --json FILE           all figures of all rounds (dist/bench/results.json)
  --svg FILE            the ratios as a picture (dist/bench/results.svg)
  --profile FOLDER      the processes of the service write CPU profiles there; their figures are worse for it
  --help
`;

/** How much is measured. */
interface Sizes {
  consoles: number[];
  pacedAlerts: number;
  burstAlerts: number;
  sustainedMs: number;
  resumeItems: number;
  resumeMs: number;
  stalledConsoles: number;
  stalledAlerts: number;
  realConsoles: number;
  idleMs: number;
}

export interface Options extends Sizes {
  rounds: number;
  quick: boolean;
  only: MeasureName[];
  systems: SystemName[];
  json: string;
  svg: string;
  profile?: string;
}

const FULL: Sizes = {
  consoles: [1, 300, 1_000],
  pacedAlerts: 50,
  burstAlerts: 200,
  sustainedMs: 3_000,
  resumeItems: 10_000,
  resumeMs: 60_000,
  stalledConsoles: 100,
  stalledAlerts: 1_000,
  realConsoles: 100,
  idleMs: 2_000,
};
const QUICK: Sizes = {
  consoles: [1, 30],
  pacedAlerts: 10,
  burstAlerts: 50,
  sustainedMs: 500,
  resumeItems: 200,
  resumeMs: 20_000,
  stalledConsoles: 5,
  stalledAlerts: 50,
  realConsoles: 6,
  idleMs: 200,
};

/** Reads the command line. Throws an Error with one sentence about what is wrong. */
export function readOptions(args: readonly string[]): Options | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: { type: 'string' },
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
      systems: { type: 'string' },
      consoles: { type: 'string' },
      json: { type: 'string', default: 'dist/bench/results.json' },
      svg: { type: 'string', default: 'dist/bench/results.svg' },
      profile: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    return 'help';
  }
  const { quick, json, svg, profile } = values;
  const sizes = quick ? QUICK : FULL;
  return {
    ...sizes,
    quick,
    json,
    svg,
    profile,
    rounds: values.rounds === undefined ? (quick ? 1 : 3) : wholeNumber('--rounds', values.rounds),
    only: choose('--only', MEASURE_NAMES, values.only),
    systems: choose('--systems', SYSTEM_NAMES, values.systems),
    consoles: values.consoles?.split(',').map((text) => wholeNumber('--consoles', text)) ?? sizes.consoles,
  };
}

function wholeNumber(option: string, text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) {
    throw new Error(`${option} takes whole numbers from 1, not "${text}".`);
  }
  return Number(text);
}

/** Some of the known names in their own order; all when nothing was said. */
function choose<T extends string>(option: string, known: readonly T[], text: string | undefined): T[] {
  const wanted = text?.split(',') ?? known;
  const unknown = wanted.find((name) => !(known as readonly string[]).includes(name));
  if (unknown !== undefined) {
    throw new Error(`${option} does not know "${unknown}"; it takes ${known.join(', ')}.`);
  }
  return known.filter((name) => wanted.includes(name));
}
