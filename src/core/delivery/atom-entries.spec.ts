import type { FeedItem } from '../wire/feed.js';
import { ENTRIES_A_PAGE, PAGE_BYTES, atomPage, entryId, pageBefore, xmlText, type AtomSource } from './atom-entries.js';

const NAMES = { 'ja-JP': '演習', 'ko-KR': '훈련', 'en-US': 'Drill' };

const item = (
  seq: number,
  more: Partial<Omit<FeedItem, 'body'>> = {},
  body: Partial<FeedItem['body']> = {},
): FeedItem => ({
  seq,
  kind: 'alert',
  id: 'a',
  version: seq,
  late: false,
  realAt: `2026-01-01T00:00:${String(seq % 60).padStart(2, '0')}.000Z`,
  ...more,
  body: {
    mode: 'exercise',
    texts: {
      'ja-JP': { headline: '【訓練】発射【訓練】', description: '【訓練】詳細【訓練】' },
      'en-US': { headline: 'EXERCISE Launch EXERCISE' },
    },
    known: { at: '2010-11-23T05:34:00.000Z', basis: 'event' },
    ...body,
  },
});

const source = (items: FeedItem[], more: Partial<AtomSource> = {}): AtomSource => ({
  run: 'drill-1',
  audience: 'kr',
  runNames: NAMES,
  audienceNames: { 'ko-KR': '대한민국', 'en-US': 'Republic of Korea' },
  mode: 'exercise',
  job: 'exercise',
  epoch: 2,
  startedAt: '2026-01-01T00:00:00.000Z',
  items,
  ...more,
});

const page = (
  items: FeedItem[],
  language = 'en-US',
  more: Partial<AtomSource> = {},
  texts?: FeedItem['body']['texts'],
): ReturnType<typeof atomPage> =>
  atomPage(source(texts ? items.map((one) => ({ ...one, body: { ...one.body, texts } })) : items, more), language);

describe('atom pages', () => {
  it.each([
    [1, { after: 0, last: 0 }],
    [2, { after: 0, last: 1 }],
    [ENTRIES_A_PAGE + 1, { after: 0, last: ENTRIES_A_PAGE }],
    [ENTRIES_A_PAGE + 2, { after: 1, last: ENTRIES_A_PAGE + 1 }],
  ])('before %i hold %j', (before, expected) => {
    expect(pageBefore(before)).toEqual(expected);
  });

  it('hold the newest first, and go on with what is older', () => {
    const { entries, next, updated } = page([item(41), item(42), item(43)]);
    expect(entries.map(({ item: { seq } }) => seq)).toEqual([43, 42, 41]);
    expect(next).toBe(41);
    expect(updated).toBe(item(43).realAt);
  });

  it('are cut where they grow too large, after one entry at least, and lead on from there', () => {
    const of = (bytes: number): ReturnType<typeof atomPage> =>
      page(
        Array.from({ length: 9 }, (_, index) => item(index + 1)),
        'en-US',
        {},
        { 'en-US': { headline: 'x'.repeat(bytes) } },
      );
    const { entries, next } = of(PAGE_BYTES / 8);
    expect(entries.map(({ item: { seq } }) => seq)).toEqual([9, 8, 7]);
    expect(next).toBe(7);
    expect(of(PAGE_BYTES)).toMatchObject({ entries: [{ item: { seq: 9 } }], next: 9 });
  });

  it('leave out alerts that have left the feed, and go on behind them', () => {
    const items = [item(3, { id: 'old' }), item(4), item(5, { id: 'old' }), item(6, { id: 'old', kind: 'report' })];
    const { entries, next } = page(items, 'en-US', { gone: new Set(['old']) });
    expect(entries.map(({ item: { seq } }) => seq)).toEqual([6, 4]);
    expect(next).toBe(3);
  });

  it('lead to the document of a version that has one', () => {
    const items = [item(1), item(2), item(2, { seq: 3, kind: 'report' })];
    const { entries } = page(items, 'en-US', { documents: new Set(['a 2']) });
    expect(entries.map(({ cap }) => cap)).toEqual([undefined, 'cap/a/2', undefined]);
  });

  it('end with the first item of the epoch', () => {
    expect(page([item(1), item(2)])).not.toHaveProperty('next');
  });

  it('of an epoch without items say when the run began', () => {
    expect(page([])).toMatchObject({ entries: [], updated: '2026-01-01T00:00:00.000Z' });
    expect(page([])).not.toHaveProperty('next');
  });

  it('are the same whenever they are made', () => {
    expect(page([item(1)])).toEqual(page([item(1)]));
  });

  it('say why their epoch was opened', () => {
    expect(page([])).not.toHaveProperty('reason');
    expect(page([], 'en-US', { reason: 'REWOUND' })).toMatchObject({ epoch: 2, reason: 'REWOUND' });
  });

  it.each([
    ['en-US', 'exercise', 'exercise', 'en-US', 'EXERCISE Drill: Republic of Korea EXERCISE'],
    ['ja-JP', 'exercise', 'exercise', 'ja-JP', '【訓練】演習: Republic of Korea【訓練】'],
    ['ko', 'watch', 'test', 'ko-KR', '[시험] 훈련: 대한민국 [시험]'],
    ['fr-FR', 'replay', 'exercise', 'en-US', 'REPLAY Drill: Republic of Korea REPLAY'],
    ['en-US', 'watch', 'actual', 'en-US', 'Drill: Republic of Korea'],
  ] as const)('in %s of a %s in mode %s have a marked title in %s', (wanted, job, mode, language, title) => {
    expect(page([], wanted, { job, mode })).toMatchObject({ language, title });
  });

  it('name an audience without names by its id', () => {
    expect(page([], 'en-US', { audience: 'control', audienceNames: undefined }).title).toBe(
      'EXERCISE Drill: control EXERCISE',
    );
  });
});

