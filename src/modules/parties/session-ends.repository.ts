import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/transactions.js';

/** Whose tokens were ended (an account, one session, a key), and how often. */
export interface SessionEnd {
  readonly subject: string;
  readonly generation: number;
}

/** Longer than any token is good for: what was ended before needs no remembering. */
const REMEMBERED = '13 hours';
/** Longer than from the time of a row to its commit. */
const OVERLAP = '60 seconds';

@Injectable()
export class SessionEndsRepository {
  /** Ends the tokens of a subject, which belongs to the account, or the key, `owner`. */
  async end(tx: Tx, subject: string, owner: string): Promise<void> {
    await tx.query(
      `INSERT INTO session_ends (subject, owner) VALUES ($1, $2)
       ON CONFLICT (subject) DO UPDATE SET generation = session_ends.generation + 1, at = clock_timestamp()`,
      [subject, owner],
    );
  }

  /** How often the sessions of an account were ended so far. */
  async generation(tx: Tx, subject: string): Promise<number> {
    const [row] = await tx.query<{ generation: number }>('SELECT generation FROM session_ends WHERE subject = $1', [
      subject,
    ]);
    return row?.generation ?? 0;
  }

  /** What was ended since a time of the database, or at all of what may still matter; and the time to ask from next. */
  async since(tx: Tx, since: string | undefined): Promise<{ now: string; ends: SessionEnd[] }> {
    const [clock] = await tx.query<{ now: string }>("SELECT to_json(clock_timestamp()) #>> '{}' AS now");
    const ends = await tx.query<SessionEnd>(
      `SELECT subject, generation FROM session_ends
       WHERE at > coalesce($1::timestamptz - interval '${OVERLAP}', clock_timestamp() - interval '${REMEMBERED}')`,
      [since ?? null],
    );
    return { now: clock!.now, ends };
  }
}
