import { Injectable } from '@nestjs/common';
import { runTimeAt } from '../../core/clock/clock.js';
import { injectOutcome } from '../../core/exercise/inject.js';
import { obligationOutcome } from '../../core/obligation/obligation.js';
import { CONTROL, audienceOf } from '../../core/scenario/scenario.schedule.js';
import type { Scenario } from '../../core/scenario/scenario.schema.js';
import { partIdOf } from '../../core/arrangement/schedule.js';
import { isoOf, runTime, runTimeOf } from '../../core/time/time.js';
import type { ItemRef } from '../../core/wire/feed.js';
import type { Report, ReportInject, ReportKnew } from '../../core/wire/report.js';
import type { UntimedView } from '../../core/wire/scenario.js';
import { Transactions } from '../../platform/database/transactions.js';
import type { Principal } from '../../platform/database/principal.js';
import { FeedsService } from '../dissemination/feeds.service.js';
import { ObligationReadsRepository } from '../dissemination/obligation-reads.repository.js';
import { ReceiptsRepository } from '../dissemination/receipts.repository.js';
import { BranchesService } from '../exercises/branches.service.js';
import { InjectsService, type InjectState } from '../exercises/injects.service.js';
import { DueRowsRepository } from '../runs/due-rows.repository.js';
import { RunsService } from '../runs/runs.service.js';
import { ScenarioLibrary } from '../runs/scenario-library.service.js';
import { untimedOf } from '../runs/run-view.js';
import type { RunWithClock } from '../runs/run.js';
import { ReportRepository, type ShownItem } from './report.repository.js';

/** What a run was, when it is looked back on: who was shown what when, who answered, who knew how long after it happened. */
@Injectable()
export class ReportService {
  constructor(
    private readonly transactions: Transactions,
    private readonly runs: RunsService,
    private readonly library: ScenarioLibrary,
    private readonly report: ReportRepository,
    private readonly receipts: ReceiptsRepository,
    private readonly obligations: ObligationReadsRepository,
    private readonly feeds: FeedsService,
    private readonly dueRows: DueRowsRepository,
    private readonly injects: InjectsService,
    private readonly branches: BranchesService,
  ) {}

  /** The report as it stands; a run that goes on has one too. Throws DomainError RUN_NOT_FOUND. */
  async get(principal: Principal, id: string): Promise<{ run: RunWithClock; report: Omit<Report, 'run'> }> {
    const run = await this.runs.get(principal, id);
    const { shown, received, displays, acknowledgements, obligations, suppressed, digest, now } =
      await this.transactions.run(principal, async (tx) => {
        const reading = await this.runs.readClock(tx, id);
        return {
          shown: await this.report.shown(tx, id),
          received: await this.receipts.positions(tx, id),
          displays: await this.receipts.displays(tx, id),
          acknowledgements: await this.receipts.acknowledgements(tx, id),
          obligations: await this.obligations.all(tx, id),
          suppressed: await this.dueRows.list(tx, id, { states: ['suppressed', 'skipped', 'cancelled'] }),
          digest: await this.feeds.digest(tx, id),
          now: runTimeAt(reading.clock, reading.now),
        };
      });
    const injects = await this.injects.list(principal, id);
    const scenario = await this.scenarioOf(run);
    const report: Omit<Report, 'run'> = {
      digest,
      injects: injects.map((inject) => injectReport(inject, now, displays)),
      branches: await this.branches.list(principal, id),
      shown: shown.map(({ body, ...item }) => ({
        ...item,
        dueAt: isoOf(item.dueAt),
        realAt: item.realAt.toISOString(),
        texts: body.texts,
        displayed: displays
          .filter((display) => sameItem(display, item))
          .map(({ desk, at }) => ({ desk, at: at.toISOString() })),
        acknowledged: acknowledgements
          .filter((acknowledgement) => sameItem(acknowledgement, item))
          .map(({ desk, person, at, note }) => ({ desk, person, at: at.toISOString(), note })),
      })),
      suppressed: suppressed.map(({ audience, kind, itemId, version, step, dueAt, state, reason }) => ({
        audience,
        kind,
        id: itemId,
        version,
        step,
        dueAt: isoOf(dueAt),
        state,
        reason,
      })),
      knew: knewOf(run, shown, scenario),
      received: received.map((each) => ({ ...each, at: each.at.toISOString() })),
      obligations: obligations.map(({ acknowledgedAt, ...obligation }) => ({
        ...obligation,
        outcome: obligationOutcome(obligation.state, acknowledgedAt !== undefined),
        acknowledgedAt: acknowledgedAt?.toISOString(),
      })),
      untimed: scenario ? untimedIn(run, scenario) : [],
    };
    return { run, report };
  }

