import { Injectable } from '@nestjs/common';
import type { PreparedWords } from '../../core/alert/prepared.js';
import type { CapAlert } from '../../core/cap/cap.js';
import type { CapReference } from '../../core/cap/cap.references.js';
import type { Mode } from '../../core/scenario/mode.js';
import type { Names } from '../../core/scenario/scenario.schema.js';
import { runTime, type RunTime } from '../../core/time/time.js';
import type { AlertVersionView } from '../../core/wire/alert.js';
import type { Tx } from '../../platform/database/transactions.js';

/** A stored message; one from outside has its own `sent`, ours were sent when the run stood at `sentRunAt`. */
export interface AlertVersion extends Omit<AlertVersionView, 'sent'> {
  sent: Date;
  sender: string;
  note: string | null;
  replaces: CapReference[];
  cap: CapAlert | null;
  sentRunAt: RunTime;
  /** The words that were ready to take it back; one from outside has none. */
  prepared: PreparedWords | null;
}

interface Row extends Omit<AlertVersion, 'msgType' | 'sentRunAt' | 'issuer'> {
  issuer: Names | null;
  msg_type: AlertVersion['msgType'];
  sent_run_at: string;
}

/** A thread as its first message opens it. */
export interface NewThread {
  readonly id: string;
  readonly createdBy: string;
  /** Whose it is: the desk of whoever asks when undefined. The next shift there may update and cancel it. */
  readonly desk?: string;
}

export interface NewVersion extends Omit<AlertVersion, 'sent' | 'note' | 'cap' | 'prepared'> {
  readonly createdBy: string;
  readonly note?: string;
  readonly cap?: CapAlert;
  readonly prepared?: PreparedWords;
  /** In base64. */
  readonly original?: string;
}

const COLUMNS =
  'id, version, identifier, msg_type, message, sent, sent_run_at, sender, note, replaces, issuer, cap, prepared';

const versionOf = ({ msg_type, sent_run_at, issuer, ...row }: Row): AlertVersion => ({
  ...row,
  ...(issuer ? { issuer } : {}),
  msgType: msg_type,
  sentRunAt: runTime(Number(sent_run_at)),
});

@Injectable()
export class AlertsRepository {
  async insertThreads(tx: Tx, run: string, threads: readonly NewThread[]): Promise<void> {
    await tx.query(
      `INSERT INTO alerts (run_id, id, created_by, desk, audience)
       SELECT $1, t.id, t."createdBy", coalesce(t.desk, asking_desk()), coalesce(desk_audience($1), 'control')
       FROM jsonb_to_recordset($2) AS t (id text, "createdBy" text, desk text)`,
      [run, JSON.stringify(threads)],
    );
  }

  async insertVersions(tx: Tx, run: string, versions: readonly NewVersion[]): Promise<void> {
    await tx.query(
      `INSERT INTO alert_versions (run_id, id, version, identifier, msg_type, message, sent_run_at, created_by, sender, note, replaces,
         issuer, cap, original, prepared, sent)
       SELECT $1, v.id, v.version, v.identifier, v."msgType", v.message, v."sentRunAt", v."createdBy", v.sender, v.note, v.replaces,
         v.issuer, v.cap, decode(v.original, 'base64'), v.prepared, clock_timestamp()
       FROM jsonb_to_recordset($2) AS v (id text, version int, identifier text, "msgType" text, message jsonb, "sentRunAt" bigint,
         "createdBy" text, sender text, note text, replaces jsonb, issuer jsonb, cap jsonb, original text, prepared jsonb)`,
      [run, JSON.stringify(versions)],
    );
  }

  /** Every version of a thread that stands and that the transaction may see, oldest first. */
  async versions(tx: Tx, run: string, id: string): Promise<AlertVersion[]> {
    const rows = await tx.query<Row>(
      `SELECT ${COLUMNS} FROM alert_versions WHERE run_id = $1 AND id = $2 AND NOT void ORDER BY version`,
      [run, id],
    );
    return rows.map(versionOf);
  }

  /** The versions that stand and that the transaction may see of these messages, whatever their thread, the oldest first. */
  async byIdentifiers(tx: Tx, run: string, identifiers: readonly string[]): Promise<AlertVersion[]> {
    const rows = await tx.query<Row>(
      `SELECT ${COLUMNS} FROM alert_versions WHERE run_id = $1 AND identifier = ANY ($2) AND NOT void ORDER BY sent, id, version`,
      [run, identifiers],
    );
    return rows.map(versionOf);
  }

  /** The bytes of a message from outside, as they came; undefined for one of ours. */
  async original(tx: Tx, run: string, id: string, version: number): Promise<Buffer | undefined> {
    const [row] = await tx.query<{ original: Buffer | null }>(
      'SELECT original FROM alert_versions WHERE run_id = $1 AND id = $2 AND version = $3 AND NOT void',
      [run, id, version],
    );
    return row?.original ?? undefined;
  }

  /** The mode of a run that the transaction may see. */
  async mode(tx: Tx, run: string): Promise<Mode | undefined> {
    const [row] = await tx.query<{ mode: Mode }>('SELECT mode FROM runs WHERE id = $1', [run]);
    return row?.mode;
  }

  /** The number of the next version: after every one that there ever was, standing or not. */
  async nextVersion(tx: Tx, run: string, id: string): Promise<number> {
    const [row] = await tx.query<{ next: number }>(
      'SELECT coalesce(max(version), 0) + 1 AS next FROM alert_versions WHERE run_id = $1 AND id = $2',
      [run, id],
    );
    return row?.next ?? 1;
  }

  /** Takes back what was sent after `to`, when the run is moved back to it; it stays on record. */
  async voidVersions(tx: Tx, run: string, to: RunTime): Promise<void> {
    await tx.query('UPDATE alert_versions SET void = true WHERE run_id = $1 AND sent_run_at > $2', [run, to]);
  }
}
