import { Injectable } from '@nestjs/common';
import type { AlertMessage } from '../../core/alert/alert.js';
import type { Draft, DraftState } from '../../core/alert/draft.js';
import { runTime, type RunTime } from '../../core/time/time.js';
import type { AlertIssued } from '../../core/wire/alert.js';
import type { Tx } from '../../platform/database/transactions.js';

export interface AlertDraft extends Draft {
  readonly id: string;
  readonly desk: string;
  readonly act: 'alert' | 'update';
  readonly thread?: string;
  readonly message: AlertMessage;
  readonly authorNames: readonly string[];
  readonly decidedBy?: string;
  readonly reason?: string;
  /** What its approval was answered with. */
  readonly answer?: AlertIssued;
}

export type NewDraft = Pick<AlertDraft, 'id' | 'act' | 'thread' | 'message' | 'hash' | 'draftedAt'> & {
  readonly by: string;
  readonly byName: string;
};

/** How a draft ended. */
export interface Decision {
  readonly state: Exclude<DraftState, 'awaiting-approval'>;
  readonly by: string;
  readonly reason?: string;
  readonly answer?: AlertIssued;
}

interface Row {
  id: string;
  desk: string;
  act: 'alert' | 'update';
  thread: string | null;
  message: AlertMessage;
  hash: string;
  authors: string[];
  author_names: string[];
  drafted_at: string;
  state: DraftState;
  decided_by: string | null;
  reason: string | null;
  answer: AlertIssued | null;
}

const COLUMNS =
  'id, desk, act, thread, message, hash, authors, author_names, drafted_at, state, decided_by, reason, answer';

/** Drafts of alerts; a transaction sees those of the party of a drafter or approver, and nobody else's. */
@Injectable()
export class AlertDraftsRepository {
  async insert(tx: Tx, run: string, draft: NewDraft): Promise<void> {
    const { id, act, thread, message, hash, draftedAt, by, byName } = draft;
    await tx.query(
      `INSERT INTO alert_drafts (run_id, id, desk, audience, act, thread, message, hash, authors, author_names, drafted_at)
       VALUES ($1, $2, asking_desk(), desk_audience($1), $3, $4, $5, $6, $7, $8, $9)`,
      [run, id, act, thread ?? null, JSON.stringify(message), hash, [by], [byName], draftedAt],
    );
  }

  async find(tx: Tx, run: string, id: string): Promise<AlertDraft | undefined> {
    const [row] = await tx.query<Row>(`SELECT ${COLUMNS} FROM alert_drafts WHERE run_id = $1 AND id = $2`, [run, id]);
    return row && draftOf(row);
  }

  /** As `find`, and kept from changing until the transaction ends. */
  async lock(tx: Tx, run: string, id: string): Promise<AlertDraft | undefined> {
    const [row] = await tx.query<Row>(`SELECT ${COLUMNS} FROM alert_drafts WHERE run_id = $1 AND id = $2 FOR UPDATE`, [
      run,
      id,
    ]);
    return row && draftOf(row);
  }

  /** Those that wait, the oldest first. */
  async waiting(tx: Tx, run: string, since: RunTime): Promise<AlertDraft[]> {
    const rows = await tx.query<Row>(
      `SELECT ${COLUMNS} FROM alert_drafts WHERE run_id = $1 AND state = 'awaiting-approval' AND drafted_at > $2 ORDER BY drafted_at, id`,
      [run, since],
    );
    return rows.map(draftOf);
  }

  /** Puts other words in their place; whoever did becomes an author. */
  async revise(
    tx: Tx,
    run: string,
    { id, message, hash, draftedAt, by, byName }: Omit<NewDraft, 'act' | 'thread'>,
  ): Promise<void> {
    await tx.query(
      `UPDATE alert_drafts SET message = $3, hash = $4, drafted_at = $5,
         authors = CASE WHEN $6 = ANY (authors) THEN authors ELSE authors || $6::text END,
         author_names = CASE WHEN $6 = ANY (authors) THEN author_names ELSE author_names || $7::text END
       WHERE run_id = $1 AND id = $2`,
      [run, id, JSON.stringify(message), hash, draftedAt, by, byName],
    );
  }

  async decide(tx: Tx, run: string, id: string, { state, by, reason, answer }: Decision): Promise<void> {
    await tx.query(
      'UPDATE alert_drafts SET state = $3, decided_by = $4, reason = $5, answer = $6 WHERE run_id = $1 AND id = $2',
      [run, id, state, by, reason ?? null, answer ? JSON.stringify(answer) : null],
    );
  }

  /** How many audiences of parties an alert of the run goes to. */
  async countAudiences(tx: Tx, run: string): Promise<number> {
    const [row] = await tx.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM run_audiences WHERE run_id = $1 AND party IS NOT NULL',
      [run],
    );
    return row?.count ?? 0;
  }
}

function draftOf({ author_names, drafted_at, thread, decided_by, reason, answer, ...row }: Row): AlertDraft {
  return {
    ...row,
    authorNames: author_names,
    draftedAt: runTime(Number(drafted_at)),
    thread: thread ?? undefined,
    decidedBy: decided_by ?? undefined,
    reason: reason ?? undefined,
    answer: answer ?? undefined,
  };
}
