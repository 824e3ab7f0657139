import { delayText, shortTimeIn, timeIn } from './time-format.js';

const SHELLING = Date.parse('2010-11-23T14:34:00+09:00');

it.each([
  ['Asia/Tokyo', SHELLING, '2010-11-23 14:34:00 JST'],
  ['Asia/Seoul', SHELLING, '2010-11-23 14:34:00 KST'],
  ['Pacific/Honolulu', SHELLING, '2010-11-22 19:34:00 HST'],
  ['UTC', SHELLING, '2010-11-23 05:34:00 UTC'],
  ['Asia/Seoul', Date.parse('2010-11-23T15:00:00Z'), '2010-11-24 00:00:00 KST'],
])('timeIn(%s)', (zone, at, text) => {
  expect(timeIn(zone, at)).toBe(text);
  expect(shortTimeIn(zone, at)).toBe(text.slice(5));
});

it.each([
  [0, '+0:00:00'],
  [36 * 60_000, '+0:36:00'],
  [-5 * 60_000, '-0:05:00'],
  [100 * 3_600_000 + 1_000, '+100:00:01'],
  [59_500, '+0:01:00'],
  [-100, '+0:00:00'],
])('delayText(%d)', (ms, text) => {
  expect(delayText(ms)).toBe(text);
});
