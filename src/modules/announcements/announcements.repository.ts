import { Injectable } from '@nestjs/common';
import type { AnnouncementRecord } from '../../core/announcement/match-launch.js';
import type { Embargo, Stage } from '../../core/announcement/stage.js';
import type { AnnouncementTerms } from '../../core/scenario/scenario.schema.js';
import { runTime, type RunTime } from '../../core/time/time.js';
import type { Tx } from '../../platform/database/transactions.js';

export interface NewAnnouncement {
  id: string;
  version: number;
  terms: AnnouncementTerms;
  receivedAt: RunTime;
  origin: 'scenario' | 'input';
  createdBy: string;
  stage?: Stage;
  embargo?: Embargo;
  releasedBy?: string;
}

interface Row {
  id: string;
  version: number;
  terms: AnnouncementTerms;
  received_at: string;
  stage: Stage;
  embargo: Embargo | null;
}

/** An announcement as what follows on it needs to know it. */
export interface StandingAnnouncement extends AnnouncementRecord {
  stage: Stage;
  embargo?: Embargo;
}

const COLUMNS = 'id, version, terms, received_at, stage, embargo';

@Injectable()
export class AnnouncementsRepository {
  /** Every version belongs to the desk that made the first one; whoever else adds one changes nothing of that. */
  async insert(tx: Tx, run: string, announcements: readonly NewAnnouncement[]): Promise<void> {
    for (const { id, version, terms, receivedAt, origin, createdBy, stage, embargo, releasedBy } of announcements) {
      await tx.query(
        `INSERT INTO announcements (run_id, id, version, by_party, terms, received_at, origin, created_by, stage, embargo, released_by,
           desk, audience)
         SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11,
           CASE WHEN f.id IS NULL THEN asking_desk() ELSE f.desk END, coalesce(f.audience, desk_audience($1), 'control')
         FROM (VALUES (1)) AS one LEFT JOIN announcements f ON f.run_id = $1 AND f.id = $2 AND f.version = 1`,
        [
          run,
          id,
          version,
          terms.by,
          JSON.stringify(terms),
          receivedAt,
          origin,
          createdBy,
          stage ?? 'announce',
          embargo ? JSON.stringify(embargo) : null,
          releasedBy ?? null,
        ],
      );
    }
  }

  /** Every version of the announcements of a run that the transaction may see. */
  async list(tx: Tx, run: string): Promise<AnnouncementRecord[]> {
    const rows = await tx.query<Row>(
      `SELECT ${COLUMNS} FROM announcements WHERE run_id = $1 AND NOT void ORDER BY id, version`,
      [run],
    );
    return rows.map(recordOf);
  }

  async find(tx: Tx, run: string, id: string): Promise<StandingAnnouncement | undefined> {
    const [row] = await tx.query<Row>(
      `SELECT ${COLUMNS} FROM announcements WHERE run_id = $1 AND id = $2 AND NOT void ORDER BY version DESC LIMIT 1`,
      [run, id],
    );
    return row && recordOf(row);
  }

  /** The number of the next version: one that a jump back voided is never given again. */
  async nextVersion(tx: Tx, run: string, id: string): Promise<number> {
    const [row] = await tx.query<{ next: number }>(
      'SELECT coalesce(max(version), 0) + 1 AS next FROM announcements WHERE run_id = $1 AND id = $2',
      [run, id],
    );
    return row?.next ?? 1;
  }

  /** Takes back what people announced after `to`, when the run is moved back to it; it stays on record. */
  async rewind(tx: Tx, run: string, to: RunTime): Promise<void> {
    await tx.query(`UPDATE announcements SET void = true WHERE run_id = $1 AND origin = 'input' AND received_at > $2`, [
      run,
      to,
    ]);
  }
}

function recordOf(row: Row): StandingAnnouncement {
  return {
    id: row.id,
    version: row.version,
    terms: row.terms,
    receivedAt: runTime(Number(row.received_at)),
    cancelled: row.stage === 'cancel',
    stage: row.stage,
    ...(row.embargo ? { embargo: row.embargo } : {}),
  };
}
