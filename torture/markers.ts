import { createHash } from 'node:crypto';
import type { FeedItem } from '../src/core/wire/feed.js';
import type { Item } from './history.js';

const MARKER = /\[([\w.]+)\]/;

/** The text that carries a marker, and by which a message is known again. */
export const withMarker = (marker: string): string => `Torture [${marker}]`;

/** What a console was shown, as a history knows it; without a marker when it is none of ours. */
export const shownItem = ({ kind, id, version, body }: Pick<FeedItem, 'kind' | 'id' | 'version' | 'body'>): Item => ({
  kind,
  id,
  version,
  marker: MARKER.exec(body.texts['en-US']?.headline ?? '')?.[1],
  // Parsed JSON keeps the order of its fields.
  bodyHash: createHash('sha256').update(JSON.stringify(body)).digest('base64'),
});
