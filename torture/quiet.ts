import { setTimeout as pause } from 'node:timers/promises';
import type { TortureConsole } from './console.js';
import type { FinalState } from './final-state.js';
import type { FeedOf, Sent } from './history.js';

const LOOK_MS = 400;
/** A message that nobody had an answer to may still be on its way. */
const STILL_MS = 1_200;

const nameOf = ({ run, audience }: FeedOf): string => `${run}/${audience}`;

/**
 * Waits until nothing moves any more: every accepted message is in its feeds, every console at the head of its feed, every
 * acknowledgement answered. Returns what had not come to rest by the deadline, in words.
 */
export async function whenQuiet(
  state: FinalState,
  consoles: readonly TortureConsole[],
  sent: readonly Sent[],
  deadlineMs: number,
  log: (line: string) => void,
): Promise<string[]> {
  const wanted = new Map<string, number>();
  for (const { run, audiences } of sent.filter(({ outcome }) => outcome === 'accepted')) {
    audiences.forEach((audience) => count(wanted, nameOf({ run, audience })));
  }
  const endAt = Date.now() + deadlineMs;
  let before = '';
  let said = '';
  let stillSince = Date.now();
  for (;;) {
    const heads = await state.heads().catch(() => undefined);
    const now = Date.now();
    const seen = JSON.stringify(heads?.map(({ headSeq }) => headSeq));
    if (seen !== before) {
      before = seen;
      stillSince = now;
    }
    const open = heads ? [...missing(heads, wanted), ...behind(heads, consoles)] : ['the service does not answer'];
    if (open[0] !== undefined && open[0] !== said) {
      said = open[0];
      log(`${said}${open.length > 1 ? `, and ${open.length - 1} more` : ''}`);
    }
    if (open.length === 0 && now - stillSince >= STILL_MS) {
      return [];
    }
    if (now > endAt) {
      return open.length > 0 ? open : ['the feeds still grow'];
    }
    await pause(LOOK_MS);
  }
}

type Heads = Awaited<ReturnType<FinalState['heads']>>;

const missing = (heads: Heads, wanted: ReadonlyMap<string, number>): string[] =>
  heads
    .filter((head) => head.headSeq < (wanted.get(nameOf(head)) ?? 0))
    .map((head) => `the feed ${nameOf(head)} has ${head.headSeq} items of at least ${wanted.get(nameOf(head))}`);

function behind(heads: Heads, consoles: readonly TortureConsole[]): string[] {
  const headOf = new Map(heads.map((head) => [nameOf(head), head]));
  return consoles.flatMap((console) => {
    const head = headOf.get(nameOf(console));
    const { epoch, seq } = console.cursor ?? { epoch: head?.epoch, seq: 0 };
    const words: string[] = [];
    if (head && (head.epoch !== epoch || head.headSeq !== seq)) {
      words.push(`the console ${console.name} is at ${epoch}/${seq}, its feed at ${head.epoch}/${head.headSeq}`);
    }
    if (console.receipts.pending > 0) {
      words.push(`the console ${console.name} waits for ${console.receipts.pending} acknowledgements to be answered`);
    }
    return words;
  });
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
