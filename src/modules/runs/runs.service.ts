import { Injectable } from '@nestjs/common';
import { randomInt } from 'node:crypto';
import { AS_IT_WAS } from '../../core/arrangement/arrangement.parse.js';
import type { Network } from '../../core/arrangement/network.js';
import { partContentOf } from '../../core/arrangement/part.js';
import { scheduleUnder } from '../../core/arrangement/schedule.js';
import { startClock, wallClock } from '../../core/clock/clock.js';
import { DomainError } from '../../core/domain-error.js';
import { contentOf, sourcesOf } from '../../core/incident/item-body.js';
import type { Mode } from '../../core/scenario/mode.js';
import { CONTROL, audienceOf } from '../../core/scenario/scenario.schedule.js';
import type { Scenario, ScenarioChapter } from '../../core/scenario/scenario.schema.js';
import type { ThresholdsFile } from '../../core/threshold/threshold.schema.js';
import { isoOf, runTimeOf } from '../../core/time/time.js';
import { PIPELINE, type Principal } from '../../platform/database/principal.js';
import { Transactions, type Tx } from '../../platform/database/transactions.js';
import { PartiesService } from '../parties/parties.service.js';
import { ArrangementsService } from './arrangements.service.js';
import { ClockRepository, type ClockReading } from './clock.repository.js';
import { Drains } from './drains.js';
import { END_OF_CHAPTER, type DueRow, type RunItem } from './due-row.js';
import { DueRowsRepository } from './due-rows.repository.js';
import type { Run, RunAudience, RunWithClock } from './run.js';
import { RunParts, type RunEnding } from './run-parts.js';
import { RunsRepository } from './runs.repository.js';
import { ScenarioLibrary } from './scenario-library.service.js';
import { ThresholdsService } from './thresholds.service.js';
import { Watches } from './watches.js';

export interface NewRun {
  scenario: string;
  chapter?: string;
  speed: number;
  seed: number;
  /** Of the arrangements file. */
  arrangement: string;
  paused: boolean;
  mode: Exclude<Mode, 'actual'>;
  /** Given when the caller must know the id beforehand. */
  id?: string;
}

const LISTED_RUNS = 100;

@Injectable()
export class RunsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly parties: PartiesService,
    private readonly library: ScenarioLibrary,
    private readonly arrangements: ArrangementsService,
    private readonly runs: RunsRepository,
    private readonly clocks: ClockRepository,
    private readonly dueRows: DueRowsRepository,
    private readonly parts: RunParts,
    private readonly drains: Drains,
    private readonly watches: Watches,
    private readonly thresholds: ThresholdsService,
  ) {}

  /** Starts a run of a scenario. Throws DomainError SCENARIO_NOT_FOUND, SCENARIO_INVALID, CHAPTER_NOT_FOUND, ARRANGEMENT_UNKNOWN or PARTY_UNKNOWN. */
  async start(principal: Principal, by: string, wanted: NewRun): Promise<RunWithClock> {
    const { scenario, hash } = await this.library.load(wanted.scenario);
    const chapter = chapterOf(scenario, wanted.chapter);
    const arrangement = this.arrangements.find(wanted.arrangement);
    const run: Run = {
      id: wanted.id ?? newRunId(scenario.id),
      job: scenario.job,
      mode: wanted.mode,
      scenario: scenario.id,
      chapter: chapter.id,
      scenarioHash: hash,
      seed: wanted.seed,
      arrangement: wanted.arrangement,
      names: scenario.names,
      timeZone: scenario.timeZone,
      createdBy: by,
    };
    const audiences = this.audiencesOf(scenario.parties);
    const { items, rows } = contentsOf(
      scenario,
      chapter,
      run,
      this.arrangements.networkOf(arrangement),
      this.thresholds.file,
    );
    await this.transactions.run(
      principal,
      async (tx) => {
        await this.runs.insert(tx, run, audiences, arrangement.sharesReceipts);
        const line = { startAt: runTimeOf(chapter.from), endAt: runTimeOf(chapter.to) };
        await this.clocks.save(
          tx,
          run.id,
          startClock(await this.clocks.now(tx), line, wanted.speed, wanted.paused),
          'start',
        );
        await this.dueRows.insert(tx, run.id, items, rows);
        await this.parts.started(tx, { run, audiences, scenario, items, rows });
        tx.afterCommit(() => this.drains.request(run.id));
      },
      { action: 'run.started', run: run.id, detail: { ...wanted } },
    );
    return this.get(principal, run.id);
  }

  /** Makes sure that every watch of this setting exists and that every party that the service knows takes part in it. */
  async ensureLive(): Promise<void> {
    const audiences = this.audiencesOf(this.parties.parties.map(({ id }) => id));
    for (const watch of this.watches.all) {
      const run: Run = {
        ...watch,
        job: 'watch',
        seed: 1,
        arrangement: AS_IT_WAS,
        timeZone: 'UTC',
        createdBy: 'service',
      };
      await this.transactions.run(PIPELINE, async (tx) => {
        await this.clocks.lockRun(tx, run.id);
        const exists = (await this.runs.find(tx, run.id)) !== undefined;
        if (exists) {
          await this.runs.addAudiences(tx, run.id, audiences);
        } else {
          await this.runs.insert(tx, run, audiences, false);
          await this.clocks.save(tx, run.id, wallClock(await this.clocks.now(tx)), 'start');
        }
        await this.parts.started(tx, { run, audiences, items: [], rows: [] });
      });
    }
  }

  /** The run as far as the principal may see it. Throws DomainError RUN_NOT_FOUND. */
  async get(principal: Principal, id: string): Promise<RunWithClock> {
    return found(await this.transactions.run(principal, (tx) => this.runs.find(tx, id)), id);
  }

  /** What the other modules add to the view of an ended run. */
  ended(principal: Principal, id: string): Promise<RunEnding> {
    return this.transactions.run(principal, (tx) => this.parts.ended(tx, id));
  }

  async list(principal: Principal): Promise<RunWithClock[]> {
    const runs = await this.transactions.run(principal, (tx) => this.runs.list(tx, LISTED_RUNS));
    return runs.filter(({ run }) => !this.watches.hides(run.id));
  }

  /** The run's clock within a command's transaction, kept from changing until it ends. Throws DomainError RUN_NOT_FOUND. */
  async readClock(tx: Tx, run: string): Promise<ClockReading> {
    return found(await this.clocks.read(tx, run), run);
  }

  private audiencesOf(parties: readonly string[]): RunAudience[] {
    const desks = this.parties.desks;
    return [
      ...parties.map((party) => {
        if (!this.parties.party(party)) {
          throw new DomainError(
            'PARTY_UNKNOWN',
            `The scenario has the party ${party}, which this service does not know; add it to the parties file.`,
          );
        }
        const own = desks.filter((desk) => desk.party === party).map(({ id }) => id);
        return { audience: audienceOf(party), party, desks: own };
      }),
      { audience: CONTROL, desks: [] },
    ];
  }
}

