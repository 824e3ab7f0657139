import type { Writable } from 'node:stream';
import type { ClientBase, Pool, PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import type { DatabaseWatch } from './database-watch.js';

/**
 * Ends every connection of the pool when the database falls silent. Behind a network that drops packets nobody ever tells that
 * a connection has ended, and whatever waits on one (a command, the tail of the feeds, the sweeper) would wait for a
 * quarter of an hour. What was under way fails and is tried again on a fresh connection.
 */
export function endWhenSilent(dataSource: DataSource, watch: DatabaseWatch): void {
  const { master: pool } = dataSource.driver as unknown as { master: Pool };
  const clients = new Set<PoolClient>();
  // The first connection was opened before anybody could listen for it, so each is also met where it is used.
  pool.on('connect', (client) => clients.add(client));
  pool.on('acquire', (client) => clients.add(client));
  pool.on('remove', (client) => clients.delete(client));
  watch.whenSilent(() => clients.forEach(cut));
}

/** Ends a connection at once; `end` would wait for the statement under way. */
export function cut(client: ClientBase): void {
  streamOf(client).destroy();
}

/**
 * Call before a statement is asked for: all that are asked for together then leave in one call to the kernel, which costs more than
 * the statement. They leave with the next microtask, not at the end of the turn, where they would wait behind whatever is
 * written to a thousand consoles in it.
 */
export function inOneWrite(client: ClientBase): void {
  const stream = streamOf(client);
  if (stream.writableCorked === 0) {
    stream.cork();
    queueMicrotask(() => stream.uncork());
  }
}

/** The socket of a connection, which `pg` has and does not declare. */
const streamOf = (client: ClientBase): Writable =>
  (client as unknown as { connection: { stream: Writable } }).connection.stream;
