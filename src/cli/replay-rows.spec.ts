import type { FeedItem } from '../core/wire/feed.js';
import { rowsOf } from './replay-rows.js';

const seat = (audience: string, id: string, language: string, timeZone: string) => ({
  audience,
  desk: { id, names: {}, language, timeZone },
});
const SEATS = [seat('jp', 'jp-cas', 'ja-JP', 'Asia/Tokyo'), seat('kr', 'kr-jcs', 'ko-KR', 'Asia/Seoul')];
const STYLE = { quiet: (text: string) => text, urgent: (text: string) => `!${text}` };

const item = (id: string, at: string, severity?: string): FeedItem => ({
  seq: 1,
  kind: 'report',
  id,
  version: 1,
  late: false,
  realAt: '',
  body: {
    mode: 'exercise',
    texts: { 'ja-JP': { headline: `${id}砲撃` }, 'ko-KR': { headline: `${id}포격` } },
    known: { at, basis: 'recorded' },
    severity,
  },
});

it('shares a row between desks that knew at the same time, and sorts rows by run time', () => {
  const rows = rowsOf(
    [
      { desk: 'kr-jcs', item: item('b', '2010-11-23T06:00:00Z') },
      { desk: 'jp-cas', item: item('b', '2010-11-23T06:00:00Z') },
      { desk: 'kr-jcs', item: item('a', '2010-11-23T05:34:00Z', 'Extreme') },
      { desk: 'jp-cas', item: item('a', '2010-11-23T06:10:00Z') },
    ],
    SEATS,
    STYLE,
  );
  expect(rows).toEqual([
    ['', '11-23 14:34:00 KST\n![상황보고] a포격'],
    ['11-23 15:00:00 JST\n[状況報告] b砲撃', '11-23 15:00:00 KST\n[상황보고] b포격'],
    ['11-23 15:10:00 JST\n[状況報告] a砲撃', ''],
  ]);
});
