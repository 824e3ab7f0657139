import { countdown, duration, instantFrom, localDate, type DurationWords } from './time-format.js';

const FIRST_SHELL = Date.parse('2010-11-23T14:34:00+09:00');
const words: DurationWords = {
  days: (n) => `${n} d`,
  hours: (n) => `${n} h`,
  minutes: (n) => `${n} min`,
  seconds: (n) => `${n} s`,
  join: ' ',
};

it.each([
  ['ja-JP', '2010年11月23日'],
  ['ko-KR', '2010년 11월 23일'],
  ['en-US', '23 Nov 2010'],
])('writes the day in %s', (language, text) => {
  expect(localDate(FIRST_SHELL, 'Asia/Seoul', language)).toBe(text);
});

describe('lengths of time', () => {
  it.each([
    [0, '0 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [96_000, '1 min 36 s'],
    [36 * 60_000, '36 min'],
    [3 * 3_600_000, '3 h'],
    [3 * 3_600_000 + 13 * 60_000 + 5000, '3 h 13 min'],
    [26 * 3_600_000 + 60_000, '1 d 2 h'],
    [-36 * 60_000, '36 min'],
  ])('%d ms is %s', (ms, text) => {
    expect(duration(ms, words)).toBe(text);
  });

  it.each([
    [30 * 60_000, '30:00'],
    [59_001, '1:00'],
    [1, '0:01'],
    [0, '0:00'],
    [-999, '0:00'],
    [-30_000, '-0:30'],
    [3_724_000, '1:02:04'],
  ])('counts %d ms down as %s', (ms, text) => {
    expect(countdown(ms)).toBe(text);
  });
});

describe('what a controller types', () => {
  const start = Date.parse('2010-11-23T08:00:00+09:00');
  const end = Date.parse('2010-11-24T00:00:00+09:00');

  it.each([
    ['15:10', '2010-11-23T06:10:00Z'],
    [' 15:10:30 ', '2010-11-23T06:10:30Z'],
    ['8:00', '2010-11-22T23:00:00Z'],
    ['00:00', '2010-11-23T15:00:00Z'],
    ['24:00', '2010-11-23T15:00:00Z'],
    ['2010-11-23 15:10', '2010-11-23T06:10:00Z'],
    ['2010-11-23T06:10:00Z', '2010-11-23T06:10:00Z'],
    ['2010-11-23T15:10:00+09:00', '2010-11-23T06:10:00Z'],
  ])('reads %p', (typed, at) => {
    expect(instantFrom(typed, 'Asia/Seoul', start, end)).toBe(Date.parse(at));
  });

  it.each(['', 'soon', '07:59', '25:00', '15:60', '15:10:99', '2010-11-24 15:10', '2010-11-23T99:00:00Z', '15.10'])(
    'refuses %p',
    (typed) => {
      expect(instantFrom(typed, 'Asia/Seoul', start, end)).toBeUndefined();
    },
  );

  it('finds a time on the second day of a longer run', () => {
    const later = Date.parse('2010-11-25T00:00:00+09:00');
    expect(instantFrom('07:00', 'Asia/Seoul', start, later)).toBe(Date.parse('2010-11-24T07:00:00+09:00'));
  });

  it('reads a local time on the day when summer time ends', () => {
    const day = [Date.parse('2010-11-07T00:00:00-04:00'), Date.parse('2010-11-08T00:00:00-05:00')] as const;
    expect(instantFrom('12:00', 'America/New_York', ...day)).toBe(Date.parse('2010-11-07T12:00:00-05:00'));
  });
});
