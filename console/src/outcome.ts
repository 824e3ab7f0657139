import type { ResponseBody } from '../../src/core/incident/item.js';
import type { FeedItem } from '../../src/core/wire/feed.js';

/** The answer that a desk gave to an inject, as its feed carries it; the other desks of the audience answer for themselves. */
export function responseTo(items: readonly FeedItem[], inject: string, desk: string): ResponseBody | undefined {
  return items.find(({ body }) => body.response?.inject === inject && body.response.desk === desk)?.body.response;
}

/** The key of a command that may be sent twice; browsers offer `randomUUID` on secure origins only. */
export function commandKey(
  source: {
    randomUUID?: () => string;
    getRandomValues: (bytes: Uint8Array) => Uint8Array;
  } = globalThis.crypto as never,
): string {
  if (typeof source.randomUUID === 'function') {
    return source.randomUUID();
  }
  const bytes = source.getRandomValues(new Uint8Array(16));
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  // The version and variant bits of RFC 9562, so that a service which checks the form accepts it.
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join('-');
}
