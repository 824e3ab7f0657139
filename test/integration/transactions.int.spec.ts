import { jest } from '@jest/globals';
import type { Duplex } from 'node:stream';
import type { Pool } from 'pg';
import { serviceDataSource } from '../../src/platform/database/data-source.js';
import { PIPELINE, type Principal } from '../../src/platform/database/principal.js';
import { Transactions, type Command, type Tx } from '../../src/platform/database/transactions.js';
import { problemOf } from '../../src/platform/http/problem.js';
import { eventually } from '../support/eventually.js';
import { createTestDatabase, queryAsAdmin, type TestDatabase } from '../support/test-database.js';
import { NOBODY, PEOPLE, seedTwoRuns } from '../support/two-runs.js';

const { krOfficer } = PEOPLE;
const COMMAND: Command = { action: 'alert.issued', run: 'a', detail: { why: 'test' } };

describe('transactions', () => {
  let database: TestDatabase;
  let transactions: Transactions;
  let close: () => Promise<void>;

  beforeAll(async () => {
    database = await createTestDatabase();
    await seedTwoRuns(database);
    const dataSource = await serviceDataSource(database.url).initialize();
    transactions = new Transactions(dataSource);
    close = () => dataSource.destroy();
  });
  afterAll(async () => {
    await close?.();
    await database?.drop();
  });
  beforeEach(async () => {
    await queryAsAdmin(database, `DELETE FROM alerts WHERE id LIKE 'new-%'`);
    await queryAsAdmin(database, 'DELETE FROM audit');
  });

  const insert = (tx: Tx, id = 'new-1'): Promise<object[]> =>
    tx.query(`INSERT INTO alerts (run_id, id, created_by, desk, audience) VALUES ('a', $1, $2, 'kr-jcs', 'kr')`, [
      id,
      krOfficer.id,
    ]);
  const alerts = (): Promise<{ id: string }[]> =>
    queryAsAdmin(database, `SELECT id FROM alerts WHERE id LIKE 'new-%' ORDER BY id`);
  const audit = (): Promise<object[]> =>
    queryAsAdmin(database, 'SELECT who, role, action, run_id, detail FROM audit ORDER BY id');

  it('keeps a command and its record together, in one transaction', async () => {
    const result = await transactions.run(
      krOfficer,
      async (tx) => {
        await insert(tx);
        return 'done';
      },
      COMMAND,
    );
    expect(result).toBe('done');
    expect(await audit()).toEqual([
      { who: 'kr-jcs', role: 'officer', action: 'alert.issued', run_id: 'a', detail: { why: 'test' } },
    ]);
    // The id of the transaction that wrote a row stands in the row.
    expect(
      await queryAsAdmin(
        database,
        `SELECT a.xmin = r.xmin AS together FROM alerts a CROSS JOIN audit r WHERE a.id = 'new-1'`,
      ),
    ).toEqual([{ together: true }]);
  });

  it('builds the record from the result, and writes none when there is none to write', async () => {
    const work = (tx: Tx, id: string): Promise<string> => insert(tx, id).then(() => id);
    await transactions.run(krOfficer, (tx) => work(tx, 'new-1'), (id) => ({ action: 'alert.issued', detail: { id } }));
    await transactions.run(krOfficer, (tx) => work(tx, 'new-2'), () => undefined);
    await transactions.run(krOfficer, (tx) => work(tx, 'new-3'));
    expect(await alerts()).toHaveLength(3);
    expect(await audit()).toEqual([expect.objectContaining({ run_id: null, detail: { id: 'new-1' } })]);
  }); // prettier-ignore

  const failures: [string, (transactions: Transactions, afterCommit: () => void) => Promise<unknown>][] = [
    [
      'the work throws after its last write',
      (each, afterCommit) =>
        each.run(
          krOfficer,
          async (tx) => {
            tx.afterCommit(afterCommit);
            await insert(tx);
            throw new Error('expected');
          },
          COMMAND,
        ),
    ],
    [
      'a statement fails after others went through',
      (each, afterCommit) =>
        each.run(
          krOfficer,
          async (tx) => {
            tx.afterCommit(afterCommit);
            await insert(tx);
            await tx.query(`SELECT 'expected'::int`);
          },
          COMMAND,
        ),
    ],
    [
      'a failed statement is caught by the work, which goes on as if nothing were',
      (each, afterCommit) =>
        each.run(
          krOfficer,
          async (tx) => {
            tx.afterCommit(afterCommit);
            await insert(tx);
            await tx.query(`SELECT 'x'::int`).catch(() => undefined);
          },
          COMMAND,
        ),
    ],
    [
      'the record cannot be built',
      (each, afterCommit) =>
        each.run(
          krOfficer,
          async (tx) => {
            tx.afterCommit(afterCommit);
            await insert(tx);
          },
          () => {
            throw new Error('expected');
          },
        ),
    ],
    [
      'the record cannot be written as JSON',
      (each, afterCommit) =>
        each.run(
          krOfficer,
          async (tx) => {
            tx.afterCommit(afterCommit);
            await insert(tx);
          },
          { ...COMMAND, detail: { count: 1n } },
        ),
    ],
    [
      'the record cannot be stored',
      (each, afterCommit) =>
        each.run(
          krOfficer,
          async (tx) => {
            tx.afterCommit(afterCommit);
            await insert(tx);
          },
          { ...COMMAND, detail: { text: 'a\u0000b' } },
        ),
    ],
    [
      'the connection dies before the commit',
      (each, afterCommit) =>
        each.run(
          krOfficer,
          async (tx) => {
            tx.afterCommit(afterCommit);
            await insert(tx);
            const [session] = await tx.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
            await queryAsAdmin(database, 'SELECT pg_terminate_backend($1)', [session?.pid]);
          },
          COMMAND,
        ),
    ],
  ];

  it.each(failures)('leaves nothing, and calls nothing, when %s', async (_, run) => {
    const afterCommit = jest.fn();
    await expect(run(transactions, afterCommit)).rejects.toThrow();
    expect(await alerts()).toEqual([]);
    expect(await audit()).toEqual([]);
    expect(afterCommit).not.toHaveBeenCalled();
    // The pool hands out no connection that is broken or still in a transaction.
    expect(await transactions.run(PIPELINE, (tx) => tx.query('SELECT 1 AS one'))).toEqual([{ one: 1 }]);
  });

  it('says that the database does not answer when the connection dies, at whatever statement', async () => {
    for (const before of ['SELECT 1', 'SELECT pg_terminate_backend(pg_backend_pid())']) {
      const error: unknown = await transactions
        .run(krOfficer, async (tx) => {
          const [session] = await tx.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
          await queryAsAdmin(database, 'SELECT pg_terminate_backend($1)', [session?.pid]);
          // By now the client knows, or finds out by asking.
          await eventually('the connection is gone', () => tx.query(before).then(() => false, () => true));
          await insert(tx);
        })
        .catch((reason: unknown) => reason);
      expect(problemOf(error)).toMatchObject({ status: 503, code: 'DATABASE_UNAVAILABLE' });
    }
  }); // prettier-ignore

  it('lets nothing that the work left running into the next transaction of the connection (pitfall 22)', async () => {
    const small = await serviceDataSource(database.url, 1).initialize();
    const single = new Transactions(small);
    let left: Promise<unknown> | undefined;
    const straggler = async (tx: Tx): Promise<void> => {
      await tx.query('SELECT pg_sleep(0.2)');
      await insert(tx, 'new-straggler');
    };
    try {
      const failed = single.run(krOfficer, (tx) => {
        left = straggler(tx);
        return Promise.all([Promise.reject(new Error('expected')), left]);
      });
      const next = single.run(PIPELINE, async (tx) => {
        await left?.catch(() => undefined);
        return tx.query('SELECT 1 AS one');
      });
      await expect(failed).rejects.toThrow('expected');
      await expect(left).rejects.toThrow('The transaction is over.');
      expect(await next).toEqual([{ one: 1 }]);
      // Neither does what was left running by work that came to its end.
      await single.run(krOfficer, (tx) => {
        left = straggler(tx);
        return Promise.resolve();
      });
      await expect(left).rejects.toThrow('The transaction is over.');
      expect(await alerts()).toEqual([]);
    } finally {
      await small.destroy();
    }
  });

  it('does what is to follow a commit one by one, whatever any of it throws', async () => {
    const second = jest.fn();
    const run = transactions.run(krOfficer, async (tx) => {
      tx.afterCommit(() => {
        throw new Error('its own business');
      });
      tx.afterCommit(second);
      await insert(tx);
      return 'kept';
    });
    expect(await run).toBe('kept');
    expect(second).toHaveBeenCalledTimes(1);
  });

  it('refuses to commit quietly what the database has given up', async () => {
    const run = transactions.run(krOfficer, async (tx) => {
      await insert(tx);
      await tx.query(`SELECT 'x'::int`).catch(() => undefined);
    });
    await expect(run).rejects.toThrow('nothing of it was kept');
    expect(await alerts()).toEqual([]);
  });

  it('prepares a statement once for each role, and answers each person by who asks now (pitfall 22)', async () => {
    const small = await serviceDataSource(database.url, 1).initialize();
    const single = new Transactions(small);
    const runs = (principal: Principal): Promise<{ id: string }[]> =>
      single.run(principal, (tx) => tx.query('SELECT id FROM runs ORDER BY id'));
    try {
      // More often than PostgreSQL looks before it settles on one plan for all.
      for (let round = 0; round < 8; round += 1) {
        expect(await runs(PEOPLE.jpOfficer)).toEqual([{ id: 'a' }]);
        expect(await runs(krOfficer)).toEqual([{ id: 'a' }, { id: 'b' }]);
        expect(await runs(NOBODY)).toEqual([]);
        expect(await runs(PIPELINE)).toEqual([{ id: 'a' }, { id: 'b' }]);
      }
      const prepared = await single.run(PIPELINE, (tx) =>
        tx.query(`SELECT name FROM pg_prepared_statements WHERE statement LIKE 'SELECT id FROM runs%'`),
      );
      expect(prepared).toHaveLength(2);
      // Nobody's settings outlive a transaction.
      const left = await single.run(PIPELINE, (tx) =>
        tx.query(
          `SELECT current_setting('triwatch.user', true) AS who, current_setting('triwatch.desk', true) AS desk`,
        ),
      );
      expect(left).toEqual([{ who: '', desk: '' }]);
    } finally {
      await small.destroy();
    }
  });

  it('sees one moment of the database in a snapshot, and writes nothing there (pitfall 8)', async () => {
    const count = (tx: Tx): Promise<object[]> =>
      tx.query(`SELECT count(*)::int AS n FROM alerts WHERE id LIKE 'new-%'`);
    const seen = await transactions.run(
      krOfficer,
      async (tx) => {
        const before = await count(tx);
        await transactions.run(krOfficer, (another) => insert(another));
        return [before, await count(tx)];
      },
      undefined,
      { snapshot: true },
    );
    expect(seen).toEqual([[{ n: 0 }], [{ n: 0 }]]);
    await expect(
      transactions.run(krOfficer, (tx) => insert(tx, 'new-2'), undefined, { snapshot: true }),
    ).rejects.toThrow('read-only');
  });

  it('lives on when a migration changes what a prepared statement returns', async () => {
    const small = await serviceDataSource(database.url, 1).initialize();
    const single = new Transactions(small);
    const all = (): Promise<object[]> =>
      single.run(krOfficer, (tx) => tx.query(`SELECT * FROM alerts WHERE id = 'none'`));
    try {
      await all();
      await queryAsAdmin(database, 'ALTER TABLE alerts ADD COLUMN added text');
      await expect(all()).rejects.toThrow('cached plan');
      expect(await all()).toEqual([]);
    } finally {
      await small.destroy();
      await queryAsAdmin(database, 'ALTER TABLE alerts DROP COLUMN added');
    }
  });

  describe('while the commit itself takes long or fails', () => {
    beforeAll(async () => {
      await queryAsAdmin(
        database,
        `CREATE FUNCTION at_commit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
           IF new.id = 'new-slow' THEN PERFORM pg_sleep(1); END IF;
           IF new.id = 'new-refused' THEN RAISE 'expected'; END IF;
           RETURN NULL;
         END $$`,
      );
      await queryAsAdmin(
        database,
        `CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON alerts DEFERRABLE INITIALLY DEFERRED
         FOR EACH ROW EXECUTE FUNCTION at_commit()`,
      );
    });

    it('calls what is to follow once it has committed, and not before', async () => {
      let seen: Promise<object[]> | undefined;
      await transactions.run(krOfficer, async (tx) => {
        await insert(tx, 'new-slow');
        tx.afterCommit(() => {
          seen = alerts();
        });
      });
      expect(await seen).toEqual([{ id: 'new-slow' }]);
    });

    it('says that the database does not answer when the connection is lost under the commit, which may be kept', async () => {
      const small = await serviceDataSource(database.url, 1).initialize();
      const { master } = small.driver as unknown as { master: Pool };
      const afterCommit = jest.fn();
      let socket: Duplex | undefined;
      master.on('acquire', (client) => {
        socket = (client as unknown as { connection: { stream: Duplex } }).connection.stream;
      });
      try {
        const run = new Transactions(small).run(krOfficer, async (tx) => {
          tx.afterCommit(afterCommit);
          await insert(tx, 'new-slow');
        });
        await eventually('the commit is under way', async () => {
          const sql = `SELECT 1 FROM pg_stat_activity WHERE query = 'COMMIT' AND wait_event = 'PgSleep' AND datname = current_database()`;
          return (await queryAsAdmin(database, sql)).length === 1;
        });
        socket?.destroy(new Error('lost on the way'));
        const error: unknown = await run.catch((reason: unknown) => reason);
        expect(problemOf(error)).toMatchObject({ status: 503, code: 'DATABASE_UNAVAILABLE' });
        expect(afterCommit).not.toHaveBeenCalled();
        await eventually('the commit goes through all the same', async () => (await alerts()).length === 1);
      } finally {
        await small.destroy();
      }
    });

    it('calls nothing, and leaves nothing, when the commit is refused', async () => {
      const afterCommit = jest.fn();
      const run = transactions.run(
        krOfficer,
        async (tx) => {
          tx.afterCommit(afterCommit);
          await insert(tx, 'new-refused');
        },
        COMMAND,
      );
      await expect(run).rejects.toThrow('expected');
      expect(afterCommit).not.toHaveBeenCalled();
      expect([await alerts(), await audit()]).toEqual([[], []]);
    });
  });
});