  /** The scenario as it is on disk now; undefined for the live watch and for a file that was taken away. */
  private async scenarioOf({ run }: RunWithClock): Promise<Scenario | undefined> {
    return run.scenario === undefined
      ? undefined
      : (await this.library.load(run.scenario).catch(() => undefined))?.scenario;
  }
}

function untimedIn({ run }: RunWithClock, scenario: Scenario): UntimedView[] {
  const chapter = scenario.chapters.find(({ id }) => id === run.chapter);
  return chapter ? untimedOf(scenario, chapter) : [];
}

type Receipt = ItemRef & { audience: string; at: Date };

const sameItem = (receipt: Receipt, item: ItemRef & { audience: string }): boolean =>
  receipt.audience === item.audience &&
  receipt.kind === item.kind &&
  receipt.id === item.id &&
  receipt.version === item.version;

function injectReport(
  { inject, rows, responses, waived }: InjectState,
  now: ReturnType<typeof runTimeAt>,
  displays: readonly Receipt[],
): ReportInject {
  return {
    id: inject.id,
    texts: inject.texts,
    deliveries: rows.map((row) => {
      const sent = row.state === 'done';
      const deadlineAt = sent ? runTime(row.dueAt + inject.answerWithinMs) : undefined;
      const answers = responses.filter(({ audience }) => audience === row.audience);
      const display = displays.find(({ id, audience }) => id === inject.id && audience === row.audience);
      return {
        audience: row.audience,
        dueAt: isoOf(row.dueAt),
        shownAt: display?.at.toISOString(),
        deadlineAt: deadlineAt && isoOf(deadlineAt),
        answers: answers.map(({ body }) => body),
        outcome: injectOutcome(deadlineAt, answers, now, waived.includes(row.audience)),
      };
    }),
  };
}

/** For each event: when each capital knew, and how long after it began; `knownAt` is absent where none is on record. */
function knewOf(
  { audiences, run: { seed } }: RunWithClock,
  shown: readonly ShownItem[],
  scenario: Scenario | undefined,
): ReportKnew[] {
  const capitals = audiences.filter(({ party }) => party !== undefined).map(({ party }) => audienceOf(party ?? ''));
  return shown
    .filter(({ audience, body }) => audience === CONTROL && body.event !== undefined && body.match === undefined)
    .map((event) => {
      const eventAt = runTimeOf(event.body.event?.at ?? '');
      return {
        id: event.id,
        version: event.version,
        kind: event.kind,
        texts: event.body.texts,
        eventAt: isoOf(eventAt),
        precision: event.body.event?.precision,
        audiences: capitals.map((audience) => {
          const told = shown.find((item) => item.audience === audience && tellsOf(item, event, seed));
          return told
            ? { audience, knownAt: isoOf(told.dueAt), delayMs: told.dueAt - eventAt, basis: told.body.known.basis }
            : { audience };
        }),
        others: othersOf(event, eventAt, scenario),
      };
    });
}

/** Whether an item is this version of an event, or a part of it. What was shown is in the order of time. */
const tellsOf = ({ id, version, audience, body: { part } }: ShownItem, event: ItemRef, seed: number): boolean =>
  id === event.id
    ? version === event.version
    : part?.version === event.version && id === partIdOf(seed, event.id, audience);

/** Bodies without a desk that are on record as knowing, such as the UN Command in 2010. */
function othersOf(event: ShownItem, eventAt: number, scenario: Scenario | undefined): ReportKnew['others'] {
  const known = scenario?.timeline.find(({ id }) => id === event.id)?.known ?? [];
  return known.flatMap(({ who, at }) => {
    const other = scenario?.others[who];
    return other
      ? [{ id: who, names: other.names, knownAt: isoOf(runTimeOf(at)), delayMs: runTimeOf(at) - eventAt }]
      : [];
  });
}
