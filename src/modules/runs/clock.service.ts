import { Injectable } from '@nestjs/common';
import { changeClock, runTimeAt, type Clock, type ClockCommand } from '../../core/clock/clock.js';
import { planJump, type JumpItems, type JumpPlan, type JumpRow } from '../../core/clock/jump.js';
import { DomainError } from '../../core/domain-error.js';
import type { RunTime, WallTime } from '../../core/time/time.js';
import type { Principal } from '../../platform/database/principal.js';
import { FeedHints } from '../../platform/database/feed-hints.js';
import { Transactions, type Tx } from '../../platform/database/transactions.js';
import { ClockRepository } from './clock.repository.js';
import { Drains } from './drains.js';
import type { DueRowState } from './due-rows.repository.js';
import { DueRowsRepository } from './due-rows.repository.js';
import { RunParts } from './run-parts.js';

export type JumpedRow = DueRowState & JumpRow;

export interface ClockOutcome {
  clock: Clock;
  plan?: JumpPlan<JumpedRow>;
}

@Injectable()
export class ClockService {
  constructor(
    private readonly transactions: Transactions,
    private readonly clocks: ClockRepository,
    private readonly dueRows: DueRowsRepository,
    private readonly parts: RunParts,
    private readonly drains: Drains,
    private readonly hints: FeedHints,
  ) {}

  /** Plays, pauses, changes speed or jumps. Throws DomainError with the code of the refusal, or RUN_NOT_FOUND. */
  command(principal: Principal, run: string, command: ClockCommand, items: JumpItems): Promise<ClockOutcome> {
    return this.transactions.run(
      principal,
      async (tx) => {
        await this.clocks.lockRun(tx, run);
        const { before, change, now } = await this.decide(tx, run, command);
        if (change.kind === 'unchanged') {
          return { clock: before };
        }
        const plan =
          command.action === 'jump' ? await this.jump(tx, run, runTimeAt(before, now), command.to, items) : undefined;
        await this.clocks.save(tx, run, change.clock, command.action);
        tx.afterCommit(() => {
          this.drains.request(run);
          this.hints.send();
        });
        return { clock: change.clock, plan };
      },
      ({ clock, plan }) => ({
        action: `clock.${command.action}`,
        run,
        detail: {
          command,
          items,
          revision: clock.revision,
          sent: plan?.sent.length,
          skipped: plan?.skipped.length,
          cancelled: plan?.cancelled.length,
        },
      }),
    );
  }

  /** What a jump would do; changes nothing. */
  preview(principal: Principal, run: string, to: RunTime, items: JumpItems): Promise<ClockOutcome> {
    return this.transactions.run(principal, async (tx) => {
      await this.clocks.lockRun(tx, run);
      const { before, now } = await this.decide(tx, run, { action: 'jump', to });
      return { clock: before, plan: planJump(await this.pending(tx, run), runTimeAt(before, now), to, items) };
    });
  }

  private async decide(
    tx: Tx,
    run: string,
    command: ClockCommand,
  ): Promise<{ before: Clock; now: WallTime; change: Exclude<ReturnType<typeof changeClock>, { kind: 'refused' }> }> {
    const reading = await this.clocks.lock(tx, run);
    if (!reading) {
      throw new DomainError('RUN_NOT_FOUND', `There is no run "${run.slice(0, 100)}" that you control.`);
    }
    const change = changeClock(reading.clock, command, reading.now);
    if (change.kind === 'refused') {
      throw new DomainError(change.code, change.detail);
    }
    return { before: reading.clock, now: reading.now, change };
  }

  private async jump(tx: Tx, run: string, from: RunTime, to: RunTime, items: JumpItems): Promise<JumpPlan<JumpedRow>> {
    const plan = planJump(await this.pending(tx, run), from, to, items);
    if (plan.direction === 'back') {
      await this.dueRows.rewind(tx, run, to);
      await this.parts.rewound(tx, run, to);
      return plan;
    }
    await this.dueRows.settle(tx, run, [
      ...plan.skipped.map((row) => ({ row, state: 'skipped' as const, reason: 'JUMPED_OVER' })),
      ...plan.cancelled.map((row) => ({ row, state: 'cancelled' as const, reason: 'JUMPED_OVER' })),
    ]);
    // An inject that is shown by a jump is shown now: its time to answer starts here, not in the stretch that never ran.
    const injects = plan.sent.filter(({ kind, step }) => kind === 'inject' && step === 'deliver');
    await this.dueRows.move(tx, run, injects, to);
    return plan;
  }

  private async pending(tx: Tx, run: string): Promise<JumpedRow[]> {
    const rows = await this.dueRows.list(tx, run, { states: ['pending'] });
    return rows.map((row) => ({ ...row, id: row.itemId }));
  }
}
