import type { FeedItem } from '../../src/core/wire/feed.js';
import type { Report } from '../../src/core/wire/report.js';
import { Client } from './client.js';
import { eventually } from './eventually.js';
import type { TestApp } from './test-app.js';

const HOUR_MS = 3_600_000;
/** Of Korea and Japan, whose time both scenarios keep. */
const OFFSET_MS = 9 * HOUR_MS;

export interface At {
  /** What happens then, as control sees it: exactly these items. */
  happens(...items: string[]): void;
  /** What an audience comes to know then: exactly these items, in the order in which they are told. */
  learns(audience: string, ...items: string[]): void;
}

export interface By {
  /** All that an audience knows by then, in the order in which it was told. */
  knows(audience: string, ...items: string[]): void;
  isNotToldOf(audience: string, ...items: string[]): void;
}

/**
 * A chapter of a scenario that was played, to be asked what happened `at('14:34')` and who knew `by('15:10')`. A time is one of
 * the scenario's day, with seconds where it has them. An item is named by its id; a later version of it as in `count (2)`.
 */
export interface Story {
  at(clock: string): At;
  by(clock: string): By;
  /** An item as an audience was told it. */
  item(audience: string, name: string): FeedItem | undefined;
  report: Report;
}

/** Plays a chapter to its end, an hour a second, while nobody does anything. */
export async function tellStory(service: TestApp, scenario: string, chapter?: string): Promise<Story> {
  const control = await Client.signIn(service.url, 'controller');
  const { status, body: run } = await control.post<{ id: string }>('/runs', { scenario, chapter, speed: 3600 });
  expect({ status, run }).toMatchObject({ status: 201 });
  await eventually(
    'the chapter ends',
    async () => (await control.get<{ clock: { state: string } }>(`/runs/${run.id}`)).body.clock.state === 'ended',
    90_000,
  );
  const feeds: Record<string, FeedItem[]> = {};
  for (const audience of ['control', 'jp', 'kr', 'us']) {
    const { body } = await control.get<{ items: FeedItem[] }>(`/runs/${run.id}/feeds/${audience}/items?limit=500`);
    feeds[audience] = body.items;
  }
  const { body: report } = await control.get<Report>(`/runs/${run.id}/report`);
  return storyOf(feeds, report);
}

function storyOf(feeds: Record<string, FeedItem[]>, report: Report): Story {
  const told = (audience: string, when: (clock: string) => boolean): string[] =>
    (feeds[audience] ?? []).filter((item) => when(clockOf(item))).map(nameOf);
  return {
    at: (clock) => ({
      happens: (...items) => expect(told('control', (each) => each === clock)).toEqual(items),
      learns: (audience, ...items) =>
        expect({ audience, items: told(audience, (each) => each === clock) }).toEqual({ audience, items }),
    }),
    by: (clock) => ({
      knows: (audience, ...items) =>
        expect({ audience, items: told(audience, (each) => each <= clock) }).toEqual({ audience, items }),
      isNotToldOf: (audience, ...items) => {
        // A name that stands for nothing would be true of everybody.
        expect(told('control', () => true)).toEqual(expect.arrayContaining(items));
        const known = told(audience, (each) => each <= clock);
        expect({ audience, told: items.filter((item) => known.includes(item)) }).toEqual({ audience, told: [] });
      },
    }),
    item: (audience, name) => feeds[audience]?.find((item) => nameOf(item) === name),
    report,
  };
}

const nameOf = ({ id, version }: FeedItem): string => (version === 1 ? id : `${id} (${version})`);

/** The time of day at which an item was told: 14:34, or 09:48:30 where it has seconds. */
function clockOf({ body }: FeedItem): string {
  const local = new Date(Date.parse(body.known.at) + OFFSET_MS).toISOString();
  return local.slice(11, 19).replace(/:00$/, '');
}
