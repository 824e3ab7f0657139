import type { FeedItem } from '../../src/core/wire/feed.js';
import { commandKey, responseTo } from './outcome.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('the key of a command', () => {
  it('comes from the browser where it can make one', () => {
    expect(commandKey({ randomUUID: () => 'from-the-browser', getRandomValues: (bytes) => bytes })).toBe(
      'from-the-browser',
    );
  });

  it.each([0, 127, 255])('is a version 4 UUID of its own on plain http, also for bytes of %d', (value) => {
    expect(commandKey({ getRandomValues: (bytes) => bytes.fill(value) })).toMatch(UUID);
  });
});

it('finds the answer to an inject in the feed', () => {
  const response = { inject: 'civil-aircraft', desk: 'jp-cas', decision: 'Stop them.', inTime: true };
  const items = [{ body: {} }, { body: { response } }] as unknown as FeedItem[];
  expect(responseTo(items, 'civil-aircraft', 'jp-cas')).toBe(response);
  expect(responseTo(items, 'another', 'jp-cas')).toBeUndefined();
  expect(responseTo(items, 'civil-aircraft', 'jp-mod')).toBeUndefined();
});
