import { join } from 'node:path';
import { ReceiptsRepository } from '../../src/modules/dissemination/receipts.repository.js';
import { RestoresRepository } from '../../src/modules/dissemination/restores.repository.js';
import { RestoresService } from '../../src/modules/dissemination/restores.service.js';
import { serviceDataSource } from '../../src/platform/database/data-source.js';
import { holdLock } from '../../src/platform/database/embedded-lock.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { declareRestored } from '../../src/restore.js';
import { Client } from '../support/client.js';
import { DeskConsole } from '../support/desk-console.js';
import { eventually } from '../support/eventually.js';
import { Processes, postgresOf } from '../support/processes.js';
import { ALERT } from '../support/requests.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { createTestDatabase, queryAsAdmin, type TestDatabase } from '../support/test-database.js';
import { PEOPLE, seedTwoRuns } from '../support/two-runs.js';

const OTHER_CLUSTER = `UPDATE installation SET system_identifier = 'of another cluster'`;
const BEFORE_PROMOTION = 'UPDATE installation SET timeline = timeline - 1';

describe('a restore (pitfall 17)', () => {
  let database: TestDatabase;
  let processes: RestoresService[];
  let transactions: Transactions;
  let close: () => Promise<unknown>;

  beforeEach(async () => {
    database = await createTestDatabase();
    await seedTwoRuns(database);
    await queryAsAdmin(database, 'DELETE FROM installation');
    const sources = await Promise.all([1, 2].map(() => serviceDataSource(database.url).initialize()));
    transactions = new Transactions(sources[0]!);
    processes = sources.map((source) => new RestoresService(new Transactions(source), new RestoresRepository()));
    close = () => Promise.all(sources.map((source) => source.destroy()));
  });
  afterEach(async () => {
    await close?.();
    await database?.drop();
  });

  const rows = (sql: string): Promise<Record<string, unknown>[]> => queryAsAdmin(database, sql);
  const epochs = async (): Promise<{ epoch: number; reason: string | null }[]> =>
    (await rows('SELECT DISTINCT epoch, reason FROM feeds')) as never;
  const look = (): Promise<string[]> => Promise.all(processes.map((process) => process.check()));
  const records = (): Promise<object[]> => rows(`SELECT detail FROM audit WHERE action = 'installation.restored'`);

  it('is none when the database is seen for the first time, or again', async () => {
    expect((await look()).sort()).toEqual(['new', 'same']);
    expect(await look()).toEqual(['same', 'same']);
    expect(await epochs()).toEqual([{ epoch: 1, reason: null }]);
    expect(await records()).toEqual([]);
  });

  it.each([
    ['on another cluster', OTHER_CLUSTER],
    ['on another timeline', BEFORE_PROMOTION],
  ])('%s opens an epoch in every feed, once, though two processes start at once', async (_, change) => {
    await look();
    await queryAsAdmin(database, change);
    expect((await look()).sort()).toEqual(['restored', 'same']);
    const [opened, ...more] = await epochs();
    expect(more).toEqual([]);
    expect(opened?.reason).toBe('RESTORED');
    expect(await look()).toEqual(['same', 'same']);
    expect(await epochs()).toEqual([opened]);
    expect(await records()).toEqual([{ detail: { feeds: 5, how: 'noticed' } }]);
  });

  it('keeps what was told: items at their positions with their links, and what desks did with them', async () => {
    const present = (table: string, columns: string): Promise<object[]> =>
      rows(`SELECT ${columns} FROM ${table} t JOIN feeds f USING (run_id, audience, epoch) ORDER BY 1, 2, 3`);
    const told = () =>
      present('feed_items', 'run_id, audience, seq, item_id, version, late, body, chain_hash, real_at');
    const done = () =>
      Promise.all(
        ['received', 'displays', 'acknowledgements', 'obligations', 'responses'].map((table) =>
          present(table, 'run_id, audience, desk'),
        ),
      );
    await look();
    const before = [await told(), await done()];
    await queryAsAdmin(database, OTHER_CLUSTER);
    await look();
    expect([await told(), await done()]).toEqual(before);
    expect(before[0]).toHaveLength(5);
    expect(await rows('SELECT FROM feed_items WHERE epoch = 1')).toHaveLength(5);
  });

  it('takes along an acknowledgement that another node stores meanwhile', async () => {
    const by = { userId: PEOPLE.jpOfficer.id, person: 'jp-cas', key: 'in flight' };
    const item = { kind: 'inject', id: 'ask', version: 1 } as const;
    let renewal: Promise<number> | undefined;
    let isRenewed = false;
    const noted = await transactions.run(PEOPLE.jpOfficer, async (tx) => {
      const result = await new ReceiptsRepository().acknowledge(tx, { run: 'a', audience: 'jp' }, 'jp-cas', item, by);
      renewal = processes[1]!.declare().finally(() => (isRenewed = true));
      await eventually('the renewal waits, or is through', async () => {
        const waiting = await rows(
          `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
        );
        return isRenewed || waiting.length > 0;
      });
      return result;
    });
    expect(noted).toBe('noted');
    await renewal;
    const [opened] = await epochs();
    expect(await rows(`SELECT epoch FROM acknowledgements WHERE key = 'in flight'`)).toEqual([
      { epoch: opened!.epoch },
    ]);
  });

  it('takes an epoch that the lost history cannot have reached', async () => {
    await look();
    await queryAsAdmin(database, OTHER_CLUSTER);
    await look();
    const first = (await epochs())[0]!.epoch;
    // As after the same backup was read back once more, with the epochs of the time between lost.
    await queryAsAdmin(database, 'DELETE FROM feed_items WHERE epoch > 1');
    await queryAsAdmin(database, 'UPDATE feeds SET epoch = 1');
    await eventually('a second has gone by', async () => {
      const [{ now }] = (await rows('SELECT extract(epoch FROM clock_timestamp())::int AS now')) as [{ now: number }];
      return now - Date.UTC(2024, 0, 1) / 1000 > first;
    });
    await queryAsAdmin(database, OTHER_CLUSTER);
    await look();
    expect((await epochs())[0]!.epoch).toBeGreaterThan(first);
  });

  it('can be declared by hand where nothing shows it, and is on record', async () => {
    await look();
    expect(await processes[0]!.declare()).toBe(5);
    expect(await epochs()).toEqual([{ epoch: expect.any(Number) as number, reason: 'RESTORED' }]);
    expect(await records()).toEqual([{ detail: { feeds: 5, how: 'declared' } }]);
    expect(await look()).toEqual(['same', 'same']);
  });
});

describe('`triwatch restore` (pitfall 17)', () => {
  const processes = new Processes();
  let dataDir: string;

  beforeAll(async () => {
    dataDir = await processes.dataDir();
  });
  afterAll(() => processes.cleanUp());

  it('opens the epochs of a served installation', async () => {
    const database = await createTestDatabase();
    try {
      await seedTwoRuns(database);
      expect(await declareRestored({ DATABASE_URL: database.url })).toBe(5);
      expect(await queryAsAdmin(database, `SELECT FROM feeds WHERE reason = 'RESTORED'`)).toHaveLength(5);
    } finally {
      await database.drop();
    }
  });

  it('works on the data folder of a service that is stopped, and stops its database again', async () => {
    expect(await declareRestored({ TRIWATCH_DATA_DIR: dataDir })).toBe(0);
    expect(postgresOf(dataDir)).toBeUndefined();
  }, 120_000);

  it('leaves a service alone that runs on the data folder', async () => {
    const release = await holdLock(join(dataDir, 'service.lock'));
    await expect(declareRestored({ TRIWATCH_DATA_DIR: dataDir })).rejects.toMatchObject({ code: 'DATA_DIR_IN_USE' });
    await release();
  }, 120_000);
});

describe('consoles of a service whose database was restored (pitfall 17)', () => {
  const processes = new Processes();
  let service: TestApp;

  beforeAll(async () => {
    service = await startTestApp();
  });
  afterAll(async () => {
    await processes.cleanUp();
    await service.stop();
  });

  it('are told RESTORED, and then everything again; so is who comes back with a cursor from before', async () => {
    const officer = await Client.signIn(service.url, 'jp-cas');
    const open = (): DeskConsole =>
      processes.own(new DeskConsole(service.url, { token: officer.token, run: 'live', desk: 'jp-cas' }));
    const staying = open();
    await officer.post('/alerts', ALERT);
    await eventually('the alert', () => staying.items.length === 1);
    await queryAsAdmin(service.database, OTHER_CLUSTER);
    // The start of another process finds out; this one learns of it from the feeds.
    const other = await startTestApp({ database: service.database });
    await eventually('the alert again', () => staying.items.length === 2);
    expect(staying.resets).toEqual(['RESTORED']);
    expect(staying.items[1]).toEqual(staying.items[0]);
    const [head] = await queryAsAdmin<{ epoch: number }>(service.database, `SELECT DISTINCT epoch FROM feeds`);
    const { body } = await officer.get<{ epoch: number; items: unknown[] }>('/runs/live/feeds/jp/snapshot');
    expect(body).toMatchObject({ epoch: head?.epoch, items: [staying.items[0]] });
    await other.stop();
  });
});
