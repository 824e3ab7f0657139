import { createHash } from 'node:crypto';
import type { Clock } from '../../core/clock/clock.js';
import { decideDelivery, isLate, type Act, type Shown } from '../../core/delivery/delivery.js';
import { bodyOf, type ItemContent } from '../../core/incident/item-body.js';
import type { RunTime } from '../../core/time/time.js';
import type { DueRow, Settled } from '../runs/due-row.js';
import { contentKey } from '../runs/due-rows.repository.js';
import type { Append, Encoded } from './feed.js';
import { shownKey } from './feeds.repository.js';

/** What deliveries are decided on. */
export interface TellingFacts {
  readonly clock: Clock;
  readonly now: RunTime;
  /** Whether a jump opened the clock's present segment, so that what is due from before it is late. */
  readonly jumped: boolean;
  /** By `contentKey`. */
  readonly contents: ReadonlyMap<string, { content: ItemContent; act: Act }>;
  /** What each audience was shown in the present epoch, by `shownKey`. */
  readonly shown: ReadonlyMap<string, Shown>;
}

export interface Telling {
  readonly appends: Append[];
  readonly settled: { row: DueRow; state: Settled; reason?: string }[];
}

/** What becomes of deliveries that are due, in their order. Throws when an item is not there. */
export function tellingOf(rows: readonly DueRow[], facts: TellingFacts): Telling {
  const shown = new Map(facts.shown);
  const encode = encoder();
  const telling: Telling = { appends: [], settled: [] };
  for (const row of rows) {
    const item = facts.contents.get(contentKey(row.itemId, row.version));
    if (!item) {
      throw new Error(`The item ${row.itemId} version ${row.version} is not there.`);
    }
    const key = shownKey(row.audience, row.itemId);
    const candidate = { version: row.version, act: item.act };
    const decision = decideDelivery(candidate, shown.get(key));
    if (decision.kind === 'suppress') {
      telling.settled.push({ row, state: 'suppressed', reason: decision.reason });
      continue;
    }
    telling.appends.push({
      audience: row.audience,
      kind: row.kind,
      id: row.itemId,
      ...candidate,
      dueAt: row.dueAt,
      late: isLate(row.dueAt, facts.now, facts.clock, facts.jumped),
      body: encode(row, item.content),
    });
    shown.set(key, candidate);
    telling.settled.push({ row, state: 'done' });
  }
  return telling;
}

/** Encodes and hashes a body once for all audiences that are told the same words of it. */
function encoder(): (row: DueRow, content: ItemContent) => Encoded {
  const made = new Map<string, Encoded>();
  return (row, content) => {
    const key = `${row.version} ${row.dueAt} ${row.itemId} ${JSON.stringify(row.known)}`;
    let encoded = made.get(key);
    if (!encoded) {
      const text = JSON.stringify(bodyOf(content, row.known, row.dueAt));
      encoded = { text, hash: createHash('sha256').update(text).digest() };
      made.set(key, encoded);
    }
    return encoded;
  };
}
