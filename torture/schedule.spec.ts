import { FAULTS, kindsOf, schedule, type Fault, type Shape } from './schedule.js';

const SHAPES: Shape[] = ['served', 'embedded'];
const ask = (seed: number, shape: Shape, faults = 30): Fault[] =>
  schedule({ seed, shape, faults, durationMs: 120_000 });

describe('the schedule of faults', () => {
  it.each(SHAPES)('is the same for the same seed and another for another, %s', (shape) => {
    expect(ask(7, shape)).toEqual(ask(7, shape));
    expect(ask(7, shape)).not.toEqual(ask(8, shape));
  });

  it('stays what it was when it was recorded, so that an old seed repeats an old run', () => {
    expect(schedule({ seed: 1, shape: 'embedded', faults: 3, durationMs: 30_000 })).toMatchInlineSnapshot(`
      [
        {
          "at": 7959,
          "kind": "stall-consoles",
          "lastsMs": 3981,
          "target": 0,
        },
        {
          "at": 13440,
          "kind": "kill-main",
          "lastsMs": 1722,
          "target": 0,
        },
        {
          "at": 21236,
          "kind": "refuse-consoles",
          "lastsMs": 1119,
          "target": 0,
        },
      ]
    `);
  });

  it.each([0, 1, 15, 100])('has the number of faults that was asked for: %s', (faults) => {
    expect(SHAPES.map((shape) => ask(3, shape, faults)).map(({ length }) => length)).toEqual([faults, faults]);
  });

  it.each(SHAPES)('deals every kind before one comes twice, %s', (shape) => {
    const kinds = kindsOf(shape);
    const dealt = ask(11, shape, kinds.length).map(({ kind }) => kind);
    expect([...dealt].sort()).toEqual([...kinds].sort());
  });

  it.each(SHAPES)('begins in order and lasts as long as its kind may, %s', (shape) => {
    const faults = ask(5, shape);
    expect(faults.map(({ at }) => at)).toEqual(faults.map(({ at }) => at).sort((one, other) => one - other));
    for (const { kind, lastsMs } of faults) {
      expect(lastsMs).toBeGreaterThanOrEqual(FAULTS[kind].lasts[0]);
      expect(lastsMs).toBeLessThanOrEqual(FAULTS[kind].lasts[1]);
    }
  });

  it.each([1, 2, 3, 4, 5])('never has two gateways down at once, nor two faults of one group, seed %s', (seed) => {
    for (const group of ['main', 'worker', 'postgres', 'redis']) {
      const faults = SHAPES.flatMap((shape) => [ask(seed, shape).filter(({ kind }) => FAULTS[kind].group === group)]);
      for (const of of faults) {
        of.slice(1).forEach(({ at }, index) => expect(at).toBeGreaterThan(of[index]!.at + of[index]!.lastsMs));
      }
    }
  });
});
