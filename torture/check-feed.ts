import { GrowingList, type Catalogue } from './check-list.js';
import type { FeedOf, FinalFeed } from './history.js';
import type { Violations } from './violations.js';

/** Checks a feed as the service tells it in the end; notes in `order` what stands where, for the consoles to be held against. */
export function checkFeed(
  feed: FinalFeed,
  catalogue: Catalogue,
  order: Map<string, number>,
  violations: Violations,
): GrowingList {
  const where = `the feed ${feed.run}/${feed.audience}`;
  const list = new GrowingList(catalogue, where, violations);
  feed.item.forEach((index, place) => {
    const seq = feed.seq[place]!;
    const before = place === 0 ? 0 : feed.seq[place - 1]!;
    if (seq !== before + 1) {
      violations.add('GAP', () => `${where}: ${seq} comes after ${before}`);
    }
    order.set(positionOf(feed, feed.epoch, seq), index);
    list.add(index);
    checkShown(feed, index, where, catalogue, violations);
  });
  const last = feed.seq.at(-1) ?? 0;
  if (last !== feed.headSeq) {
    violations.add('GAP', () => `${where}: its head is ${feed.headSeq}, and its last item ${last}`);
  }
  return list;
}

/** As in `duty.<item>.<version>.<audience>`. */
const DUTY = /^duty\..+\.\d+\.[a-z]+$/;

export const positionOf = ({ run, audience }: FeedOf, epoch: number, seq: number): string =>
  `${run}/${audience}/${epoch}/${seq}`;

/** Whether this item may be seen in this feed at all. */
export function checkShown(
  { run, audience }: FeedOf,
  index: number,
  where: string,
  { items, sentOf }: Catalogue,
  violations: Violations,
): void {
  const { kind, id, version, marker } = items[index]!;
  const sent = sentOf[index];
  if (marker === undefined) {
    // Nothing is told but what was put in, and what control is told of duties that nobody did.
    if (audience !== 'control') {
      violations.add('LEAKED', () => `${where}: ${kind} ${id} is none of ours`);
    } else if (kind !== 'message' || !DUTY.test(id)) {
      violations.add('INVENTED', () => `${where}: ${kind} ${id} is none of ours`);
    }
    return;
  }
  if (!sent || sent.outcome === 'refused') {
    violations.add(
      'INVENTED',
      () => `${where}: ${id} version ${version} (${marker}) was ${sent ? 'refused' : 'not sent'}`,
    );
  } else if (sent.run !== run || !sent.audiences.includes(audience)) {
    violations.add('LEAKED', () => `${where}: ${marker} is for ${sent.audiences.join(', ')} of ${sent.run}`);
  }
}
