import { between, seeded, shuffled } from './random.js';
import { withMarker } from './markers.js';
import type { Sent } from './history.js';

export const DRILL = 'torture-drill';
/** A time line of its own: what is told here is told by its clock. */
const START = Date.parse('2031-05-20T00:00:00Z');
const END = START + 24 * 3_600_000;
const PARTIES = ['JP', 'KR', 'US'] as const;

interface DrillReport {
  readonly marker: string;
  readonly atMs: number;
  readonly parties: readonly string[];
}

/**
 * Reports that fall due by the clock of a run, spread over its first `durationMs`, each known to one or two of the three parties
 * only. A pure function of its arguments.
 */
export function drillReports(seed: number, count: number, durationMs: number): DrillReport[] {
  const random = seeded(seed);
  return Array.from({ length: count }, (_, index) => ({
    marker: `drill.${index}`,
    atMs: 1_000 + Math.floor((index * durationMs) / count),
    parties: shuffled(random, PARTIES).slice(0, between(random, 1, 2)),
  }));
}

/** The same as messages of a run: once it plays, they are as good as accepted. */
export const drillMessages = (reports: readonly DrillReport[], run: string): Sent[] =>
  reports.map(({ marker, parties }) => ({
    marker,
    run,
    act: 'report',
    version: 1,
    audiences: ['control', ...parties.map((party) => party.toLowerCase())],
    outcome: 'accepted',
    id: marker.replace('.', '-'),
  }));

/** The file of the drill. */
export function drillFile(reports: readonly DrillReport[]): string {
  const at = (ms: number): string => new Date(START + ms).toISOString();
  const inAll = (text: string) => ({ 'ja-JP': text, 'ko-KR': text, 'en-US': text });
  const headlines = (text: string) => ({
    'ja-JP': { headline: text },
    'ko-KR': { headline: text },
    'en-US': { headline: text },
  });
  // Every JSON document is a YAML document.
  return JSON.stringify({
    format: 'triwatch/scenario/1',
    id: DRILL,
    kind: 'fictional',
    job: 'exercise',
    names: inAll('Torture'),
    summary: inAll('Made for the history checker.'),
    timeZone: 'UTC',
    parties: PARTIES,
    actors: { control: { names: inAll('Exercise control') } },
    chapters: [{ id: 'all', names: inAll('All'), from: at(0), to: new Date(END).toISOString(), default: true }],
    timeline: reports.map(({ marker, atMs, parties }) => ({
      id: marker.replace('.', '-'),
      kind: 'report',
      time: { precision: 'exact', at: at(atMs) },
      actor: 'control',
      texts: headlines(withMarker(marker)),
      known: parties.map((who) => ({ who, at: at(atMs), precision: 'exact', basis: 'scripted' })),
    })),
  });
}
