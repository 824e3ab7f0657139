import { Injectable } from '@nestjs/common';
import type { ResponseBody } from '../../core/incident/item.js';
import type { InjectTerms, Texts } from '../../core/scenario/scenario.schema.js';
import { runTime, type RunTime } from '../../core/time/time.js';
import type { Tx } from '../../platform/database/transactions.js';

export interface Inject {
  readonly id: string;
  readonly answerWithinMs: number;
  readonly terms: InjectTerms;
  readonly texts: Texts;
}

export interface Response {
  readonly inject: string;
  readonly audience: string;
  readonly desk: string;
  readonly inTime: boolean;
  readonly body: ResponseBody;
}

interface InjectRow {
  id: string;
  answer_within_ms: string;
  terms: InjectTerms;
  texts: Texts;
}

const injectOf = (row: InjectRow): Inject => ({ ...row, answerWithinMs: Number(row.answer_within_ms) });

@Injectable()
export class InjectsRepository {
  async insert(tx: Tx, run: string, injects: readonly Inject[]): Promise<void> {
    for (const { id, answerWithinMs, terms, texts } of injects) {
      await tx.query('INSERT INTO injects (run_id, id, answer_within_ms, terms, texts) VALUES ($1, $2, $3, $4, $5)', [
        run,
        id,
        answerWithinMs,
        JSON.stringify(terms),
        JSON.stringify(texts),
      ]);
    }
  }

  async list(tx: Tx, run: string): Promise<Inject[]> {
    const rows = await tx.query<InjectRow>(
      'SELECT id, answer_within_ms, terms, texts FROM injects WHERE run_id = $1 ORDER BY id',
      [run],
    );
    return rows.map(injectOf);
  }

  async find(tx: Tx, run: string, id: string): Promise<Inject | undefined> {
    const [row] = await tx.query<InjectRow>(
      'SELECT id, answer_within_ms, terms, texts FROM injects WHERE run_id = $1 AND id = $2',
      [run, id],
    );
    return row && injectOf(row);
  }

  /** When an audience was shown an inject in the present epoch, in run time, with that epoch; undefined when it was not. */
  async shownAt(
    tx: Tx,
    run: string,
    inject: string,
    audience: string,
  ): Promise<{ at: RunTime; epoch: number } | undefined> {
    const [row] = await tx.query<{ due_at: string; epoch: number }>(
      `SELECT i.due_at, i.epoch FROM feed_items i JOIN feeds f USING (run_id, audience, epoch)
       WHERE i.run_id = $1 AND i.audience = $3 AND i.kind = 'inject' AND i.item_id = $2 ORDER BY i.version LIMIT 1`,
      [run, inject, audience],
    );
    return row && { at: runTime(Number(row.due_at)), epoch: row.epoch };
  }

  /** Takes back what was answered after `to`, when the run is moved back to it; it stays on record. */
  async voidResponses(tx: Tx, run: string, to: RunTime): Promise<void> {
    await tx.query('UPDATE responses SET void = true WHERE run_id = $1 AND answered_at > $2', [run, to]);
  }

  /** Stores an answer. Returns false when an answer of the desk stands already. */
  async respond(
    tx: Tx,
    run: string,
    response: Response & { epoch: number; userId: string; key: string; answeredAt: RunTime },
  ): Promise<boolean> {
    const { inject, audience, desk, epoch, userId, key, body, answeredAt, inTime } = response;
    const before = await tx.query(
      'SELECT 1 FROM responses WHERE run_id = $1 AND inject_id = $2 AND desk = $3 AND NOT void',
      [run, inject, desk],
    );
    if (before.length > 0) {
      return false;
    }
    await tx.query(
      `INSERT INTO responses (run_id, inject_id, audience, desk, epoch, user_id, key, body, answered_at, in_time)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [run, inject, audience, desk, epoch, userId, key, JSON.stringify(body), answeredAt, inTime],
    );
    return true;
  }

  /** The answers that stand and that the transaction may see, oldest first. */
  async responses(tx: Tx, run: string): Promise<Response[]> {
    const rows = await tx.query<{
      inject_id: string;
      audience: string;
      desk: string;
      in_time: boolean;
      body: ResponseBody;
    }>(
      `SELECT r.inject_id, r.audience, r.desk, r.in_time, r.body FROM responses r
       WHERE r.run_id = $1 AND NOT r.void ORDER BY r.answered_at, r.desk`,
      [run],
    );
    return rows.map(({ inject_id, in_time, ...row }) => ({ ...row, inject: inject_id, inTime: in_time }));
  }
}
