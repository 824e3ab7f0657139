import { Injectable } from '@nestjs/common';
import type { CapReference } from '../../core/cap/cap.references.js';
import type { RelayedDocumentView } from '../../core/wire/source.js';
import type { Tx } from '../../platform/database/transactions.js';

/** A document as it came and what became of it. One that could not be read has its entry's key for an identifier. */
export interface RelayedDocument extends CapReference {
  readonly source: string;
  /** Names the entry of the feed that it came with, so that it is fetched once. */
  readonly entry: string;
  readonly outcome: RelayedDocumentView['outcome'];
  readonly reason?: string;
  readonly signature: string;
  readonly alert?: string;
  readonly version?: number;
  /** What it says is over. */
  readonly replaces: readonly CapReference[];
  readonly original: Uint8Array;
}

interface Row extends CapReference {
  outcome: RelayedDocumentView['outcome'];
  reason: string | null;
  signature: string;
  alert_id: string | null;
  version: number | null;
  received_at: Date;
}

@Injectable()
export class RelayedDocumentsRepository {
  async insert(tx: Tx, document: RelayedDocument): Promise<void> {
    const { source, entry, sender, identifier, sent, outcome, reason, signature, alert, version, original } = document;
    const replaces = document.replaces.map(nameOf);
    await tx.query(
      `INSERT INTO relayed_documents (source_id, entry, sender, identifier, sent, outcome, reason, signature, alert_id, version, original, replaces)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING`,
      [
        ...[source, entry, sender, identifier, sent, outcome, reason ?? null, signature],
        ...[alert ?? null, version ?? null, Buffer.from(original), replaces],
      ],
    );
  }

  /** Whether it was relayed, from whichever source: a message is told apart by sender, identifier and time together. */
  async isRelayed(tx: Tx, { sender, identifier, sent }: CapReference): Promise<boolean> {
    const rows = await tx.query(
      `SELECT 1 FROM relayed_documents WHERE sender = $1 AND identifier = $2 AND sent = $3 AND outcome = 'relayed'`,
      [sender, identifier, sent],
    );
    return rows.length > 0;
  }

  /** Whether a document of the source that came before says that this message is over. */
  async isReplaced(tx: Tx, source: string, message: CapReference): Promise<boolean> {
    const rows = await tx.query(
      `SELECT 1 FROM relayed_documents WHERE source_id = $1 AND replaces <> '{}' AND replaces @> ARRAY[$2]::text[] LIMIT 1`,
      [source, nameOf(message)],
    );
    return rows.length > 0;
  }

  /** Which of these entries of a source's feed have been fetched. */
  async knownEntries(tx: Tx, source: string, entries: readonly string[]): Promise<Set<string>> {
    const rows = await tx.query<{ entry: string }>(
      'SELECT DISTINCT entry FROM relayed_documents WHERE source_id = $1 AND entry = ANY ($2::text[])',
      [source, entries],
    );
    return new Set(rows.map(({ entry }) => entry));
  }

  /** The alert that messages of a source are part of; undefined when none of them was relayed. */
  async alertOf(tx: Tx, source: string, references: readonly CapReference[]): Promise<string | undefined> {
    const [row] = await tx.query<{ alert_id: string }>(
      `SELECT d.alert_id FROM jsonb_to_recordset($2) AS r (sender text, identifier text, sent text)
       JOIN relayed_documents d USING (sender, identifier, sent) WHERE d.source_id = $1 AND d.alert_id IS NOT NULL
       ORDER BY d.received_at DESC LIMIT 1`,
      [source, JSON.stringify(references)],
    );
    return row?.alert_id;
  }

  async list(tx: Tx, source: string): Promise<RelayedDocumentView[]> {
    const rows = await tx.query<Row>(
      `SELECT sender, identifier, sent, outcome, reason, signature, alert_id, version, received_at FROM relayed_documents
       WHERE source_id = $1 ORDER BY received_at DESC, identifier LIMIT 200`,
      [source],
    );
    return rows.map(({ reason, alert_id, version, received_at, ...row }) => ({
      ...row,
      ...(reason === null ? {} : { reason }),
      ...(alert_id === null ? {} : { alert: alert_id }),
      ...(version === null ? {} : { version }),
      receivedAt: received_at.toISOString(),
    }));
  }
}

const nameOf = ({ sender, identifier, sent }: CapReference): string => `${sender},${identifier},${sent}`;
