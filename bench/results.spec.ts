import { failuresOf, faultsBySystem, linesOf, pooledP99, type Line, type Trial } from './results.js';
import { reportOf, tableOf } from './table.js';
import { plotOf } from './plot.js';

const trial = (
  system: Trial['system'],
  round: number,
  figures: Record<string, number>,
  more: Partial<Trial> = {},
): Trial => ({
  ...{ measure: 'burst', consoles: 1_000, round, system, figures },
  ...more,
});

const lineOf = (lines: Line[], system: string, key: string): Line | undefined =>
  lines.find((line) => line.system === system && line.figure.key === key);

describe('ratios', () => {
  const burst = [
    ...[10, 20, 40].map((value, round) => trial('plain-socketio', round, { deliveriesPerS: value, cpuMsPer100k: 10 })),
    ...[40, 70, 200].map((value, round) => trial('triwatch', round, { deliveriesPerS: value, cpuMsPer100k: 8 })),
  ];

  it('are to the base of the same round; their median is held against the target', () => {
    const line = lineOf(linesOf(burst), 'triwatch', 'deliveriesPerS');
    expect(line).toMatchObject({ ratio: { median: 4, min: 3.5, max: 5 }, value: { median: 70 }, met: true });
    expect(lineOf(linesOf(burst), 'triwatch', 'cpuMsPer100k')).toMatchObject({ ratio: { median: 0.8 }, met: false });
  });

  it('hold no other system against the targets of the service', () => {
    expect(lineOf(linesOf(burst), 'plain-socketio', 'deliveriesPerS')).not.toHaveProperty('met');
  });

  it('are missing, and no target is met, without the base', () => {
    const line = lineOf(linesOf([trial('triwatch', 0, { deliveriesPerS: 5 })]), 'triwatch', 'deliveriesPerS');
    expect(line).toMatchObject({ value: { median: 5 }, ratio: undefined, met: false });
  });

  it('hold p99 against twice the ratio of p50', () => {
    const paced = { measure: 'paced' as const, consoles: 300 };
    const trials = [
      trial('plain-socketio', 0, { p50Ms: 10, p99Ms: 20 }, paced),
      trial('triwatch', 0, { p50Ms: 15, p99Ms: 70 }, paced),
    ];
    const line = lineOf(linesOf(trials), 'triwatch', 'p99Ms');
    expect(line).toMatchObject({ target: { most: 3 }, met: false, ofMissed: false });
  });

  it('hold what is counted from the post against the same targets, and say when p99 follows from a missed p50', () => {
    const paced = { measure: 'paced' as const, consoles: 300 };
    const trials = [
      trial('plain-socketio', 0, { p50FromPostMs: 10, p99FromPostMs: 20 }, paced),
      trial('triwatch', 0, { p50FromPostMs: 20, p99FromPostMs: 70 }, paced),
    ];
    const lines = linesOf(trials);
    expect(lineOf(lines, 'triwatch', 'p50FromPostMs')).toMatchObject({ target: { most: 1.7 }, met: false });
    expect(lineOf(lines, 'triwatch', 'p99FromPostMs')).toMatchObject({
      target: { most: 4 },
      met: true,
      ofMissed: true,
    });
    expect(reportOf(trials, [])).toContain('met (of a missed p50)');
  });

  it('leave out a round in which the base is 0', () => {
    const sizes = [0, 10].map((value, round) => trial('plain-socketio', round, { deliveriesPerS: value }));
    const ours = [20, 20].map((value, round) => trial('triwatch', round, { deliveriesPerS: value }));
    const line = lineOf(linesOf([...sizes, ...ours]), 'triwatch', 'deliveriesPerS');
    expect(line).toMatchObject({ ratio: { median: 2, min: 2, max: 2 } });
  });
});

describe('what goes with the ratios', () => {
  it('sums the faults of a system over all its measures', () => {
    const faults = {
      losses: 1,
      duplicates: 0,
      disorder: 2,
      gaps: 0,
      reconnects: 1,
      refusedReceipts: 0,
      refusedAlerts: 0,
      deliveries: 10,
    };
    const trials = [
      trial('triwatch', 0, {}, { faults }),
      trial('triwatch', 1, {}, { faults }),
      trial('triwatch', 2, {}),
    ];
    expect(faultsBySystem(trials)).toEqual([
      { system: 'triwatch', ...faults, losses: 2, disorder: 4, reconnects: 2, deliveries: 20 },
    ]);
  });

  it('fails for a fault of the service or a measure without a figure, not for a fault of the others', () => {
    const none = {
      losses: 0,
      duplicates: 0,
      disorder: 0,
      gaps: 0,
      reconnects: 5,
      refusedReceipts: 0,
      refusedAlerts: 5,
    };
    const of = (system: Trial['system'], more: object) => ({ system, ...none, deliveries: 10, ...more });
    expect(failuresOf([], [of('triwatch', {}), of('plain-ws', { losses: 3 })])).toEqual([]);
    for (const fault of ['losses', 'duplicates', 'disorder', 'gaps']) {
      expect(failuresOf([], [of('triwatch-served', { [fault]: 1 })])).toHaveLength(1);
    }
    expect(failuresOf([trial('plain-ws', 0, {}, { error: 'burst: it ended' })], [])).toEqual(['burst: it ended']);
  });

  it('takes the p99 over the alerts of all rounds', () => {
    const rounds = [1, 2].map((round) =>
      trial(
        'triwatch',
        round,
        {},
        { measure: 'paced', samples: Array.from({ length: 100 }, (_, index) => index * round) },
      ),
    );
    expect(pooledP99(rounds, 1_000, 'triwatch')).toBe(194);
  });

  it('aligns the columns of a table', () => {
    expect(
      tableOf(
        ['a', 'b'],
        [
          ['long', '1'],
          ['x', ''],
        ],
      ),
    ).toBe('a     b\n----  -\nlong  1\nx');
  });

  it('draws a picture with every system', () => {
    const trials = ['plain-socketio', 'triwatch', 'plain-ws'].map((system, index) =>
      trial(system as Trial['system'], 0, { deliveriesPerS: 10 * (index + 1) }),
    );
    const svg = plotOf(linesOf(trials));
    expect(svg).toMatch(/^<svg [^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/);
    expect(svg).toContain('triwatch');
    expect(svg).toContain('plain-ws');
  });
});
