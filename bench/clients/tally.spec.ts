import { addFaults, noFaults, Tally } from './tally.js';

/** Two consoles of one feed and one of another; each gets the alerts 10 to 13 as told here. */
function tallyOf(...deliveries: number[][]): Tally {
  const tally = new Tally(10, 4, ['jp', 'jp', 'kr']);
  deliveries.forEach((numbers, console) => numbers.forEach((number, at) => tally.deliver(console, number, at)));
  return tally;
}

const WHOLE = [10, 11, 12, 13];

describe('counting deliveries', () => {
  it('finds no fault where all is well', () => {
    const tally = tallyOf(WHOLE, WHOLE, WHOLE);
    expect(tally.faultsAt(4)).toEqual(noFaults());
    expect(tally.deliveries).toBe(12);
  });

  it('takes the order of a feed as it is, the same at all its consoles', () => {
    expect(tallyOf([11, 10, 13, 12], [11, 10, 13, 12], WHOLE).faultsAt(4)).toEqual(noFaults());
  });

  it('notices a loss', () => {
    expect(tallyOf(WHOLE, [10, 12, 13], WHOLE).faultsAt(4)).toEqual({ ...noFaults(), losses: 1 });
  });

  it('notices that the last one is missing everywhere', () => {
    const part = [10, 11, 12];
    expect(tallyOf(part, part, part).faultsAt(4)).toEqual({ ...noFaults(), losses: 3 });
    expect(tallyOf(part, part, part).faultsAt(3)).toEqual(noFaults());
  });

  it('notices a delivery that came twice', () => {
    expect(tallyOf(WHOLE, [10, 11, 11, 12, 13], WHOLE).faultsAt(4)).toEqual({ ...noFaults(), duplicates: 1 });
  });

  it('notices a swap', () => {
    expect(tallyOf(WHOLE, [10, 12, 11, 13], WHOLE).faultsAt(4)).toEqual({ ...noFaults(), disorder: 1 });
  });

  it('counts gaps as it is told', () => {
    const tally = tallyOf(WHOLE, WHOLE, WHOLE);
    tally.gap();
    expect(tally.faultsAt(4)).toEqual({ ...noFaults(), gaps: 1 });
  });

  it('leaves out consoles that are not to get anything, and alerts of other windows', () => {
    const tally = tallyOf([9, ...WHOLE, 14], WHOLE, [10]);
    expect(tally.faultsAt(4, (console) => console !== 2)).toEqual(noFaults());
    expect(tally.deliveries).toBe(9);
  });

  it('does not miss an alert that was refused, whether it came or not', () => {
    const tally = tallyOf(WHOLE, [10, 12, 13], WHOLE);
    tally.exclude([1]);
    tally.deliver(1, 11, 9);
    expect(tally.faultsAt(4)).toEqual(noFaults());
    expect(tally.deliveries).toBe(9);
  });

  it('knows when the last console got an alert', () => {
    const tally = new Tally(0, 2, ['jp', 'kr']);
    tally.deliver(0, 0, 5);
    tally.deliver(1, 0, 9);
    tally.deliver(1, 1, 12);
    expect([...tally.lastAtOf]).toEqual([9, 12]);
    expect(tally.lastAt).toBe(12);
  });

  it('adds faults up', () => {
    const some = { losses: 1, duplicates: 2, disorder: 3, gaps: 4 };
    expect(addFaults(some, some)).toEqual({ losses: 2, duplicates: 4, disorder: 6, gaps: 8 });
  });
});
