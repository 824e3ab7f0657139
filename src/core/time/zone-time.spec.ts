import { clockTime, instantIn, isoDate, offsetMinutes, timeWithZone, zoneLabel } from './zone-time.js';

const FIRST_SHELL = Date.parse('2010-11-23T14:34:00+09:00');

describe('zone labels', () => {
  it.each([
    ['Asia/Tokyo', '2010-11-23T05:34:00Z', 'JST'],
    ['Asia/Seoul', '2010-11-23T05:34:00Z', 'KST'],
    ['Asia/Seoul', '1988-07-01T00:00:00Z', 'UTC+10:00'],
    ['Pacific/Honolulu', '2010-11-23T05:34:00Z', 'HST'],
    ['Pacific/Guam', '2010-11-23T05:34:00Z', 'ChST'],
    ['UTC', '2010-11-23T05:34:00Z', 'UTC'],
    ['America/New_York', '2010-11-23T05:34:00Z', 'EST'],
    ['America/New_York', '2010-07-01T05:34:00Z', 'EDT'],
    ['America/Los_Angeles', '2010-07-01T05:34:00Z', 'PDT'],
    ['Asia/Taipei', '2010-11-23T05:34:00Z', 'UTC+08:00'],
    ['Asia/Kolkata', '2010-11-23T05:34:00Z', 'UTC+05:30'],
    ['America/St_Johns', '2010-11-23T05:34:00Z', 'UTC-03:30'],
  ])('%s at %s is %s', (zone, at, label) => {
    expect(zoneLabel(Date.parse(at), zone)).toBe(label);
  });
});

describe('times of day', () => {
  it.each([
    ['Asia/Tokyo', '14:34:00 JST'],
    ['Asia/Seoul', '14:34:00 KST'],
    ['Pacific/Honolulu', '19:34:00 HST'],
    ['UTC', '05:34:00 UTC'],
  ])('the first shell in %s', (zone, text) => {
    expect(timeWithZone(FIRST_SHELL, zone)).toBe(text);
  });

  it('writes midnight as 00, never as 24', () => {
    expect(clockTime(Date.parse('2010-11-23T15:00:00Z'), 'Asia/Seoul')).toBe('00:00:00');
  });

  it('knows that Honolulu is still in the day before', () => {
    expect(isoDate(FIRST_SHELL, 'Asia/Seoul')).toBe('2010-11-23');
    expect(isoDate(FIRST_SHELL, 'Pacific/Honolulu')).toBe('2010-11-22');
  });

  it('gives offsets with their sign, also before 1970 and at odd milliseconds', () => {
    expect(offsetMinutes(FIRST_SHELL + 1, 'Asia/Seoul')).toBe(540);
    expect(offsetMinutes(FIRST_SHELL + 999, 'Pacific/Honolulu')).toBe(-600);
    expect(offsetMinutes(-1, 'Asia/Tokyo')).toBe(540);
  });
});

it.each([
  ['Asia/Seoul', '2010-11-23T14:34:05+09:00', { year: 2010, month: 11, day: 23 }, { hour: 14, minute: 34, second: 5 }],
  // Noon of the day on which summer time ended at two o'clock.
  [
    'America/New_York',
    '2010-11-07T12:00:00-05:00',
    { year: 2010, month: 11, day: 7 },
    { hour: 12, minute: 0, second: 0 },
  ],
])('finds the instant of a reading in %s: %s', (zone, at, date, time) => {
  expect(instantIn(zone, date, time)).toBe(Date.parse(at));
});
