import { Injectable } from '@nestjs/common';
import { runTimeAt } from '../../core/clock/clock.js';
import { DomainError } from '../../core/domain-error.js';
import { answerTexts, unansweredTexts } from '../../core/exercise/exercise.texts.js';
import type { ItemContent } from '../../core/incident/item-body.js';
import { deadlineOf, isInTime } from '../../core/exercise/inject.js';
import type { ResponseBody } from '../../core/incident/item.js';
import { CONTROL } from '../../core/scenario/scenario.schedule.js';
import { durationMsOf, isoOf } from '../../core/time/time.js';
import { PIPELINE, type Principal, type UserPrincipal } from '../../platform/database/principal.js';
import { Transactions, type Tx } from '../../platform/database/transactions.js';
import { DueHandlers, type Consequence, type DueContext } from '../dissemination/due-handlers.js';
import { PartiesService } from '../parties/parties.service.js';
import { ClockRepository } from '../runs/clock.repository.js';
import { Drains } from '../runs/drains.js';
import type { DueRow, RunItem } from '../runs/due-row.js';
import { DueRowsRepository, type DueRowState } from '../runs/due-rows.repository.js';
import { Inputs } from '../runs/inputs.js';
import { RunParts } from '../runs/run-parts.js';
import { RunsRepository } from '../runs/runs.repository.js';
import { InjectsRepository, type Inject, type Response } from './injects.repository.js';

export interface Answer {
  decision: string;
  option?: string;
}

/** An inject with how it stands for each audience. */
export interface InjectState {
  inject: Inject;
  /** Its first telling to each audience that is to answer. */
  rows: DueRowState[];
  /** The audiences whose deadline a jump passed over: nobody is late for time that did not run. */
  waived: string[];
  responses: Response[];
}