describe('atom entries', () => {
  const entry = (one: FeedItem, language?: string): ReturnType<typeof atomPage>['entries'][number] => {
    const [only] = page([one], language).entries;
    return only!;
  };

  it('have an id of their own for each version and each epoch (pitfall 25)', () => {
    const key = { run: 'drill-1', audience: 'kr' };
    const ids = [
      ...page([item(1), item(2)]).entries.map(({ id }) => id),
      ...page([item(1), item(2)], 'en-US', { epoch: 3 }).entries.map(({ id }) => id),
      entryId({ ...key, audience: 'jp' }, { epoch: 2, seq: 1 }),
      entryId({ ...key, run: 'drill-2' }, { epoch: 2, seq: 1 }),
    ];
    expect(ids[1]).toBe('urn:triwatch:drill-1:kr:2:1');
    expect(new Set(ids).size).toBe(6);
  });

  it('have the same id in every language', () => {
    expect(entry(item(1), 'ja-JP').id).toBe(entry(item(1), 'en-US').id);
  });

  it.each([
    ['ja-JP', 'ja-JP', '【訓練】発射【訓練】', '【訓練】詳細【訓練】', '【訓練】発射【訓練】\n\n【訓練】詳細【訓練】'],
    ['en-US', 'en-US', 'EXERCISE Launch EXERCISE', undefined, 'EXERCISE Launch EXERCISE'],
    ['en-GB', 'en-US', 'EXERCISE Launch EXERCISE', undefined, 'EXERCISE Launch EXERCISE'],
    ['ko-KR', 'en-US', 'EXERCISE Launch EXERCISE', undefined, 'EXERCISE Launch EXERCISE'],
  ])('asked for in %s are in %s, with their markers', (wanted, language, title, summary, content) => {
    expect(entry(item(1), wanted)).toMatchObject({ language, title, content });
    expect(entry(item(1), wanted).summary).toBe(summary);
  });

  it('hold the question of an inject', () => {
    const inject = {
      deadlineAt: '2010-11-23T06:00:00.000Z',
      question: { 'en-US': { headline: 'EXERCISE Tell whom? EXERCISE', description: 'EXERCISE Choose. EXERCISE' } },
    };
    expect(entry(item(1, { kind: 'inject' }, { inject })).content).toBe(
      'EXERCISE Launch EXERCISE\n\nEXERCISE Tell whom? EXERCISE\n\nEXERCISE Choose. EXERCISE',
    );
  });

  it('say kind, mode, severity, and that they came late', () => {
    const terms = (one: FeedItem): string[] =>
      entry(one).categories.map(({ scheme, term }) => `${scheme.split(':')[2]} ${term}`);
    expect(terms(item(1))).toEqual(['kind alert', 'mode exercise']);
    expect(terms(item(1, { late: true }, { severity: 'Extreme' }))).toEqual([
      'kind alert',
      'mode exercise',
      'severity Extreme',
      'late late',
    ]);
  });

  it('name who acts, in the language of the entry', () => {
    const actor = { 'ja-JP': '統合参謀本部', 'en-US': 'Joint Chiefs' };
    expect(entry(item(1, {}, { actor }), 'ja-JP').author).toBe('統合参謀本部');
    expect(entry(item(1, {}, { actor }), 'ko-KR').author).toBe('Joint Chiefs');
    expect(entry(item(1))).not.toHaveProperty('author');
  });

  it('survive an item without texts', () => {
    expect(entry(item(1, {}, { texts: {} }), 'ko-KR')).toMatchObject({ language: 'ko-KR', title: '', content: '' });
  });
});

describe('xml text', () => {
  it.each([
    ['plain', 'plain'],
    ['tab\tand\nline', 'tab\tand\nline'],
    ['a\r\nb\rc', 'a\nb\nc'],
    ['\u0000bell\u0007 \u001b[31m \u000b\u000c', 'bell [31m '],
    ['lone \ud800 and \udc00', 'lone  and '],
    ['pair \ud83d\ude80', 'pair \ud83d\ude80'],
    ['\ufffe\uffff\ufffd', '\ufffd'],
    ['<a href="x">&amp;</a>', '<a href="x">&amp;</a>'],
    ['【訓練】미사일', '【訓練】미사일'],
  ])('of %j is %j', (text, expected) => {
    expect(xmlText(text)).toBe(expected);
  });
});
