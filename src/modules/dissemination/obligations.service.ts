import { Injectable } from '@nestjs/common';
import { runTimeAt } from '../../core/clock/clock.js';
import { deadlinesOf } from '../../core/obligation/deadlines.js';
import { askedAt, dutyStep, opened, type DutyDecision } from '../../core/obligation/obligation.js';
import type { RunTime } from '../../core/time/time.js';
import type { Tx } from '../../platform/database/transactions.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { PartiesService } from '../parties/parties.service.js';
import { ClockRepository } from '../runs/clock.repository.js';
import type { DueRow } from '../runs/due-row.js';
import { DueRowsRepository, contentKey } from '../runs/due-rows.repository.js';
import { RunsRepository } from '../runs/runs.repository.js';
import { DueHandlers, type Consequence, type DueContext, type ShownContext, type StepOutcome } from './due-handlers.js';
import {
  ObligationsRepository,
  dutyKey,
  type Chain,
  type DutyKey,
  type ObligationChange,
  type Opening,
} from './obligations.repository.js';
import { unansweredDuty, type UnansweredDuty } from './unanswered-duty.js';

/** Duty rows looked at in one transaction. */
const DUTIES_A_TRANSACTION = 500;

/** For how long the desks of a run are known: the live watch takes in parties and desks while it runs. */
const CHAINS_LAST_MS = 10_000;

const NOTHING: Consequence = { items: [], rows: [] };

/** Opens the obligations of desks as alerts are shown, and watches over their deadlines. Nobody is on duty in a replay. */
@Injectable()
export class ObligationsService {
  /** By run: the desks of each audience that owe an acknowledgement, in the order in which they are asked. */
  private readonly chainsOfRuns = new Map<string, { chains: ReadonlyMap<string, readonly string[]>; readAt: number }>();

  constructor(
    private readonly obligations: ObligationsRepository,
    private readonly clocks: ClockRepository,
    private readonly dueRows: DueRowsRepository,
    private readonly runs: RunsRepository,
    private readonly parties: PartiesService,
    private readonly metrics: Metrics,
    handlers: DueHandlers,
  ) {
    handlers.onShown((tx, context) => this.open(tx, context));
    handlers.onStep('duty', (tx, context) => this.watch(tx, context));
  }

  /** Opens what a batch of shown items obliges to and closes what it ends; one duty row for each audience and version. */
  private async open(tx: Tx, { run, job, rows, contents, ...clock }: ShownContext): Promise<Consequence> {
    const alerts = job === 'replay' ? [] : rows.filter(({ kind }) => kind === 'alert');
    if (alerts.length === 0) {
      return NOTHING;
    }
    const chains = await this.chainsOf(tx, run);
    const moment = momentOf(clock);
    const last = new Map(alerts.map((row) => [`${row.audience} ${row.itemId}`, row.version]));
    const openings: Opening[] = [];
    for (const row of alerts) {
      const item = contents.get(contentKey(row.itemId, row.version));
      const [desk] = chains.get(row.audience) ?? [];
      if (!item || desk === undefined) {
        continue;
      }
      const { kind, version, itemId: id, audience } = row;
      const closes = item.act === 'cancel' ? 'CANCELLED' : 'UPDATED';
      const spans = deadlinesOf({ kind, act: item.act, ...item.content });
      // Versions that became visible together oblige to the newest alone.
      const newest = last.get(`${audience} ${id}`) === version;
      openings.push({
        audience,
        kind,
        id,
        version,
        closes,
        opens: spans && {
          ...opened(desk, 1, askedAt(row.dueAt, moment), spans),
          ...(newest ? { state: 'open' } : { state: 'closed', reason: 'UPDATED' }),
        },
      });
    }
    const watched = openings.flatMap((opening) =>
      opening.opens?.state === 'open' ? [watching(opening, opening.opens.openedAt, opening.opens.displayBy)] : [],
    );
    // A first version that obliges to nothing changes nothing.
    const telling = openings.filter(({ opens, version }) => opens !== undefined || version > 1);
    // Counting locks the heads of receipts in order. Whoever counts twice begins with all of them, or else it could wait
    // for a receipt that waits for it.
    const ending = telling.some(({ version }) => version > 1) ? telling : [];
    await Promise.all([this.obligations.end(tx, run, ending), this.obligations.open(tx, run, telling)]);
    return { items: [], rows: watched };
  }