/** What a chapter puts into a run: every version of every item, parts of items that an arrangement passes, and the rows that tell. */
function contentsOf(
  scenario: Scenario,
  chapter: ScenarioChapter,
  { mode, seed }: Run,
  network: Network | undefined,
  thresholds: ThresholdsFile,
): { items: RunItem[]; rows: DueRow[] } {
  const schedule = scheduleUnder(scenario, chapter, network, seed);
  const startAt = runTimeOf(chapter.from);
  const itemOf = (id: string, version: number): Omit<RunItem, 'kind' | 'content'> => ({
    id,
    version,
    act: version === 1 ? 'alert' : 'update',
    origin: 'scenario',
    createdAt: startAt,
  });
  const items = [
    ...schedule.items.map(({ id, version, item }): RunItem => ({
      ...itemOf(id, version),
      kind: item.kind,
      content: contentOf(scenario, item, mode, thresholds),
    })),
    // A part is a report of what passed: a notice or an alert of which only some fields are known is none.
    ...schedule.parts.map(({ id, version, of, fields }): RunItem => ({
      ...itemOf(id, version),
      kind: 'report',
      content: partContentOf(scenario, of.item, of.version, fields, mode),
    })),
  ];
  const kinds = new Map(items.map(({ id, kind }) => [id, kind]));
  const rows = schedule.rows.map(({ known, knownSince, ...row }): DueRow => ({
    ...row,
    kind: kinds.get(row.itemId) ?? 'report',
    origin: 'scenario',
    known: {
      ...(knownSince !== undefined && { at: isoOf(knownSince) }),
      basis: known.basis,
      precision: known.precision,
      note: known.note,
      sources: known.sources,
      cited: sourcesOf(scenario, known.sources),
    },
    createdAt: startAt,
  }));
  const end: DueRow = {
    itemId: END_OF_CHAPTER,
    version: 1,
    audience: CONTROL,
    step: 'end',
    dueAt: runTimeOf(chapter.to),
    kind: 'message',
    origin: 'scenario',
    known: { basis: 'event' },
    createdAt: startAt,
  };
  return { items, rows: [...rows, end] };
}

/** A chapter by its id, or the default one. Throws DomainError CHAPTER_NOT_FOUND. */
export function chapterOf(scenario: Scenario, id: string | undefined): ScenarioChapter {
  const chapter = scenario.chapters.find((each) => (id === undefined ? each.default : each.id === id));
  if (!chapter) {
    const ids = scenario.chapters.map((each) => each.id).join(', ');
    throw new DomainError(
      'CHAPTER_NOT_FOUND',
      `The scenario "${scenario.id}" has no such chapter; choose one of: ${ids}.`,
    );
  }
  return chapter;
}

function found<T>(value: T | undefined, run: string): T {
  if (value === undefined) {
    throw new DomainError('RUN_NOT_FOUND', `There is no run "${run.slice(0, 100)}" that you take part in.`);
  }
  return value;
}

/** Letters and digits that cannot be taken for one another when read out over a telephone. */
const ALPHABET = '23456789abcdefghjkmnpqrstuvwxyz';

/** A new id for a run of a scenario, as in `yeonpyeong-2010-k7m2p9`. */
export function newRunId(scenario: string): string {
  return `${scenario}-${Array.from({ length: 6 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')}`;
}
