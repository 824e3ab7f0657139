import type { Cursor } from '../../src/core/wire/feed.js';
import { CHANNELS } from '../../src/modules/realtime/channel.js';
import { Client } from '../support/client.js';
import { eventually } from '../support/eventually.js';
import { READERS, readItem, type FeedReader, type ReadItem, type ReaderOptions } from '../support/feed-reader.js';
import { ALERT, SCENARIO } from '../support/requests.js';
import { SteeredRun } from '../support/steered-run.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { queryAsAdmin } from '../support/test-database.js';

const EARLY = '2031-05-20T09:20:00+09:00';
const MIDDLE = '2031-05-20T09:40:00+09:00';
/** More than any channel hands over at once. */
const MANY = 230;
const MARKERS: Record<string, string> = { 'ja-JP': '【訓練】', 'ko-KR': '[훈련]', 'en-US': 'EXERCISE' };

const positions = (items: readonly Cursor[]): Cursor[] => items.map(({ epoch, seq }) => ({ epoch, seq }));
const upTo = (last: number, epoch: number, first = 1): Cursor[] =>
  Array.from({ length: last - first + 1 }, (_, index) => ({ epoch, seq: first + index }));

describe('channels', () => {
  let service: TestApp;
  let officer: Client;
  let sender: Client;
  /** A run that stands in the middle of its chapter, with an alert that was updated and cancelled. */
  let run: SteeredRun;
  let alert: string;

  beforeAll(async () => {
    service = await startTestApp();
    officer = await Client.signIn(service.url, 'kr-jcs');
    sender = await Client.signIn(service.url, 'jp-cas');
    run = await SteeredRun.start(service, SCENARIO);
    await run.jump(MIDDLE);
    alert = await issue(run);
    await sender.post(`/alerts/${alert}/update?run=${run.id}`, ALERT);
    await sender.post(`/alerts/${alert}/cancel?run=${run.id}`, {});
    await run.settled();
    // Everything that a jump sends is late. Nobody has followed this feed yet.
    await queryAsAdmin(
      service.database,
      `UPDATE feed_items SET late = (seq = 2) WHERE run_id = $1 AND audience = 'kr'`,
      [run.id],
    );
  }, 120_000);
  afterAll(() => service.stop());

  async function issue(of: SteeredRun): Promise<string> {
    const { status, body } = await sender.post<{ id: string }>(`/alerts?run=${of.id}`, ALERT);
    expect(status).toBe(201);
    return body.id;
  }

  /** What the feed of KR holds by the record. */
  const recorded = async (of = run, epoch = 1): Promise<ReadItem[]> =>
    (await of.feed('kr')).map((item) => readItem(item, epoch));

  describe.each(CHANNELS)('%s', (channel) => {
    const readers: FeedReader[] = [];
    afterEach(async () => {
      await Promise.all(readers.splice(0).map((reader) => reader.close()));
    });

    async function open(of = run, more: Partial<ReaderOptions> = {}): Promise<FeedReader> {
      const options = { token: officer.token, run: of.id, desk: 'kr-jcs', audience: 'kr', ...more };
      const reader = await READERS[channel](service.url, options);
      readers.push(reader);
      return reader;
    }

    const has = (reader: FeedReader, count: number): Promise<true> =>
      eventually(`${count} items`, () => reader.items.length >= count);

    const refusal = (options: Partial<ReaderOptions>): Promise<string | undefined> =>
      open(run, options).then(
        () => undefined,
        ({ code }: { code?: string }) => code,
      );

    it('gives every item of its audience, in order, once and without a gap', async () => {
      const expected = await recorded();
      expect(expected.length).toBeGreaterThan(5);
      const reader = await open();
      await has(reader, expected.length);
      expect(reader.items).toEqual(expected);
      expect(positions(reader.items)).toEqual(upTo(expected.length, 1));
      expect(reader.resets).toEqual([]);
    });

    it('gives a reader that comes back exactly what it lacks (pitfall 8)', async () => {
      const expected = await recorded();
      for (const seq of [1, 3, expected.length - 1]) {
        const reader = await open(run, { cursor: { epoch: 1, seq } });
        await has(reader, expected.length - seq);
        expect(reader.items).toEqual(expected.slice(seq));
        expect(reader.resets).toEqual([]);
      }
    });

    it('gives what is appended while somebody reads, and while nobody does', async () => {
      const moving = await SteeredRun.start(service, SCENARIO);
      await moving.jump(EARLY);
      const first = await open(moving);
      const start = (await recorded(moving)).length;
      await has(first, start);
      await issue(moving);
      await has(first, start + 1);
      await first.close();
      const cursor = positions(first.items).at(-1);
      await issue(moving);
      await issue(moving);
      await moving.settled();
      const second = await open(moving, { cursor });
      await has(second, 2);
      await issue(moving);
      await has(second, 3);
      expect([...first.items, ...second.items]).toEqual(await recorded(moving));
    });

    it('loses nothing of a long feed while it grows', async () => {
      const long = await SteeredRun.start(service, SCENARIO);
      const some = async (count: number): Promise<void> => {
        for (let left = count; left > 0; left -= 10) {
          await Promise.all(Array.from({ length: Math.min(10, left) }, () => issue(long)));
        }
      };
      await some(MANY);
      const [reader] = await Promise.all([open(long), some(40)]);
      // The notice that stands when the chapter begins comes first.
      await has(reader, 1 + MANY + 40);
      expect(positions(reader.items)).toEqual(upTo(1 + MANY + 40, 1));
      expect(reader.items).toEqual(await recorded(long));
    }, 120_000);

    it('tells a jump back as a new epoch, and follows it (pitfall 17)', async () => {
      const moved = await SteeredRun.start(service, SCENARIO);
      await moved.jump(MIDDLE);
      const before = await recorded(moved);
      const reader = await open(moved);
      await has(reader, before.length);
      await moved.jump(EARLY);
      const anew = await recorded(moved, 2);
      expect(anew.length).toBeGreaterThan(0);
      expect(anew.length).toBeLessThan(before.length);
      await has(reader, before.length + anew.length);
      await issue(moved);
      await has(reader, before.length + anew.length + 1);
      expect(reader.items).toEqual([...before, ...(await recorded(moved, 2))]);
      expect(reader.resets).toEqual([{ epoch: 2, seq: 0 }]);
      const returned = await open(moved, { cursor: { epoch: 1, seq: before.length } });
      await has(returned, anew.length + 1);
      expect(returned.items).toEqual(await recorded(moved, 2));
      expect(returned.resets).toEqual([{ epoch: 2, seq: 0 }]);
    });

    it('begins anew for a position that the feed does not have', async () => {
      const expected = await recorded();
      for (const cursor of [
        { epoch: 1, seq: expected.length + 1 },
        { epoch: 9, seq: 1 },
      ]) {
        const reader = await open(run, { cursor });
        await has(reader, expected.length);
        expect(reader.items).toEqual(expected);
        expect(reader.resets).toEqual([{ epoch: 1, seq: 0 }]);
      }
    });

    it('takes no update and no cancel for a repetition (pitfall 25)', async () => {
      const reader = await open();
      await has(reader, (await recorded()).length);
      expect(reader.items.filter(({ id }) => id === alert).map(({ version }) => version)).toEqual([1, 2, 3]);
    });

    it('says of each item whether it came late, its mode, and its texts in three languages (pitfall 23)', async () => {
      const reader = await open();
      await has(reader, (await recorded()).length);
      expect(reader.items.filter(({ late }) => late).map(({ seq }) => seq)).toEqual([2]);
      for (const { mode, headlines } of reader.items) {
        expect(mode).toBe('exercise');
        expect(Object.keys(headlines).sort()).toEqual(Object.keys(MARKERS).sort());
        for (const [language, text] of Object.entries(headlines)) {
          const marker = MARKERS[language] ?? '';
          expect({ text, marked: text.startsWith(marker) && text.endsWith(marker) }).toEqual({ text, marked: true });
        }
      }
    });

    it.each([
      ['another audience', () => ({ audience: 'jp', desk: 'jp-cas' }), 'FORBIDDEN_FEED'],
      ['control', () => ({ audience: 'control', desk: 'control' }), 'FORBIDDEN_FEED'],
      ['an audience that is not there', () => ({ audience: 'none', desk: 'none' }), 'FORBIDDEN_FEED'],
      ['a run that is not there', () => ({ run: 'no-such-run' }), 'RUN_NOT_FOUND'],
      ['somebody who has not signed in', () => ({ token: '' }), 'UNAUTHENTICATED'],
      ['a forged token', () => ({ token: `${officer.token}x` }), 'UNAUTHENTICATED'],
    ])('refuses %s (pitfall 22)', async (_, options, code) => {
      expect(await refusal(options())).toBe(code);
    });
  });
});
