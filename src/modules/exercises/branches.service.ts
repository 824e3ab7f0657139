import { Injectable } from '@nestjs/common';
import { runTimeAt } from '../../core/clock/clock.js';
import { DomainError } from '../../core/domain-error.js';
import { decideBranch, type BranchDecision } from '../../core/exercise/branch.js';
import { deciderId } from '../../core/scenario/branch.js';
import { NO_ANSWER } from '../../core/scenario/no-answer.js';
import type { BranchView, SetBranchRequest } from '../../core/wire/branch.js';
import type { Principal, UserPrincipal } from '../../platform/database/principal.js';
import { Transactions, type Tx } from '../../platform/database/transactions.js';
import { DueHandlers } from '../dissemination/due-handlers.js';
import { ClockRepository } from '../runs/clock.repository.js';
import { Drains } from '../runs/drains.js';
import type { DueRow } from '../runs/due-row.js';
import { DueRowsRepository } from '../runs/due-rows.repository.js';
import { RunParts } from '../runs/run-parts.js';
import { BranchesRepository } from './branches.repository.js';
import {
  branchFacts,
  branchPoints,
  branchView,
  hasFallenDue,
  type BranchPoint,
  type BranchState,
} from './branch-view.js';
import { InjectsRepository, type Inject } from './injects.repository.js';

/** Which way a run goes where its story parts. */
@Injectable()
export class BranchesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly branches: BranchesRepository,
    private readonly injects: InjectsRepository,
    private readonly clocks: ClockRepository,
    private readonly dueRows: DueRowsRepository,
    private readonly drains: Drains,
    parts: RunParts,
    handlers: DueHandlers,
  ) {
    parts.register({ rewound: (tx, run, to) => this.branches.rewind(tx, run, to) });
    handlers.onBranch((tx, run, rows) => this.judge(tx, run, rows));
  }

  /** Every branch of a run with what follows on each answer, as it stands; empty for a run that the principal does not control. */
  list(principal: Principal, run: string): Promise<BranchView[]> {
    return this.transactions.run(principal, async (tx) => {
      const reading = await this.clocks.read(tx, run);
      const rows = await this.dueRows.list(tx, run, { onBranch: true });
      if (!reading || rows.length === 0) {
        return [];
      }
      const [state, contents] = [await this.state(tx, run), await this.dueRows.contents(tx, run, rows)];
      const now = runTimeAt(reading.clock, reading.now);
      return branchPoints(rows).map((point) => branchView(point, state, contents, now));
    });
  }

  /**
   * Sets the answer that decides a branch, in place of those who are asked, until the first item on it falls due. To set what is
   * set already changes nothing. Throws DomainError INJECT_NOT_FOUND, BRANCH_UNKNOWN, BRANCH_AMBIGUOUS, OPTION_UNKNOWN or BRANCH_DUE.
   */
  async set(user: UserPrincipal, run: string, injectId: string, { answer, by }: SetBranchRequest): Promise<void> {
    await this.transactions.run(
      user,
      async (tx) => {
        await this.clocks.lockRun(tx, run);
        const reading = await this.clocks.read(tx, run);
        const inject = reading && (await this.injects.find(tx, run, injectId));
        if (!reading || !inject) {
          throw new DomainError('INJECT_NOT_FOUND', `The run "${run.slice(0, 80)}" has no such inject.`);
        }
        refuseUnknownAnswer(inject, answer);
        const rows = await this.dueRows.list(tx, run, { onBranch: true });
        const point = pointOf(branchPoints(rows.filter(({ branch }) => branch?.inject === injectId)), by);
        const decider = deciderId(point.decider);
        const before = (await this.state(tx, run)).settings.find(
          (each) => each.inject === injectId && each.decider === decider,
        );
        if (before?.answer === answer) {
          return undefined;
        }
        const now = runTimeAt(reading.clock, reading.now);
        if (point.rows.some((row) => hasFallenDue(row, now))) {
          throw new DomainError('BRANCH_DUE', 'Jump back first: something on this branch has fallen due already.');
        }
        await this.branches.set(tx, run, { inject: injectId, decider, answer, setAt: now, setBy: user.id });
        tx.afterCommit(() => this.drains.request(run));
        return decider;
      },
      (decider) =>
        decider === undefined
          ? undefined
          : { action: 'branch.set', run, detail: { inject: injectId, by: decider, answer } },
    );
  }

  private async judge(tx: Tx, run: string, rows: readonly DueRow[]): Promise<BranchDecision[]> {
    const state = await this.state(tx, run);
    return rows.map(({ branch, dueAt }) =>
      branch ? decideBranch(branch, branchFacts(branch, state), dueAt) : { kind: 'tell' },
    );
  }

  private async state(tx: Tx, run: string): Promise<BranchState> {
    const [injects, rows, responses, settings] = [
      await this.injects.list(tx, run),
      await this.dueRows.list(tx, run, { kind: 'inject' }),
      await this.injects.responses(tx, run),
      await this.branches.settings(tx, run),
    ];
    return { injects, rows, responses, settings };
  }
}

function refuseUnknownAnswer({ terms }: Inject, answer: string): void {
  const choice = [...(terms.options ?? []).map(({ id }) => id), NO_ANSWER];
  if (!choice.includes(answer)) {
    throw new DomainError('OPTION_UNKNOWN', `Choose one of the options of the inject, or none: ${choice.join(', ')}.`);
  }
}

/** The one place at which the answers to an inject part the story, or that of `by`. */
function pointOf(points: readonly BranchPoint[], by: string | undefined): BranchPoint {
  const choice = points.map(({ decider }) => deciderId(decider));
  const found = by === undefined ? points : points.filter(({ decider }) => deciderId(decider) === by.toLowerCase());
  const [point, ...others] = found;
  if (!point) {
    throw new DomainError(
      'BRANCH_UNKNOWN',
      choice.length === 0
        ? 'Nothing in this run hangs on the answer to this inject.'
        : `Give "by" as one of ${choice.join(', ')}: nothing hangs on the answer of another.`,
    );
  }
  if (others.length > 0) {
    throw new DomainError('BRANCH_AMBIGUOUS', `Give "by" as one of ${choice.join(', ')}: the answer of each decides.`);
  }
  return point;
}
