import { Injectable } from '@nestjs/common';
import type { ItemKind } from '../../core/incident/item.js';
import { answered } from '../../core/obligation/obligation.js';
import type { ReceiptView } from '../../core/wire/desk-events.js';
import type { ObligationView } from '../../core/wire/obligation.js';
import type { Tx } from '../../platform/database/transactions.js';
import type { FeedKey } from './feed.js';
import { OBLIGATION_COLUMNS, obligationView, type ObligationRow } from './obligation-reads.repository.js';

/** How many changes of receipts and obligations an audience has seen. */
export interface ReceiptHead extends FeedKey {
  readonly revision: number;
}

/** The changes after one revision of an audience, up to another. */
export interface ChangesWanted extends FeedKey {
  readonly after: number;
  readonly upTo: number;
}

export interface ReceiptChange extends FeedKey {
  readonly receipt: ReceiptView;
  readonly sharesReceipts: boolean;
  /** The audiences in whose feeds the item version stands; asked only where receipts are shared. */
  readonly shownTo: readonly string[];
}

export interface ObligationChanged extends FeedKey {
  readonly obligation: ObligationView;
}

interface ReceiptRow {
  run_id: string;
  audience: string;
  epoch: number;
  desk: string;
  kind: ItemKind;
  item_id: string;
  version: number;
  at: Date;
  person: string | null;
  note: string | null;
  shares_receipts: boolean;
  shown_to: string[] | null;
}

const KEYS = `unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[]) AS k (run_id, audience, after, up_to)`;
const IN_RANGE = (alias: string): string =>
  `${alias}.run_id = k.run_id AND ${alias}.audience = k.audience AND ${alias}.revision > k.after AND ${alias}.revision <= k.up_to`;
const SHOWN_TO = (alias: string): string =>
  `CASE WHEN r.shares_receipts THEN (SELECT array_agg(i.audience) FROM feeds s JOIN feed_items i USING (run_id, audience, epoch)
     WHERE s.run_id = ${alias}.run_id AND (i.kind, i.item_id, i.version) = (${alias}.kind, ${alias}.item_id, ${alias}.version)) END AS shown_to`;

/** Reads what has changed in receipts and obligations since a revision: the order of revisions is the order of commits. */
@Injectable()
export class ReceiptChangesRepository {
  /** Where the audiences of these runs stand; one that has had no change yet is not there. */
  async heads(tx: Tx, runs: readonly string[]): Promise<ReceiptHead[]> {
    const rows = await tx.query<{ run_id: string; audience: string; revision: string }>(
      'SELECT run_id, audience, revision FROM receipt_heads WHERE run_id = ANY ($1::text[])',
      [runs],
    );
    return rows.map(({ run_id: run, audience, revision }) => ({ run, audience, revision: Number(revision) }));
  }

  /** Displays and acknowledgements of the present epoch, in the order of their revisions. */
  async receipts(tx: Tx, wanted: readonly ChangesWanted[]): Promise<ReceiptChange[]> {
    const rows = await tx.query<ReceiptRow>(
      `SELECT * FROM (
         SELECT d.run_id, d.audience, d.epoch, d.desk, d.kind, d.item_id, d.version, d.at, NULL AS person, NULL AS note, d.revision,
           r.shares_receipts, ${SHOWN_TO('d')}
         FROM ${KEYS} JOIN displays d ON ${IN_RANGE('d')} JOIN feeds f ON (f.run_id, f.audience, f.epoch) = (d.run_id, d.audience, d.epoch)
         JOIN runs r ON r.id = d.run_id
         UNION ALL
         SELECT a.run_id, a.audience, a.epoch, a.desk, a.kind, a.item_id, a.version, a.at, a.person, a.note, a.revision,
           r.shares_receipts, ${SHOWN_TO('a')}
         FROM ${KEYS} JOIN acknowledgements a ON ${IN_RANGE('a')} JOIN feeds f ON (f.run_id, f.audience, f.epoch) = (a.run_id, a.audience, a.epoch)
         JOIN runs r ON r.id = a.run_id
       ) AS c ORDER BY c.run_id, c.audience, c.revision`,
      parametersOf(wanted),
    );
    return rows.map((row) => ({
      run: row.run_id,
      audience: row.audience,
      sharesReceipts: row.shares_receipts,
      shownTo: row.shown_to ?? [],
      receipt: {
        kind: row.kind,
        id: row.item_id,
        version: row.version,
        level: row.person === null ? 'displayed' : 'acknowledged',
        audience: row.audience,
        epoch: row.epoch,
        desk: row.desk,
        ...(row.person === null ? {} : { person: row.person }),
        ...(row.note === null ? {} : { note: row.note }),
        at: row.at.toISOString(),
      },
    }));
  }

  /** Obligations that were opened or ended, and open ones that an acknowledgement has just ended. */
  async obligations(tx: Tx, wanted: readonly ChangesWanted[]): Promise<ObligationChanged[]> {
    const rows = await tx.query<ObligationRow & { run_id: string; acknowledged: string[] | null }>(
      `SELECT * FROM (
         SELECT o.run_id, ${OBLIGATION_COLUMNS}, o.revision, NULL AS acknowledged
         FROM ${KEYS} JOIN obligations o ON ${IN_RANGE('o')} JOIN feeds f ON (f.run_id, f.audience, f.epoch) = (o.run_id, o.audience, o.epoch)
         UNION ALL
         SELECT o.run_id, ${OBLIGATION_COLUMNS}, min(a.revision), array_agg(a.desk)
         FROM ${KEYS} JOIN acknowledgements a ON ${IN_RANGE('a')} JOIN feeds f ON (f.run_id, f.audience, f.epoch) = (a.run_id, a.audience, a.epoch)
         JOIN obligations o ON (o.run_id, o.audience, o.epoch, o.kind, o.item_id, o.version) = (a.run_id, a.audience, a.epoch, a.kind, a.item_id, a.version)
         WHERE o.state = 'open' GROUP BY o.run_id, o.desk, o.epoch, o.kind, o.item_id, o.version
       ) AS c ORDER BY c.run_id, c.audience, c.revision`,
      parametersOf(wanted),
    );
    return rows.map(({ run_id: run, acknowledged, ...row }) => ({
      run,
      audience: row.audience,
      obligation: acknowledged
        ? { ...obligationView(row), ...answered(row.desk, new Set(acknowledged)) }
        : obligationView(row),
    }));
  }
}

const parametersOf = (wanted: readonly ChangesWanted[]): unknown[] => [
  wanted.map(({ run }) => run),
  wanted.map(({ audience }) => audience),
  wanted.map(({ after }) => after),
  wanted.map(({ upTo }) => upTo),
];