@Injectable()
export class InjectsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly injects: InjectsRepository,
    private readonly inputs: Inputs,
    private readonly runs: RunsRepository,
    private readonly clocks: ClockRepository,
    private readonly dueRows: DueRowsRepository,
    private readonly drains: Drains,
    private readonly parties: PartiesService,
    parts: RunParts,
    handlers: DueHandlers,
  ) {
    parts.register({
      started: (tx, { run, scenario, items }) => {
        const ids = new Set(items.filter(({ kind }) => kind === 'inject').map(({ id }) => id));
        const found = scenario?.timeline.flatMap((item) =>
          item.inject && ids.has(item.id)
            ? [
                {
                  id: item.id,
                  answerWithinMs: durationMsOf(item.inject.answerWithin) ?? 0,
                  terms: item.inject,
                  texts: item.texts,
                },
              ]
            : [],
        );
        return this.injects.insert(tx, run.id, found ?? []);
      },
      rewound: (tx, run, to) => this.injects.voidResponses(tx, run, to),
    });
    handlers.onDelivered('inject', (tx, context) => this.openAnswers(tx, context));
    handlers.onStep('deadline', (tx, context) => this.closeAnswers(tx, context));
  }

  /** Every inject of a run, with its deliveries and answers. Throws DomainError RUN_NOT_FOUND. */
  list(principal: Principal, run: string): Promise<InjectState[]> {
    return this.transactions.run(principal, async (tx) => {
      if (!(await this.runs.find(tx, run))) {
        throw new DomainError('RUN_NOT_FOUND', `There is no run "${run.slice(0, 100)}" that you take part in.`);
      }
      const injects = await this.injects.list(tx, run);
      const rows = await this.dueRows.list(tx, run, { kind: 'inject' });
      const responses = await this.injects.responses(tx, run);
      return injects.map((inject) => ({
        inject,
        rows: rows.filter((row) => row.itemId === inject.id && isFirstTelling(row)),
        waived: rows
          .filter((row) => row.itemId === inject.id && row.step === 'deadline' && row.state === 'cancelled')
          .map(({ audience }) => audience),
        responses: responses.filter((response) => response.inject === inject.id),
      }));
    });
  }

  /** Shows an inject now instead of when it was planned, even while the clock is paused. Throws DomainError INJECT_NOT_FOUND or INJECT_NOT_PENDING. */
  async sendNow(user: UserPrincipal, run: string, inject: string): Promise<void> {
    await this.transactions.run(
      user,
      async (tx) => {
        await this.clocks.lockRun(tx, run);
        const reading = await this.clocks.read(tx, run);
        if (!reading || !(await this.injects.find(tx, run, inject))) {
          throw new DomainError(
            'INJECT_NOT_FOUND',
            `The run "${run.slice(0, 80)}" has no inject "${inject.slice(0, 80)}".`,
          );
        }
        const rows = await this.dueRows.list(tx, run, { states: ['pending'], kind: 'inject', itemId: inject });
        if (!rows.some(({ step }) => step === 'deliver')) {
          throw new DomainError('INJECT_NOT_PENDING', 'This inject was sent, skipped or cancelled already.');
        }
        const next = Math.min(...rows.map(({ version }) => version));
        const shownNow = rows.filter(({ step, version }) => step === 'deliver' && version === next);
        await this.dueRows.move(tx, run, shownNow, runTimeAt(reading.clock, reading.now));
        tx.afterCommit(() => this.drains.request(run));
      },
      { action: 'inject.sent', run, detail: { inject } },
    );
  }

  /**
   * A desk's answer to an inject that it was shown; it counts as in time up to the deadline, in run time, and is taken after
   * it as late, unless a jump passed the deadline over. Throws DomainError INJECT_NOT_FOUND, ALREADY_ANSWERED, OPTION_UNKNOWN, RUN_ENDED or KEY_REUSED.
   */
  async respond(
    user: UserPrincipal,
    run: string,
    injectId: string,
    answer: Answer,
    key: string,
  ): Promise<ResponseBody> {
    // Deadlines are the pipeline's: a desk reads no due rows.
    const deadlines = await this.transactions.run(PIPELINE, (tx) => this.deadlines(tx, run, injectId));
    return this.inputs.put(
      user,
      run,
      { action: 'inject.answered', key: `respond ${run} ${key}`, request: { injectId, answer } },
      async (tx, { mode, now, mark }) => {
        const desk = user.desk === undefined ? undefined : this.parties.desk(user.desk);
        const audience = desk && (await this.runs.audienceOfDesk(tx, run, desk.id));
        const shown = audience === undefined ? undefined : await this.injects.shownAt(tx, run, injectId, audience);
        const inject = shown && (await this.injects.find(tx, run, injectId));
        if (!desk || audience === undefined || !shown || !inject) {
          throw new DomainError('INJECT_NOT_FOUND', 'Your desk was shown no such inject.');
        }
        const option = inject.terms.options?.find(({ id }) => id === answer.option);
        if (answer.option !== undefined && !option) {
          const ids = inject.terms.options?.map(({ id }) => id).join(', ') ?? 'none';
          throw new DomainError('OPTION_UNKNOWN', `Choose one of the options of the inject: ${ids}.`);
        }
        const deadlineAt = deadlineOf(shown.at, inject.answerWithinMs);
        const waived = deadlines.some((row) => row.audience === audience && row.state === 'cancelled');
        const inTime = waived || isInTime(now, deadlineAt);
        const response: ResponseBody = {
          inject: injectId,
          audience,
          desk: desk.id,
          person: user.displayName,
          decision: answer.decision,
          ...(answer.option === undefined ? {} : { option: answer.option }),
          answeredAt: isoOf(now),
          deadlineAt: isoOf(deadlineAt),
          inTime,
        };
        const stored = {
          inject: injectId,
          audience,
          desk: desk.id,
          inTime,
          body: response,
          epoch: shown.epoch,
          userId: user.id,
          key,
          answeredAt: now,
        };
        if (!(await this.injects.respond(tx, run, stored))) {
          throw new DomainError('ALREADY_ANSWERED', 'Your desk has answered this inject.');
        }
        const texts = answerTexts(mode, desk.names, { decision: answer.decision, option: option?.names, inTime });
        const item = {
          id: `answer.${injectId}.${desk.id}.${mark}`,
          version: 1,
          kind: 'decision' as const,
          act: 'alert' as const,
        };
        return {
          item: { ...item, content: { mode, texts, response } },
          audiences: [CONTROL, audience],
          answer: response,
        };
      },
    );
  }

  /** The first telling of an inject to an audience that is to answer starts its time; an update of it does not. */
  private async openAnswers(
    tx: Tx,
    { run, row, content }: DueContext & { content: ItemContent },
  ): Promise<Consequence> {
    const running = (await this.deadlines(tx, run, row.itemId)).some(({ audience }) => audience === row.audience);
    if (row.audience === CONTROL || !content.inject || running) {
      return { items: [], rows: [] };
    }
    const dueAt = deadlineOf(row.dueAt, content.inject.answerWithinMs);
    return {
      items: [],
      rows: [{ ...row, step: 'deadline', origin: 'derived', dueAt, createdAt: row.dueAt, branch: undefined }],
    };
  }

  private async deadlines(tx: Tx, run: string, inject: string): Promise<DueRowState[]> {
    return (await this.dueRows.list(tx, run, { kind: 'inject', itemId: inject })).filter(
      ({ step }) => step === 'deadline',
    );
  }

  /** The deadline of an inject: without an answer, control and the audience are told that there is none. */
  private async closeAnswers(tx: Tx, { run, mode, row }: DueContext): Promise<Consequence> {
    const answered = (await this.injects.responses(tx, run)).some(
      ({ inject, audience }) => inject === row.itemId && audience === row.audience,
    );
    const inject = await this.injects.find(tx, run, row.itemId);
    if (answered || !inject) {
      return { items: [], rows: [] };
    }
    const party = this.parties.parties.find(({ id }) => id.toLowerCase() === row.audience)?.names ?? {
      'en-US': row.audience,
    };
    const item: RunItem = {
      id: `unanswered.${row.itemId}.${row.audience}`,
      version: 1,
      kind: 'message',
      act: 'alert',
      origin: 'derived',
      content: { mode, texts: unansweredTexts(mode, party, inject.terms.question) },
      createdAt: row.dueAt,
    };
    return { items: [item], rows: [CONTROL, row.audience].map((audience) => derivedRow(item, audience)) };
  }
}

function derivedRow(item: RunItem, audience: string): DueRow {
  return {
    dueAt: item.createdAt,
    itemId: item.id,
    version: item.version,
    audience,
    step: 'deliver',
    kind: item.kind,
    origin: 'derived',
    known: { basis: 'derived' },
    createdAt: item.createdAt,
  };
}

const isFirstTelling = ({ step, audience, version }: DueRowState): boolean =>
  step === 'deliver' && audience !== CONTROL && version === 1;
