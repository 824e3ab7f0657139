import { Injectable } from '@nestjs/common';
import type { Clock, ClockState } from '../../core/clock/clock.js';
import type { Job, Mode } from '../../core/scenario/mode.js';
import { runTime, wallTime, type WallTime } from '../../core/time/time.js';
import type { Tx } from '../../platform/database/transactions.js';

export interface ClockRow {
  revision: number;
  state: ClockState;
  speed: number;
  real_ms: number;
  run_at: string;
  rate: number;
  start_at: string | null;
  end_at: string | null;
}

/** Wall time as milliseconds: the pipeline's arithmetic is in core, and JavaScript's Date would lose the microseconds. */
export const CLOCK_COLUMNS =
  'c.revision, c.state, c.speed, extract(epoch FROM c.real_at)::float8 * 1000 AS real_ms, c.run_at, c.rate, c.start_at, c.end_at';

const NOW = 'extract(epoch FROM clock_timestamp())::float8 * 1000 AS now_ms';

export function clockOf(row: ClockRow): Clock {
  return {
    revision: row.revision,
    state: row.state,
    speed: row.speed,
    segment: { realAt: wallTime(row.real_ms), runAt: runTime(Number(row.run_at)), rate: row.rate },
    startAt: row.start_at === null ? undefined : runTime(Number(row.start_at)),
    endAt: row.end_at === null ? undefined : runTime(Number(row.end_at)),
  };
}

/** A clock and the database's time at which it was read: all nodes share that one time. */
export interface ClockReading {
  readonly clock: Clock;
  readonly now: WallTime;
}

/** A run as an input finds it. */
export interface Standing extends ClockReading {
  readonly job: Job;
  readonly mode: Mode;
  readonly seed: number;
  readonly audiences: readonly string[];
}

@Injectable()
export class ClockRepository {
  async now(tx: Tx): Promise<WallTime> {
    const [row] = await tx.query<{ now_ms: number }>(`SELECT ${NOW}`);
    return wallTime(row?.now_ms ?? 0);
  }

  /** One at a time for each run: whatever appends to its feeds or moves its clock. Held until the transaction ends. */
  async lockRun(tx: Tx, run: string): Promise<void> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('run ' || $1, 0))`, [run]);
  }

  /**
   * The clock, kept from changing until the transaction ends; undefined when there is no such run for whoever asks.
   * Many may hold it so at once. The lock is one that is granted in the order of asking, so that a stream of inputs cannot keep
   * a pause waiting, and the time is read once it is held: what is accepted before a pause is due before it.
   */
  async read(tx: Tx, run: string): Promise<ClockReading | undefined> {
    const [, reading] = await Promise.all([this.share(tx, run), this.reading(tx, run)]);
    return reading;
  }

  /** As `read`, with what an input must know of its run. */
  async readStanding(tx: Tx, run: string): Promise<Standing | undefined> {
    const [, [row]] = await Promise.all([
      this.share(tx, run),
      tx.query<ClockRow & { now_ms: number; job: Job; mode: Mode; seed: string; audiences: string[] }>(
        `SELECT ${CLOCK_COLUMNS}, ${NOW}, r.job, r.mode, r.seed, ARRAY(
           SELECT a.audience FROM run_audiences a WHERE a.run_id = r.id ORDER BY a.party IS NULL, a.audience) AS audiences
         FROM run_clocks c JOIN runs r ON r.id = c.run_id WHERE c.run_id = $1`,
        [run],
      ),
    ]);
    return row && { ...readingOf(row), job: row.job, mode: row.mode, seed: Number(row.seed), audiences: row.audiences };
  }

  /** Keeps other inputs that go on with the same threads waiting; locked by name, so that two who want the same ones never wait for each other. */
  async lockThreads(tx: Tx, run: string, threads: readonly string[]): Promise<void> {
    if (threads.length > 0) {
      await tx.query(
        `SELECT pg_advisory_xact_lock(hashtextextended('thread ' || $1 || ' ' || t.thread, 0)) FROM unnest($2::text[]) AS t (thread)`,
        [run, [...new Set(threads)].sort()],
      );
    }
  }

  /** The clock for a change: every input under way is in, and later ones wait. Call after `lockRun`. */
  async lock(tx: Tx, run: string): Promise<ClockReading | undefined> {
    const [, reading] = await Promise.all([this.awaitInputs(tx, run), this.reading(tx, run)]);
    return reading;
  }

  /** Waits until every input that has read the clock is in, and keeps later ones out until the transaction ends. Call after `lockRun`. */
  async awaitInputs(tx: Tx, run: string): Promise<void> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('clock ' || $1, 0))`, [run]);
  }

  /** Whether the present segment of a clock was opened by a jump. */
  async hasJumped(tx: Tx, run: string, revision: number): Promise<boolean> {
    const [row] = await tx.query<{ reason: string }>(
      'SELECT reason FROM clock_segments WHERE run_id = $1 AND revision = $2',
      [run, revision],
    );
    return row?.reason === 'jump';
  }

  private async reading(tx: Tx, run: string): Promise<ClockReading | undefined> {
    const [row] = await tx.query<ClockRow & { now_ms: number }>(
      `SELECT ${CLOCK_COLUMNS}, ${NOW} FROM run_clocks c WHERE c.run_id = $1`,
      [run],
    );
    return row && readingOf(row);
  }

  private async share(tx: Tx, run: string): Promise<void> {
    await tx.query(`SELECT pg_advisory_xact_lock_shared(hashtextextended('clock ' || $1, 0))`, [run]);
  }

  /** Stores a clock and adds its segment to the history; `reason` says what the change was. */
  async save(tx: Tx, run: string, clock: Clock, reason: string): Promise<void> {
    const { revision, state, speed, segment } = clock;
    const values = [run, revision, state, speed, segment.realAt / 1000, segment.runAt, segment.rate];
    await tx.query(
      `INSERT INTO run_clocks (run_id, revision, state, speed, real_at, run_at, rate, start_at, end_at)
       VALUES ($1, $2, $3, $4, to_timestamp($5), $6, $7, $8, $9)
       ON CONFLICT (run_id) DO UPDATE SET revision = excluded.revision, state = excluded.state, speed = excluded.speed,
         real_at = excluded.real_at, run_at = excluded.run_at, rate = excluded.rate`,
      [...values, clock.startAt ?? null, clock.endAt ?? null],
    );
    await tx.query(
      'INSERT INTO clock_segments (run_id, revision, real_at, run_at, rate, reason) VALUES ($1, $2, to_timestamp($3), $4, $5, $6)',
      [run, revision, segment.realAt / 1000, segment.runAt, segment.rate, reason],
    );
  }
}

const readingOf = (row: ClockRow & { now_ms: number }): ClockReading => ({
  clock: clockOf(row),
  now: wallTime(row.now_ms),
});
