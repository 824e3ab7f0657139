import { checkAcknowledgements } from './check-acknowledgements.js';
import { checkConsole } from './check-console.js';
import { checkFeed } from './check-feed.js';
import type { Catalogue, GrowingList } from './check-list.js';
import type { FeedOf, History, Sent } from './history.js';
import { Violations } from './violations.js';

export interface Verdict {
  readonly violations: Violations;
  readonly accepted: number;
  readonly refused: number;
  readonly unknown: number;
  /** What fell due by the clock of its run; the three above are of what was sent. */
  readonly reports: number;
  /** Accepted messages times the consoles that must have each. */
  readonly expected: number;
  /** Items that consoles applied, those of reset lists included. */
  readonly made: number;
  /** Items that consoles had already and dropped: a repetition costs bandwidth and does no harm. */
  readonly dropped: number;
}

const feedName = ({ run, audience }: FeedOf): string => `${run}/${audience}`;

/** Holds a history against the promise of delivery. Depends on nothing but the history. */
export function checkHistory(history: History): Verdict {
  const violations = new Violations();
  const catalogue = catalogueOf(history);
  const order = new Map<string, number>();
  const feeds = new Map(history.feeds.map((feed) => [feedName(feed), checkFeed(feed, catalogue, order, violations)]));
  const consoles = new Map<string, { name: string; list: GrowingList }[]>();
  for (const log of history.consoles) {
    const list = checkConsole(log, catalogue, order, violations);
    consoles.set(feedName(log), [...(consoles.get(feedName(log)) ?? []), { name: log.name, list }]);
  }
  const expected = checkSent(history, feeds, consoles, violations);
  checkAcknowledgements(history, violations);
  history.stuck.forEach((words) => violations.add('STUCK', () => words));
  history.crashes.forEach((words) => violations.add('CRASHED', () => words));
  history.brokenChains.forEach((words) => violations.add('CHAIN', () => words));
  return { violations, expected, ...countsOf(history) };
}

function catalogueOf({ items, sent }: History): Catalogue {
  const byMarker = new Map(sent.map((each) => [each.marker, each]));
  return { items: items.all, sentOf: items.all.map(({ marker }) => (marker ? byMarker.get(marker) : undefined)) };
}

/** Whether what was accepted is everywhere, and what nobody had an answer to is everywhere or nowhere. */
function checkSent(
  { items, sent }: History,
  feeds: ReadonlyMap<string, GrowingList>,
  consoles: ReadonlyMap<string, readonly { name: string; list: GrowingList }[]>,
  violations: Violations,
): number {
  const indexesOf = new Map<string, number[]>();
  items.all.forEach(({ marker }, index) => {
    if (marker !== undefined) {
      indexesOf.set(marker, [...(indexesOf.get(marker) ?? []), index]);
    }
  });
  for (const each of sent.filter(({ refusal }) => refusal !== undefined)) {
    violations.add('REFUSED', () => `${describe(each)}: ${each.refusal}`);
  }
  let expected = 0;
  for (const each of sent.filter(({ outcome }) => outcome !== 'refused')) {
    const indexes = indexesOf.get(each.marker) ?? [];
    const holds = (list: GrowingList | undefined): boolean => indexes.some((index) => list?.seen.has(index));
    const told = each.audiences.filter((audience) => holds(feeds.get(feedName({ run: each.run, audience }))));
    const mustBeThere = each.outcome === 'accepted' || told.length > 0;
    if (!mustBeThere) {
      continue;
    }
    for (const audience of each.audiences) {
      const name = feedName({ run: each.run, audience });
      if (!told.includes(audience)) {
        const rule = each.outcome === 'accepted' ? 'LOST' : 'HALF';
        violations.add(rule, () => `${describe(each)} is not in the feed ${name}`);
      }
      for (const console of consoles.get(name) ?? []) {
        expected += 1;
        if (!holds(console.list)) {
          violations.add('LOST', () => `${describe(each)} is not at the console ${console.name}`);
        }
      }
    }
    checkIdentity(
      each,
      indexes.map((index) => items.all[index]!),
      violations,
    );
  }
  return expected;
}

/** What is shown has the id and version that the answer had. */
function checkIdentity(sent: Sent, shown: readonly { id: string; version: number }[], violations: Violations): void {
  const { id, version, answeredVersion = version } = sent;
  if (answeredVersion !== version) {
    violations.add('DUPLICATED', () => `${describe(sent)} is answered as version ${answeredVersion}`);
  }
  for (const other of shown.filter((item) => (id !== undefined && item.id !== id) || item.version !== version)) {
    violations.add('DUPLICATED', () => `${describe(sent)} is shown as ${other.id} version ${other.version}`);
  }
}

const describe = ({ marker, act, outcome, id, version }: Sent): string =>
  `${marker} (${act}, ${outcome}, ${id ?? 'no id'} version ${version})`;

function countsOf({ sent, consoles }: History): Omit<Verdict, 'violations' | 'expected'> {
  const reports = sent.filter(({ act }) => act === 'report').length;
  const count = (outcome: Sent['outcome']): number =>
    sent.filter((each) => each.outcome === outcome && each.act !== 'report').length;
  let made = 0;
  let all = 0;
  for (const { deliveries } of consoles) {
    made += deliveries.applied.reduce((sum, applied) => sum + applied, 0);
    all += deliveries.length;
  }
  return {
    accepted: count('accepted'),
    refused: count('refused'),
    unknown: count('unknown'),
    reports,
    made,
    dropped: all - made,
  };
}
