import { Injectable } from '@nestjs/common';
import type { Declaration, LoggedAct } from '../../core/restraint/restraint.js';
import type { ScenarioLogEntry } from '../../core/restraint/scenario-log.js';
import { CONTROL } from '../../core/scenario/scenario.schedule.js';
import { runTime, type RunTime } from '../../core/time/time.js';
import type { Tx } from '../../platform/database/transactions.js';

export interface NewDeclaration {
  readonly id: string;
  readonly version: number;
  readonly stage: 'stated' | 'withdrawn';
  readonly declaration: Declaration;
  readonly statedAt: RunTime;
  readonly origin: 'scenario' | 'input';
  /** The item that tells of it; none of what is posed. */
  readonly told?: { readonly item: string; readonly version: number };
  /** The audiences that it is addressed to; all when undefined. */
  readonly to?: readonly string[];
  readonly createdBy: string;
}

/** A declaration that a desk or control may withdraw, with the versions that stand. */
export interface StandingDeclaration {
  readonly declaration: Declaration;
  readonly to?: readonly string[];
  readonly withdrawn: boolean;
}

interface Row {
  id: string;
  stage: NewDeclaration['stage'];
  declaration: Declaration;
  stated_at: string;
  told_to: string[] | null;
}

/** Told to the audience $2 in the present epoch of its feed. */
const TOLD = (table: string): string => `EXISTS (
  SELECT FROM feed_items i JOIN feeds f USING (run_id, audience, epoch)
  WHERE i.run_id = ${table}.run_id AND i.audience = $2 AND i.item_id = ${table}.told_item AND i.version = ${table}.told_version)`;

@Injectable()
export class RestraintRepository {
  /** All in one statement: a run is started with them. */
  async insertActs(tx: Tx, run: string, entries: readonly ScenarioLogEntry[]): Promise<void> {
    if (entries.length === 0) {
      return;
    }
    const rows = entries.map(({ item, version, act }) => ({ id: act.id, told_item: item, told_version: version, act }));
    await tx.query(
      `INSERT INTO run_acts (run_id, id, told_item, told_version, act)
       SELECT $1, * FROM jsonb_to_recordset($2) AS a (id text, told_item text, told_version integer, act jsonb)`,
      [run, JSON.stringify(rows)],
    );
  }

  /** Every version belongs to the desk that stated the first one; whoever else withdraws it changes nothing of that. */
  async insert(tx: Tx, run: string, declarations: readonly NewDeclaration[]): Promise<void> {
    for (const { id, version, stage, declaration, statedAt, origin, told, to, createdBy } of declarations) {
      await tx.query(
        `INSERT INTO declarations (run_id, id, version, stage, declaration, stated_at, origin, told_item, told_version, told_to, created_by,
           desk, audience)
         SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11,
           CASE WHEN f.id IS NULL THEN asking_desk() ELSE f.desk END, coalesce(f.audience, desk_audience($1), 'control')
         FROM (VALUES (1)) AS one LEFT JOIN declarations f ON f.run_id = $1 AND f.id = $2 AND f.version = 1`,
        [run, id, version, stage, JSON.stringify(declaration), statedAt, origin, told?.item, told?.version, to, createdBy],
      ); // prettier-ignore
    }
  }

  /** The acts that an audience was told of, as far as the transaction may see them. */
  async acts(tx: Tx, run: string, audience: string): Promise<LoggedAct[]> {
    const rows = await tx.query<{ act: LoggedAct }>(
      `SELECT act FROM run_acts WHERE run_id = $1 AND ${TOLD('run_acts')} ORDER BY id`,
      [run, audience],
    );
    return rows.map(({ act }) => act);
  }

  /** The declarations that an audience was told of; control has those besides that are posed for study. */
  async declarations(tx: Tx, run: string, audience: string): Promise<Declaration[]> {
    const rows = await tx.query<Row>(
      `SELECT id, stage, declaration, stated_at, told_to FROM declarations
       WHERE run_id = $1 AND NOT void AND (${TOLD('declarations')} OR (told_item IS NULL AND $2 = '${CONTROL}')) ORDER BY id, version`,
      [run, audience],
    );
    return standingOf(rows);
  }

  /** A declaration that whoever asks may withdraw: one of its desk, or any that people stated where it is control. */
  async findOwn(tx: Tx, run: string, id: string): Promise<StandingDeclaration | undefined> {
    const rows = await tx.query<Row>(
      `SELECT id, stage, declaration, stated_at, told_to FROM declarations
       WHERE run_id = $1 AND id = $2 AND NOT void AND origin = 'input'
         AND (may_control(run_id) OR alert_is_asking(run_id, desk, audience)) ORDER BY version`,
      [run, id],
    );
    const first = rows[0];
    return (
      first && {
        declaration: first.declaration,
        ...(first.told_to ? { to: first.told_to } : {}),
        withdrawn: rows.some(({ stage }) => stage === 'withdrawn'),
      }
    );
  }

  /** The number of the next version: one that a jump back voided is never given again. */
  async nextVersion(tx: Tx, run: string, id: string): Promise<number> {
    const [row] = await tx.query<{ next: number }>(
      'SELECT coalesce(max(version), 0) + 1 AS next FROM declarations WHERE run_id = $1 AND id = $2',
      [run, id],
    );
    return row?.next ?? 1;
  }

  /** Takes back what people stated or withdrew after `to`, when the run is moved back to it; it stays on record. */
  async rewind(tx: Tx, run: string, to: RunTime): Promise<void> {
    await tx.query(`UPDATE declarations SET void = true WHERE run_id = $1 AND origin = 'input' AND stated_at > $2`, [
      run,
      to,
    ]);
  }
}

/** Each declaration once, with its withdrawal where that was told. */
function standingOf(rows: readonly Row[]): Declaration[] {
  const standing = new Map<string, Declaration>();
  for (const { id, stage, declaration, stated_at } of rows) {
    standing.set(id, stage === 'stated' ? declaration : { ...declaration, withdrawnAt: runTime(Number(stated_at)) });
  }
  return [...standing.values()];
}
