import type { ItemBody } from '../../src/core/incident/item.js';
import { delayWords, eventTime, knownTime } from './item-time.js';
import { deskEnUs } from './messages/desk.en-US.js';
import { deskJaJp } from './messages/desk.ja-JP.js';

const body = (event: ItemBody['event'], known = '2010-11-23T05:40:00.000Z', precision?: string): ItemBody => ({
  mode: 'exercise',
  texts: {},
  event,
  known: { at: known, basis: 'recorded', precision },
});

describe('when it happened', () => {
  it.each([
    ['exact', undefined, '14:34:00 KST'],
    ['approximate', undefined, '14:34 KST'],
    ['range', '2010-11-23T05:44:00Z', '14:34–14:44 KST'],
    ['exact', '2010-11-23T05:46:00Z', '14:34:00–14:46:00 KST'],
  ] as const)('%s until %s is %s', (precision, until, text) => {
    const shown = eventTime(body({ precision, at: '2010-11-23T05:34:00Z', until }), 'Asia/Seoul', 'en-US');
    expect(shown).toMatchObject({ text, precision });
  });

  it('keeps the seconds of an approximate time that has some', () => {
    const shown = eventTime(body({ precision: 'approximate', at: '2010-11-23T05:34:20Z' }), 'Asia/Seoul', 'en-US');
    expect(shown?.text).toBe('14:34:20 KST');
  });

  it('names the day when it is another one than that of the knowledge', () => {
    const late = body({ precision: 'exact', at: '2010-11-22T05:34:00Z' });
    expect(eventTime(late, 'Asia/Tokyo', 'ja-JP')?.text).toBe('2010年11月22日 14:34:00 JST');
  });

  it('is undefined for what is no event', () => {
    expect(eventTime(body(undefined), 'UTC', 'en-US')).toBeUndefined();
  });
});

it('shows when it was known with its own precision', () => {
  expect(knownTime(body(undefined), 'Pacific/Honolulu').text).toBe('19:40:00 HST');
  expect(knownTime(body(undefined, '2010-11-23T05:40:00Z', 'approximate'), 'Asia/Tokyo').text).toBe('14:40 JST');
});

describe('the delay in words', () => {
  it.each([
    [0, 'as it happened'],
    [36 * 60_000, '36 min after it happened'],
    [-36 * 60_000, '36 min before'],
  ])('%d ms is %p', (ms, text) => {
    expect(delayWords(ms, deskEnUs)).toBe(text);
  });

  it('is written as a Japanese desk writes it', () => {
    expect(delayWords(76 * 60_000, deskJaJp)).toBe('発生から1時間16分後');
  });
});
