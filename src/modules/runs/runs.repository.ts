import { Injectable } from '@nestjs/common';
import type { Names } from '../../core/scenario/scenario.schema.js';
import type { Job, Mode } from '../../core/scenario/mode.js';
import type { Tx } from '../../platform/database/transactions.js';
import { CLOCK_COLUMNS, clockOf, type ClockRow } from './clock.repository.js';
import type { Run, RunAudience, RunWithClock } from './run.js';

interface RunRow extends ClockRow {
  id: string;
  job: Job;
  mode: Mode;
  scenario: string | null;
  chapter: string | null;
  scenario_hash: string | null;
  seed: string;
  arrangement: string;
  names: Names;
  time_zone: string;
  created_by: string;
  created_at: Date;
  audiences: { audience: string; party: string | null; desks: string[] }[];
}

/**
 * Runs with their clock and the audiences that the transaction may see. The columns are named, since a prepared statement with
 * `*` fails once on every open connection after a migration that adds one.
 */
const SELECT = `
  SELECT r.id, r.job, r.mode, r.scenario, r.chapter, r.scenario_hash, r.seed, r.arrangement, r.names, r.time_zone, r.created_by,
    r.created_at, ${CLOCK_COLUMNS},
    (SELECT coalesce(json_agg(json_build_object('audience', a.audience, 'party', a.party, 'desks',
        (SELECT coalesce(json_agg(d.desk ORDER BY d.desk), '[]') FROM run_desks d WHERE d.run_id = a.run_id AND d.audience = a.audience))
        ORDER BY a.party IS NULL, a.audience), '[]')
     FROM run_audiences a WHERE a.run_id = r.id) AS audiences
  FROM runs r JOIN run_clocks c ON c.run_id = r.id`;

@Injectable()
export class RunsRepository {
  async insert(tx: Tx, run: Run, audiences: readonly RunAudience[], sharesReceipts: boolean): Promise<void> {
    await tx.query(
      `INSERT INTO runs (id, job, mode, scenario, chapter, scenario_hash, seed, arrangement, names, time_zone, created_by, shares_receipts)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        run.id,
        run.job,
        run.mode,
        run.scenario ?? null,
        run.chapter ?? null,
        run.scenarioHash ?? null,
        run.seed,
        run.arrangement,
        JSON.stringify(run.names),
        run.timeZone,
        run.createdBy,
        sharesReceipts,
      ],
    );
    await this.addAudiences(tx, run.id, audiences);
  }

  /** Adds audiences and desks that are not there yet; those that are stay as they are. */
  async addAudiences(tx: Tx, run: string, audiences: readonly RunAudience[]): Promise<void> {
    for (const { audience, party, desks } of audiences) {
      await tx.query('INSERT INTO run_audiences (run_id, audience, party) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [
        run,
        audience,
        party ?? null,
      ]);
      await tx.query(
        'INSERT INTO run_desks (run_id, desk, audience) SELECT $1, unnest($2::text[]), $3 ON CONFLICT DO NOTHING',
        [run, desks, audience],
      );
    }
  }

  async find(tx: Tx, id: string): Promise<RunWithClock | undefined> {
    const [row] = await tx.query<RunRow>(`${SELECT} WHERE r.id = $1`, [id]);
    return row && runOf(row);
  }

  /** What sort of run it is; throws when there is none. */
  async kind(tx: Tx, id: string): Promise<Pick<Run, 'job' | 'mode'>> {
    const [row] = await tx.query<Pick<Run, 'job' | 'mode'>>('SELECT job, mode FROM runs WHERE id = $1', [id]);
    if (!row) {
      throw new Error(`The run ${id} is not there.`);
    }
    return row;
  }

  /** The newest runs first, the live watch before all. */
  async list(tx: Tx, limit: number): Promise<RunWithClock[]> {
    const rows = await tx.query<RunRow>(`${SELECT} ORDER BY r.job = 'watch' DESC, r.created_at DESC LIMIT $1`, [limit]);
    return rows.map(runOf);
  }

  /** The audience of a desk in a run; undefined when the desk takes no part or the transaction may not see it. */
  async audienceOfDesk(tx: Tx, run: string, desk: string): Promise<string | undefined> {
    const [row] = await tx.query<{ audience: string }>(
      'SELECT audience FROM run_desks WHERE run_id = $1 AND desk = $2',
      [run, desk],
    );
    return row?.audience;
  }

  /** Counts `count` more inputs of people into the run (fewer when negative) and returns the number of the first: 1 in a new run. */
  async countInputs(tx: Tx, run: string, count: number): Promise<number> {
    const [row] = await tx.query<{ first: number }>(
      'UPDATE runs SET inputs = inputs + $2 WHERE id = $1 RETURNING inputs - $2 + 1 AS first',
      [run, count],
    );
    if (!row) {
      throw new Error(`The run ${run} is not there.`);
    }
    return row.first;
  }
}

function runOf(row: RunRow): RunWithClock {
  return {
    run: {
      id: row.id,
      job: row.job,
      mode: row.mode,
      scenario: row.scenario ?? undefined,
      chapter: row.chapter ?? undefined,
      scenarioHash: row.scenario_hash ?? undefined,
      seed: Number(row.seed),
      arrangement: row.arrangement,
      names: row.names,
      timeZone: row.time_zone,
      createdBy: row.created_by,
    },
    createdAt: row.created_at,
    clock: clockOf(row),
    audiences: row.audiences.map(({ audience, party, desks }) => ({ audience, party: party ?? undefined, desks })),
  };
}
