import { durationMsOf, isoOf, runTime, runTimeOf, wallTime } from './time.js';

describe('runTimeOf', () => {
  it.each([
    ['2010-11-23T05:34:00Z', Date.UTC(2010, 10, 23, 5, 34)],
    ['2010-11-23T14:34:00+09:00', Date.UTC(2010, 10, 23, 5, 34)],
    ['2010-11-22T19:34:00-10:00', Date.UTC(2010, 10, 23, 5, 34)],
    ['2010-11-23T05:34:00.007Z', Date.UTC(2010, 10, 23, 5, 34, 0, 7)],
  ])('reads %s as that instant', (iso, ms) => {
    expect(runTimeOf(iso)).toBe(ms);
  });

  it.each([
    '',
    'now',
    '2010-11-23T25:00:00Z',
    '2010-13-23T05:34:00Z',
    '2010-11-23',
    '2010-11-23T14:34:00',
    '2010-02-30T00:00:00Z',
  ])('gives NaN for %p', (text) => {
    expect(runTimeOf(text)).toBeNaN();
  });
});

describe('isoOf', () => {
  it.each([
    [runTime(0), '1970-01-01T00:00:00.000Z'],
    [runTimeOf('2010-11-23T14:34:00+09:00'), '2010-11-23T05:34:00.000Z'],
    [wallTime(Date.UTC(2026, 1, 28, 23, 59, 59, 999)), '2026-02-28T23:59:59.999Z'],
  ])('writes %d in UTC with milliseconds', (at, iso) => {
    expect(isoOf(at)).toBe(iso);
  });
});

describe('durationMsOf', () => {
  it.each([
    ['PT1S', 1_000],
    ['PT30M', 1_800_000],
    ['PT2H', 7_200_000],
    ['P1D', 86_400_000],
    ['P1DT2H3M4S', 93_784_000],
    ['PT90M', 5_400_000],
    ['PT0S', 0],
  ])('reads %s as %d ms', (iso, ms) => {
    expect(durationMsOf(iso)).toBe(ms);
  });

  it.each(['', 'P', 'PT', 'P1DT', 'PT1', 'P1W', 'P1M', 'PT-5M', 'PT1.5H', 'pt5m', ' PT5M', 'PT5M ', 'PT5S3M'])(
    'takes %p for no duration',
    (text) => {
      expect(durationMsOf(text)).toBeUndefined();
    },
  );
});
