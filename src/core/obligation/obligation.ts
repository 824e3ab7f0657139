import { runTime, type RunTime } from '../time/time.js';
import type { DutySpans } from './deadlines.js';

/** `lapsed` stays answerable; `closed` asks for nothing any more. */
export type ObligationState = 'open' | 'met' | 'lapsed' | 'closed';

/** Why an obligation lapsed. */
export type LapseReason = 'NOT_DISPLAYED' | 'NOT_ACKNOWLEDGED';

/** Why one was closed: by a later version, by a cancel, by another desk of the audience, by a jump over its deadline. */
export type CloseReason = 'UPDATED' | 'CANCELLED' | 'ACKNOWLEDGED_BY_OTHER' | 'JUMPED_OVER';

/** What a desk owes for one version of an item, as it was stored. */
export interface Obligation {
  readonly desk: string;
  /** Place in the chain of escalation: 1 is the desk that is asked first. */
  readonly rank: number;
  readonly state: ObligationState;
  readonly openedAt: RunTime;
  readonly displayBy: RunTime;
  readonly acknowledgeBy: RunTime;
}

/** The desks of the audience that have displayed, and that have acknowledged, the version. */
export interface DutyReceipts {
  readonly displayed: ReadonlySet<string>;
  readonly acknowledged: ReadonlySet<string>;
}

export interface DutyDecision {
  /** Stored obligations that end here. */
  readonly ends: readonly {
    desk: string;
    state: Exclude<ObligationState, 'open'>;
    reason?: LapseReason | CloseReason;
  }[];
  /** The next desk of the chain, which is asked now. */
  readonly opens?: Omit<Obligation, 'state'>;
  /** Nobody of the audience is left to ask. */
  readonly tellControl: boolean;
  /** When to look again; undefined when the chain has ended. */
  readonly againAt?: RunTime;
}

/** An obligation as it is opened for the desk of a rank. */
export function opened(desk: string, rank: number, at: RunTime, spans: DutySpans): Omit<Obligation, 'state'> {
  return {
    desk,
    rank,
    openedAt: at,
    displayBy: runTime(at + spans.displayWithinMs),
    acknowledgeBy: runTime(at + spans.acknowledgeWithinMs),
  };
}

/**
 * Since when a desk can have known. In a scenario's run it is the due time, whatever the speed and however long the drain took,
 * so that the same inputs give the same digest; but nobody is late for time that a jump passed over. On the wall clock it is the
 * present moment: what an outage cost is not taken from the desk's time.
 */
export function askedAt(
  dueAt: RunTime,
  clock: { readonly now: RunTime; readonly onWallClock: boolean; readonly jumpedTo?: RunTime },
): RunTime {
  const earliest = clock.onWallClock ? clock.now : clock.jumpedTo;
  return earliest !== undefined && earliest > dueAt ? earliest : dueAt;
}

/**
 * The chain of escalation of one item version in one audience. Its desks are asked one after the other, each with the same
 * time: when a desk has not displayed by the first deadline, or not acknowledged by the second, its obligation lapses (it stays
 * answerable, as late) and the next desk is asked from that moment; when the last lapses, control is told. A desk meets its
 * own obligation by acknowledging itself. Once any desk of the audience has acknowledged, somebody there knows: the chain ends,
 * and what the others still owe is closed.
 */
export function dutyStep(
  obligations: readonly Obligation[],
  receipts: DutyReceipts,
  chain: readonly string[],
  now: RunTime,
): DutyDecision {
  const open = obligations.filter(({ state }) => state === 'open');
  if (open.length === 0) {
    return { ends: [], tellControl: false };
  }
  if (receipts.acknowledged.size > 0) {
    return { ends: open.map(({ desk }) => ({ desk, ...answered(desk, receipts.acknowledged) })), tellControl: false };
  }
  const judged = open.map((obligation) => ({ obligation, lapse: lapseOf(obligation, receipts, now) }));
  const ends = judged.flatMap(({ obligation, lapse }) =>
    lapse ? [{ desk: obligation.desk, state: 'lapsed' as const, reason: lapse }] : [],
  );
  const waiting = judged.filter(({ lapse }) => lapse === undefined).map(({ obligation }) => obligation);
  if (waiting.length > 0) {
    return { ends, tellControl: false, againAt: earliest(waiting.map((each) => nextDeadline(each, receipts))) };
  }
  const asked = new Set(obligations.map(({ desk }) => desk));
  const next = chain.find((desk) => !asked.has(desk));
  const model = open.at(-1);
  if (next === undefined || model === undefined) {
    return { ends, tellControl: true };
  }
  const rank = Math.max(...obligations.map((each) => each.rank)) + 1;
  const opens = opened(next, rank, now, spansOf(model));
  return { ends, opens, tellControl: false, againAt: nextDeadline(opens, receipts) };
}

/** What an acknowledgement makes of an open obligation: the same whether the chain's next step notes it or a reader derives it. */
export function answered(
  desk: string,
  acknowledged: ReadonlySet<string>,
): { state: 'met' } | { state: 'closed'; reason: 'ACKNOWLEDGED_BY_OTHER' } {
  return acknowledged.has(desk) ? { state: 'met' } : { state: 'closed', reason: 'ACKNOWLEDGED_BY_OTHER' };
}

/** How an obligation ended, when it is looked back on. */
export type ObligationOutcome = 'met-in-time' | 'met-late' | 'lapsed' | 'open' | 'closed';

/** `lapsed` means that the desk never acknowledged; one that lapsed and was acknowledged after all was met late. */
export function obligationOutcome(state: ObligationState, acknowledged: boolean): ObligationOutcome {
  switch (state) {
    case 'met':
      return 'met-in-time';
    case 'lapsed':
      return acknowledged ? 'met-late' : 'lapsed';
    case 'open':
    case 'closed':
      return state;
  }
}

function lapseOf(
  { desk, displayBy, acknowledgeBy }: Obligation,
  { displayed }: DutyReceipts,
  now: RunTime,
): LapseReason | undefined {
  if (!displayed.has(desk) && now >= displayBy) {
    return 'NOT_DISPLAYED';
  }
  return now >= acknowledgeBy ? 'NOT_ACKNOWLEDGED' : undefined;
}

const nextDeadline = (
  { desk, displayBy, acknowledgeBy }: Omit<Obligation, 'state'>,
  { displayed }: DutyReceipts,
): RunTime => (displayed.has(desk) ? acknowledgeBy : displayBy);

const spansOf = ({ openedAt, displayBy, acknowledgeBy }: Obligation): DutySpans => ({
  displayWithinMs: displayBy - openedAt,
  acknowledgeWithinMs: acknowledgeBy - openedAt,
});

const earliest = (times: readonly RunTime[]): RunTime => runTime(Math.min(...times));
