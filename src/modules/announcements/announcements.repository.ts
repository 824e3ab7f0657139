import { Injectable } from '@nestjs/common';
import type { AnnouncementRecord } from '../../core/announcement/match-launch.js';
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
}

interface Row {
  id: string;
  version: number;
  terms: AnnouncementTerms;
  received_at: string;
}

@Injectable()
export class AnnouncementsRepository {
  async insert(tx: Tx, run: string, announcements: readonly NewAnnouncement[]): Promise<void> {
    for (const { id, version, terms, receivedAt, origin, createdBy } of announcements) {
      await tx.query(
        `INSERT INTO announcements (run_id, id, version, by_party, terms, received_at, origin, created_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [run, id, version, terms.by, JSON.stringify(terms), receivedAt, origin, createdBy],
      );
    }
  }

  /** Every version of the announcements of a run that the transaction may see. */
  async list(tx: Tx, run: string): Promise<AnnouncementRecord[]> {
    const rows = await tx.query<Row>(
      'SELECT id, version, terms, received_at FROM announcements WHERE run_id = $1 ORDER BY id, version',
      [run],
    );
    return rows.map(recordOf);
  }

  async find(tx: Tx, run: string, id: string): Promise<AnnouncementRecord | undefined> {
    const [row] = await tx.query<Row>(
      'SELECT id, version, terms, received_at FROM announcements WHERE run_id = $1 AND id = $2 ORDER BY version DESC LIMIT 1',
      [run, id],
    );
    return row && recordOf(row);
  }

  /** Forgets what people announced after `to`, when the run is moved back to it. */
  async rewind(tx: Tx, run: string, to: RunTime): Promise<void> {
    await tx.query(`DELETE FROM announcements WHERE run_id = $1 AND origin = 'input' AND received_at > $2`, [run, to]);
  }
}

function recordOf(row: Row): AnnouncementRecord {
  return {
    id: row.id,
    version: row.version,
    terms: row.terms,
    receivedAt: runTime(Number(row.received_at)),
    cancelled: false,
  };
}
