import { Inject, Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { nameOf, settingsOf, type Principal } from './principal.js';
import { DATA_SOURCE } from './data-source.js';
import { inOneWrite } from './pool-connections.js';
import { databaseUnavailable } from './unavailable.js';

/** A running transaction. Repositories take it as their first argument; services only pass it on. */
export interface Tx {
  readonly principal: Principal;
  /**
   * For repositories: runs one statement with its parameters ($1, $2 ...) and returns its rows. The text is prepared once a
   * connection, so it never changes: what varies is a parameter. Statements asked for together travel together; they run
   * one after the other in the order of asking, each seeing what was committed before it began. Throws once the transaction
   * is over, since the connection is another's by then.
   */
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /**
   * Runs once the transaction has committed, and not at all when it rolls back. What a callback throws is its own business
   * and dropped: the command took effect all the same.
   */
  afterCommit(callback: () => void): void;
}

/** An accepted command, for the record. */
export interface Command {
  /** Past tense, as in `run.created`. */
  readonly action: string;
  readonly run?: string;
  readonly detail?: Record<string, unknown>;
}

export interface TransactionOptions {
  /** Every statement sees the database as it was at the first one, and none writes. */
  readonly snapshot?: boolean;
}

/** The work went on after a statement that failed; the database does not, and has kept nothing. */
export class StatementFailedError extends Error {
  constructor() {
    super('A statement of the transaction failed, so nothing of it was kept.');
  }
}

type Commands = Command | readonly Command[] | undefined;

/** Of PostgreSQL, for every statement after one that failed. */
const TRANSACTION_ABORTED = '25P02';
/** For how long the plans of prepared statements serve: a plan made while a table was small would walk through a large one. */
const PLANS_LAST_MS = 10_000;

/**
 * The only way to the database. Each transaction drops to the role of its principal and declares who asks, so that
 * row-level security holds whatever the query says.
 */
@Injectable()
export class Transactions {
  /** Since when the plans of a connection serve. */
  private readonly plannedAt = new WeakMap<PoolClient, number>();
  /** Names of prepared statements, by role and text. */
  private readonly names = new Map<string, string>();

  constructor(@Inject(DATA_SOURCE) private readonly dataSource: DataSource) {}

  /**
   * Runs `work` in one READ COMMITTED transaction (or on one snapshot) on behalf of `principal` and returns what it returns.
   * With a `command` an audit row is written in the same transaction, so that the record can neither lack a command that
   * took effect nor hold one that did not; a function builds it, or several, from the result. Throws OperationalError
   * DATABASE_UNAVAILABLE when the connection ends before the commit is answered: then nobody knows whether it took effect.
   */
  async run<T>(
    principal: Principal,
    work: (tx: Tx) => Promise<T>,
    command?: Command | ((result: T) => Commands),
    { snapshot = false }: TransactionOptions = {},
  ): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    const afterCommit: (() => void)[] = [];
    const failures: unknown[] = [];
    let client: PoolClient | undefined;
    let over = false;
    let commitAsked = false;
    let result: T;
    try {
      client = (await runner.connect()) as PoolClient;
      const tx = this.transaction(client, principal, { afterCommit, failures, isOver: () => over });
      // Not awaited: the first statement of the work travels with it, and fails with it.
      const opened = this.open(client, tx, snapshot);
      opened.catch(() => undefined);
      result = await work(tx).catch((error: unknown) => opened.then(() => Promise.reject(error as Error)));
      const commands = typeof command === 'function' ? command(result) : command;
      const recorded = record(tx, commands ? [commands].flat() : []);
      over = true;
      commitAsked = true;
      const [, , { command: ended }] = await Promise.all([opened, recorded, client.query('COMMIT')]);
      if (ended !== 'COMMIT') {
        throw new StatementFailedError();
      }
    } catch (error) {
      // Whatever the work left running must not write into what the connection is used for next.
      over = true;
      // The first error says what went wrong; a rollback that fails on a broken connection adds nothing.
      await client?.query('ROLLBACK').catch(() => undefined);
      if (isOutdatedPlan(error)) {
        // A migration has changed what a prepared statement returns; the pool replaces a connection that has ended.
        await client?.end().catch(() => undefined);
      }
      throw commitAsked && isUnanswered(error) ? databaseUnavailable() : causeOf(error, failures);
    } finally {
      await runner.release();
    }
    afterCommit.forEach(callQuietly);
    return result;
  }

  private transaction(
    client: PoolClient,
    principal: Principal,
    { afterCommit, failures, isOver }: { afterCommit: (() => void)[]; failures: unknown[]; isOver: () => boolean },
  ): Tx {
    const role = principal.kind === 'pipeline' ? 'pipeline' : 'app';
    return {
      principal,
      query: async <Row>(text: string, parameters: readonly unknown[] = []) => {
        if (isOver()) {
          throw new Error('The transaction is over.');
        }
        const statement = { name: this.nameOf(role, text), text, values: [...parameters] };
        inOneWrite(client);
        const { rows } = await client.query(statement).catch((error: unknown) => {
          failures.push(error);
          throw error;
        });
        return rows as Row[];
      },
      afterCommit: (callback) => afterCommit.push(callback),
    };
  }

  private open(client: PoolClient, tx: Tx, snapshot: boolean): Promise<unknown> {
    const now = Date.now();
    const outdated = now - (this.plannedAt.get(client) ?? now) > PLANS_LAST_MS;
    if (outdated || !this.plannedAt.has(client)) {
      this.plannedAt.set(client, now);
    }
    inOneWrite(client);
    return Promise.all([
      outdated && client.query('DISCARD PLANS'),
      client.query(snapshot ? 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY' : 'BEGIN'),
      declare(tx),
    ]);
  }

  /** A name for each role of its own: what row-level security adds to a statement depends on the role. */
  private nameOf(role: string, text: string): string {
    const key = `${role} ${text}`;
    let name = this.names.get(key);
    if (name === undefined) {
      name = `${role}_${createHash('sha256').update(text).digest('hex').slice(0, 24)}`;
      this.names.set(key, name);
    }
    return name;
  }
}

/** Every setting is local to the transaction, so nothing leaks to the next user of the connection. */
async function declare(tx: Tx): Promise<void> {
  const settings = Object.entries(settingsOf(tx.principal));
  const calls = settings.map((_, index) => `set_config($${index * 2 + 1}, $${index * 2 + 2}, true)`);
  await tx.query(`SELECT ${calls.join(', ')}`, settings.flat());
}

/** Not async, so that a record that cannot be written as JSON throws before the commit is on its way. */
function record(tx: Tx, commands: readonly Command[]): Promise<unknown> {
  if (commands.length === 0) {
    return Promise.resolve();
  }
  const { who, role } = nameOf(tx.principal);
  const lines = commands.map(({ action, run, detail = {} }) => ({ action, run, detail }));
  return tx.query(
    `INSERT INTO audit (who, role, action, run_id, detail)
     SELECT $1, $2, c.* FROM jsonb_to_recordset($3) AS c (action text, run text, detail jsonb)`,
    [who, role, JSON.stringify(lines)],
  );
}

/** Whether an error is none that the database answered with: its own have a severity. */
const isUnanswered = (error: unknown): boolean =>
  !(error instanceof StatementFailedError) && (error as { severity?: unknown } | undefined)?.severity === undefined;

function callQuietly(callback: () => void): void {
  try {
    callback();
  } catch {
    // Said at `afterCommit`: it must neither undo the answer nor keep the next callback from its turn.
  }
}

/** Of statements that travel together the one that fails fails the rest, and which of them is heard of first is chance. */
const causeOf = (error: unknown, failures: readonly unknown[]): unknown =>
  (error as { code?: unknown } | undefined)?.code === TRANSACTION_ABORTED ? (failures[0] ?? error) : error;

const isOutdatedPlan = (error: unknown): boolean =>
  /cached plan must not change result type/.test((error as Partial<Error> | undefined)?.message ?? '');
