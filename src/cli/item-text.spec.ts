import type { FeedItem } from '../core/wire/feed.js';
import { detailLines, headlineIn, inLanguage, knownText, titleText } from './item-text.js';

const JP = { language: 'ja-JP', timeZone: 'Asia/Tokyo' };
const US = { language: 'en-US', timeZone: 'Pacific/Honolulu' };

function item(changes: Partial<FeedItem> = {}, body: Partial<FeedItem['body']> = {}): FeedItem {
  return {
    seq: 1,
    kind: 'report',
    id: 'first-barrage',
    version: 1,
    late: false,
    realAt: '2026-11-24T00:00:00.000Z',
    ...changes,
    body: {
      mode: 'exercise',
      texts: { 'ja-JP': { headline: '砲撃' }, 'ko-KR': { headline: '포격' }, 'en-US': { headline: 'Shelling' } },
      event: { precision: 'exact', at: '2010-11-23T05:34:00.000Z' },
      known: { at: '2010-11-23T06:10:00.000Z', basis: 'recorded' },
      ...body,
    },
  };
}

it.each([
  ['ja-JP', 'ja'],
  ['ja', 'ja'],
  ['en-GB', 'en'],
  ['zh-TW', 'en'],
])('inLanguage(%s)', (language, expected) => {
  expect(inLanguage({ 'ko-KR': 'ko', 'ja-JP': 'ja', 'en-US': 'en' }, language)).toBe(expected);
});

it('takes any language rather than none', () => {
  expect(headlineIn({ 'ko-KR': { headline: '포격' } }, 'zh-TW')).toBe('포격');
  expect(inLanguage({}, 'en-US')).toBeUndefined();
});

it('tells the time of knowing in the zone of the desk, with the delay', () => {
  expect(knownText(item(), JP)).toBe('11-23 15:10:00 JST +0:36:00');
  expect(knownText(item(), US)).toBe('11-22 20:10:00 HST +0:36:00');
  expect(knownText(item({}, { event: undefined }), JP)).toBe('11-23 15:10:00 JST');
});

it('marks a delay between times that are not exact', () => {
  const known = { at: '2010-11-23T06:10:00.000Z', basis: 'published', precision: 'approximate' };
  expect(knownText(item({}, { known }), JP)).toBe('11-23 15:10:00 JST ~+0:36:00');
});

it('titles in the language of the desk, with kind, version, match and lateness', () => {
  expect(titleText(item(), JP)).toBe('[状況報告] 砲撃');
  const match = { verdict: 'unannounced' as const, launch: 'launch-1' };
  expect(titleText(item({ kind: 'alert', version: 2, late: true }, { match }), US)).toBe(
    '[ALERT · v2 · no advance notice · arrived late] Shelling',
  );
});

it('shows an inject with its question and deadline', () => {
  const inject = { deadlineAt: '2010-11-23T07:00:00.000Z', question: { 'ja-JP': { headline: '対応は？' } } };
  expect(detailLines(item({ kind: 'inject' }, { inject }), JP)).toEqual(['対応は？ (回答期限 11-23 16:00:00 JST)']);
});