  /**
   * Looks at the duty of a row whose deadline has come, and at every other one that is due, since thousands may fall due together:
   * all in four statements.
   */
  private async watch(tx: Tx, { run, mode, row }: DueContext): Promise<StepOutcome> {
    const { clock, now } = (await this.clocks.read(tx, run))!;
    const duties = await this.obligations.due(tx, run, runTimeAt(clock, now), DUTIES_A_TRANSACTION);
    const standing = await this.obligations.chains(tx, run, duties);
    const chains = await this.chainsOf(tx, run);
    const settled: (DutyKey & { againAt?: RunTime })[] = [];
    const changes: ObligationChange[] = [];
    const unanswered: UnansweredDuty[] = [];
    for (const duty of duties) {
      const chain = standing.get(dutyKey(duty));
      const at = clock.startAt === undefined ? runTimeAt(clock, now) : duty.dueAt;
      const decision = chain && dutyStep(chain.obligations, chain.receipts, chains.get(duty.audience) ?? [], at);
      settled.push({ ...duty, againAt: decision?.againAt });
      const made = chain && decision ? changesOf(duty, chain, decision) : [];
      changes.push(...made);
      if (chain && decision?.tellControl) {
        const lapsed = [...chain.obligations, ...made].filter(({ state }) => state === 'lapsed');
        unanswered.push({ duty, at, lapsed });
      }
    }
    await this.obligations.save(tx, run, changes);
    await this.obligations.settle(tx, run, settled);
    const lapses = changes.filter(({ state }) => state === 'lapsed').length;
    tx.afterCommit(() => this.metrics.obligationsLapsedTotal.inc(lapses));
    const own = settled.find(
      (each) => each.id === row.itemId && each.version === row.version && each.audience === row.audience,
    );
    // A row that is not among them waits for a telling of its item that came meanwhile, and stays as it is.
    const againAt = own ? own.againAt : row.dueAt;
    return { ...(await this.toControl(tx, run, mode, unanswered)), againAt };
  }

  private async toControl(
    tx: Tx,
    run: string,
    mode: DueContext['mode'],
    unanswered: readonly UnansweredDuty[],
  ): Promise<Consequence> {
    if (unanswered.length === 0) {
      return NOTHING;
    }
    const contents = await this.dueRows.contents(
      tx,
      run,
      unanswered.map(({ duty, at }) => watching(duty, at, at)),
    );
    const told = unanswered.flatMap((each) => {
      const content = contents.get(contentKey(each.duty.id, each.duty.version))?.content;
      return content ? [unansweredDuty(mode, each, content, this.parties)] : [];
    });
    return { items: told.map(({ item }) => item), rows: told.map(({ row }) => row) };
  }

  private async chainsOf(tx: Tx, run: string): Promise<ReadonlyMap<string, readonly string[]>> {
    const known = this.chainsOfRuns.get(run);
    if (known && Date.now() - known.readAt < CHAINS_LAST_MS) {
      return known.chains;
    }
    const audiences = (await this.runs.find(tx, run))?.audiences ?? [];
    const onDuty = this.parties.desks.filter(({ duties }) => duties.includes('acknowledge')).map(({ id }) => id);
    const chains = new Map(
      audiences.map(({ audience, desks }) => [audience, onDuty.filter((desk) => desks.includes(desk))]),
    );
    this.chainsOfRuns.set(run, { chains, readAt: Date.now() });
    return chains;
  }
}

/** How far the clock is, as far as it says when desks were asked. */
function momentOf({
  clock,
  now,
  jumped,
}: Pick<ShownContext, 'clock' | 'now' | 'jumped'>): Parameters<typeof askedAt>[1] {
  return { now, onWallClock: clock.startAt === undefined, jumpedTo: jumped ? clock.segment.runAt : undefined };
}

/** The row that has an audience's duty towards an item version looked at. */
function watching({ audience, kind, id, version }: DutyKey, createdAt: RunTime, dueAt: RunTime): DueRow {
  return {
    dueAt,
    itemId: id,
    version,
    audience,
    step: 'duty',
    kind,
    origin: 'derived',
    known: { basis: 'derived' },
    createdAt,
  };
}

function changesOf({ audience, kind, id, version }: DutyKey, chain: Chain, decision: DutyDecision): ObligationChange[] {
  const key = { audience, kind, id, version };
  const ended = decision.ends.flatMap(({ desk, state, reason }) => {
    const before = chain.obligations.find((each) => each.desk === desk);
    return before ? [{ ...key, ...before, state, reason }] : [];
  });
  return decision.opens ? [...ended, { ...key, ...decision.opens, state: 'open' }] : ended;
}
