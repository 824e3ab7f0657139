import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { nameOf, settingsOf, type Principal } from './principal.js';
import { DATA_SOURCE } from './data-source.js';

/** A running transaction. Repositories take it as their first argument; services only pass it on. */
export interface Tx {
  readonly principal: Principal;
  /** For repositories: runs one statement with its parameters ($1, $2 ...) and returns its rows. */
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /** Runs once the transaction has committed, and not at all when it rolls back. Failures are the callback's own business. */
  afterCommit(callback: () => void): void;
}

/** An accepted command, for the record. */
export interface Command {
  /** Past tense, as in `run.created`. */
  readonly action: string;
  readonly run?: string;
  readonly detail?: Record<string, unknown>;
}

/**
 * The only way to the database. Each transaction drops to the role of its principal and declares who asks, so that
 * row-level security holds whatever the query says.
 */
@Injectable()
export class Transactions {
  constructor(@Inject(DATA_SOURCE) private readonly dataSource: DataSource) {}

  /**
   * Runs `work` in one READ COMMITTED transaction on behalf of `principal` and returns what it returns.
   * With a `command` an audit row is written in the same transaction, so that the record can neither lack a command that
   * took effect nor hold one that did not; a function builds it from the result.
   */
  async run<T>(
    principal: Principal,
    work: (tx: Tx) => Promise<T>,
    command?: Command | ((result: T) => Command | undefined),
  ): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    const afterCommit: (() => void)[] = [];
    try {
      await runner.startTransaction();
      const tx: Tx = {
        principal,
        query: async <Row>(sql: string, parameters: readonly unknown[] = []) =>
          (await runner.query(sql, [...parameters], true)).records as Row[],
        afterCommit: (callback) => afterCommit.push(callback),
      };
      await declare(tx, principal);
      const result = await work(tx);
      const accepted = typeof command === 'function' ? command(result) : command;
      if (accepted) {
        await record(tx, accepted);
      }
      await runner.commitTransaction();
      afterCommit.forEach((callback) => callback());
      return result;
    } catch (error) {
      if (runner.isTransactionActive) {
        // The first error says what went wrong; a rollback that fails on a broken connection adds nothing.
        await runner.rollbackTransaction().catch(() => undefined);
      }
      throw error;
    } finally {
      await runner.release();
    }
  }
}

/** One statement: every setting is local to the transaction, so nothing leaks to the next user of the connection. */
async function declare(tx: Tx, principal: Principal): Promise<void> {
  const settings = Object.entries(settingsOf(principal));
  const calls = settings.map((_, index) => `set_config($${index * 2 + 1}, $${index * 2 + 2}, true)`);
  await tx.query(`SELECT ${calls.join(', ')}`, settings.flat());
}

async function record(tx: Tx, command: Command): Promise<void> {
  const { who, role } = nameOf(tx.principal);
  await tx.query('INSERT INTO audit (who, role, action, run_id, detail) VALUES ($1, $2, $3, $4, $5)', [
    who,
    role,
    command.action,
    command.run ?? null,
    JSON.stringify(command.detail ?? {}),
  ]);
}
