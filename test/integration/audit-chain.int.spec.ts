import { createHash } from 'node:crypto';
import type { Logger } from 'pino';
import type { DataSource } from 'typeorm';
import { verifyAll, type Trusted } from '../../src/audit.js';
import { FeedsRepository } from '../../src/modules/dissemination/feeds.repository.js';
import { HeadSigner } from '../../src/modules/dissemination/head-signer.js';
import { SignedHeadsRepository } from '../../src/modules/dissemination/signed-heads.repository.js';
import { AuditSealer } from '../../src/platform/audit/audit-sealer.js';
import { newSigningKey } from '../../src/platform/config/signing-key.js';
import { serviceDataSource } from '../../src/platform/database/data-source.js';
import { PIPELINE } from '../../src/platform/database/principal.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { createLogger } from '../../src/platform/logging/logger.js';
import { Metrics } from '../../src/platform/metrics/metrics.js';
import { runTime } from '../../src/core/time/time.js';
import { eventually } from '../support/eventually.js';
import { createTestDatabase, queryAsAdmin, type TestDatabase } from '../support/test-database.js';

const KEY = newSigningKey();
const logger: Logger = createLogger('silent');

describe('the chain over the record', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let transactions: Transactions;

  beforeEach(async () => {
    database = await createTestDatabase();
    dataSource = await serviceDataSource(database.url).initialize();
    transactions = new Transactions(dataSource);
  });
  afterEach(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  const sql = <Row extends object>(text: string): Promise<Row[]> => queryAsAdmin<Row>(database, text);
  const record = (count: number): Promise<unknown> =>
    Promise.all(
      Array.from({ length: count }, (_, index) =>
        transactions.run(PIPELINE, () => Promise.resolve(), {
          action: 'test.done',
          detail: { z: index, a: 'é\u2028' },
        }),
      ),
    );

  /** Seals what there is, by a worker that comes and goes. */
  async function seal(key = KEY): Promise<void> {
    const sealer = new AuditSealer(transactions, { privateKey: key }, logger);
    sealer.start();
    await sealer.beforeApplicationShutdown();
  }
  const verify = (trusted: Trusted = {}): ReturnType<typeof verifyAll> =>
    verifyAll(trusted, { DATABASE_URL: database.url, DATABASE_OWNER_URL: database.ownerUrl });
  const faults = async (trusted: Trusted = {}): Promise<[string, ...string[]][]> =>
    (await verify(trusted)).audit.findings.map(({ fault, ids }) => [fault, ...ids]);
  /** Three checkpoints over five rows each. */
  async function sealedRecord(): Promise<string[]> {
    for (let batch = 0; batch < 3; batch++) {
      await record(5);
      await seal();
    }
    return (await sql<{ id: string }>('SELECT audit_id::text AS id FROM audit_links ORDER BY seq')).map(({ id }) => id);
  }

  it('is whole when many commit at once and two workers seal', async () => {
    const sealers = [0, 1].map(() => new AuditSealer(transactions, { privateKey: KEY }, logger));
    sealers.forEach((sealer) => sealer.start());
    await Promise.all([record(150), record(150)]);
    await Promise.all(sealers.map((sealer) => sealer.beforeApplicationShutdown()));
    await seal();
    const { audit, feeds } = await verify();
    expect(audit).toMatchObject({ rows: 300, checkpoint: { seq: 300 }, findings: [] });
    expect(feeds.findings).toEqual([]);
    expect(await sql('SELECT 1 FROM audit_links')).toHaveLength(300);
  });

  /** Each by the hand of a superuser; `ids` are the fifteen rows in the order of the chain. */
  it.each<[string, (ids: string[]) => string, (ids: string[]) => [string, ...string[]][]]>([
    ['a row that was changed', (ids) => `UPDATE audit SET who = 'somebody' WHERE id = ${ids[6]}`, (ids) => [['CHANGED', ids[6]!]]],
    ['a detail that was changed', (ids) => `UPDATE audit SET detail = detail || '{"z": 99}' WHERE id = ${ids[6]}`, (ids) => [['CHANGED', ids[6]!]]],
    ['a time that was changed', (ids) => `UPDATE audit SET at = at + interval '1 microsecond' WHERE id = ${ids[6]}`, (ids) => [['CHANGED', ids[6]!]]],
    ['a row that was removed', (ids) => `DELETE FROM audit WHERE id = ${ids[6]}`, (ids) => [['REMOVED', ids[6]!]]],
    ['a row that was removed with its link', (ids) => `DELETE FROM audit WHERE id = ${ids[6]}; DELETE FROM audit_links WHERE audit_id = ${ids[6]}`, () => [['REMOVED']]],
    ['rows that changed places', (ids) => `UPDATE audit a SET (at, who, role, action, run_id, detail) = (SELECT b.at, b.who, b.role, b.action, b.run_id, b.detail FROM audit b
        WHERE b.id = CASE a.id WHEN ${ids[6]} THEN ${ids[7]} ELSE ${ids[6]} END) WHERE a.id IN (${ids[6]}, ${ids[7]})`, (ids) => [['REORDERED', ids[6]!, ids[7]!], ['REORDERED', ids[7]!, ids[6]!]]],
    ['links that changed places', (ids) => `UPDATE audit_links l SET (audit_id, content_hash, chain_hash) = (SELECT -m.audit_id, m.content_hash, m.chain_hash FROM audit_links m
        WHERE m.seq = CASE l.seq WHEN 7 THEN 8 ELSE 7 END) WHERE l.seq IN (7, 8) AND l.audit_id IN (${ids[6]}, ${ids[7]}); UPDATE audit_links SET audit_id = -audit_id WHERE audit_id < 0`, (ids) => [['REORDERED', ids[7]!, ids[6]!, ids[8]!]]],
    ['an end that was cut off', () => `DELETE FROM audit WHERE id IN (SELECT audit_id FROM audit_links WHERE seq > 12); DELETE FROM audit_links WHERE seq > 12`, () => [['TRUNCATED']]],
    ['everything that was thrown away but the checkpoints', () => 'TRUNCATE audit, audit_links', () => [['TRUNCATED']]],
    ['checkpoints that were thrown away', () => 'DELETE FROM audit_checkpoints', (ids) => [['UNSIGNED', ids[14]!]]],
    ['a checkpoint that was forged', () => `UPDATE audit_checkpoints SET token = left(token, -4) || 'AAAA' WHERE seq = 10`, () => [['BAD_SIGNATURE']]],
  ])('tells of %s', async (_, tamper, expected) => {
    const ids = await sealedRecord();
    expect(await faults()).toEqual([]);
    await sql(tamper(ids));
    expect(await faults()).toEqual(expected(ids));
  }); // prettier-ignore

  it.each([
    ['a number of long ago', `(SELECT min(id) - 1 FROM audit), clock_timestamp() + interval '2 minutes'`],
    ['a time of long ago', `(SELECT max(id) + 1 FROM audit), clock_timestamp() - interval '1 day'`],
  ])('tells of a row that was put in with %s and sealed as if it were new', async (_, values) => {
    await sealedRecord();
    await sql(`INSERT INTO audit (id, at, who, role, action, detail) OVERRIDING SYSTEM VALUE
      SELECT ${values}, 'x', 'x', 'x', '{}'`);
    await seal();
    expect((await faults()).map(([fault]) => fault)).toEqual(['INSERTED']);
  });

  it('knows a row that was put in among sealed ones of long ago and leaves it unsealed', async () => {
    const ids = await sealedRecord();
    await sql(`UPDATE audit_links SET sealed_at = sealed_at - interval '1 hour' WHERE seq <= 10`);
    await sql(
      `INSERT INTO audit (id, who, role, action, detail) OVERRIDING SYSTEM VALUE VALUES (0, 'x', 'x', 'x', '{}')`,
    );
    await seal();
    expect(await sql('SELECT 1 FROM audit_links')).toHaveLength(ids.length);
    expect(await faults()).toEqual([['INSERTED', '0']]);
  });

  it('does not stand once all links were computed anew, nor with a key of other hands', async () => {
    await sealedRecord();
    const keys = { keys: (await sql<{ public_key: never }>('SELECT public_key FROM signing_keys')).map(({ public_key }) => public_key) }; // prettier-ignore
    const kept = (await verify()).audit.checkpoint!.token;
    await sql(`UPDATE audit SET who = 'somebody' WHERE id = (SELECT min(id) FROM audit)`);
    await sql('TRUNCATE audit_links, audit_checkpoints');
    await seal(newSigningKey());
    // By the database's own account all is well: it was made to say so, keys and all.
    expect(await faults()).toEqual([]);
    expect(await faults({ keys })).toEqual([['BAD_SIGNATURE'], ['UNSIGNED', expect.any(String)]]);
    expect((await faults({ checkpoint: kept }))[0]).toEqual(['FORGED', '0', expect.any(String)]);
  });

  it('is read to its end however long its checkpoints take to check', async () => {
    await sealedRecord();
    // Each is a signature that stands, over another place.
    await sql(`INSERT INTO audit_checkpoints SELECT 100 + n, chain_hash, key_id, token, signed_at
      FROM audit_checkpoints, generate_series(1, 5_000) AS n WHERE seq = 5`);
    const { findings, checkpoint } = (await verify()).audit;
    expect(findings).toHaveLength(5_000);
    expect(checkpoint?.seq).toBe(15);
  }, 60_000);

  it('is left as it is where its schema is of another version', async () => {
    const newest = await sql<{ name: string }>('DELETE FROM migrations WHERE id = (SELECT max(id) FROM migrations) RETURNING name');
    await expect(verify()).rejects.toMatchObject({ code: 'SCHEMA_OUTDATED' });
    expect(await sql(`SELECT 1 FROM migrations WHERE name = '${newest[0]?.name}'`)).toEqual([]);
  }); // prettier-ignore

  it('shows rows that no worker has sealed', async () => {
    await record(2);
    expect(await faults()).toEqual([]);
    await sql(`UPDATE audit SET at = at - interval '11 seconds'`);
    expect((await faults()).map(([fault]) => fault)).toEqual(['UNSEALED', 'UNSEALED']);
    await seal();
    expect(await faults()).toEqual([]);
  });

  describe('beside the feeds', () => {
    async function feed(): Promise<void> {
      await sql(`INSERT INTO runs (id, job, mode, arrangement, names, time_zone, created_by) VALUES ('r', 'exercise', 'exercise', 'x', '{}', 'UTC', 'x');
        INSERT INTO run_audiences (run_id, audience) VALUES ('r', 'jp'); INSERT INTO feeds (run_id, audience, epoch, head_seq, head_hash) VALUES ('r', 'jp', 1, 0, decode(repeat('00', 32), 'hex'))`);
      const feeds = new FeedsRepository();
      const appends = Array.from({ length: 6 }, (_, index) => {
        const text = `{"n":${index}}`;
        const body = { text, hash: createHash('sha256').update(text).digest() };
        return { kind: 'alert', version: 1, act: 'alert', dueAt: runTime(0), late: false, audience: 'jp', id: `a${index + 1}`, body } as const; // prettier-ignore
      });
      await transactions.run(PIPELINE, async (tx) => {
        await feeds.append(tx, 'r', await feeds.lockHeads(tx, 'r', ['jp']), appends);
      });
      const heads = new SignedHeadsRepository();
      const signer = new HeadSigner(transactions, heads, new Metrics(), { privateKey: KEY }, logger);
      signer.start();
      await eventually('the head is signed', async () => (await sql('SELECT 1 FROM signed_heads')).length === 1);
      await signer.beforeApplicationShutdown();
    }

    it.each<[string, string, [string, number, string?][]]>([
      ['nothing', 'SELECT 1', []],
      ['an item that was changed', `UPDATE feed_items SET body = '{"n":9}' WHERE seq = 3`, [['CHANGED', 3, 'alert a3 v1']]],
      ['an item that was removed', 'DELETE FROM feed_items WHERE seq = 3', [['REMOVED', 3, undefined]]],
      ['an end that was cut off, with the head', `DELETE FROM feed_items WHERE seq > 4; UPDATE feeds SET head_seq = 4, head_hash = (SELECT chain_hash FROM feed_items WHERE seq = 4)`, [['TRUNCATED', 5, undefined]]],
      ['items that changed places', `UPDATE feed_items f SET (body, body_hash) = (SELECT g.body, g.body_hash FROM feed_items g WHERE g.seq = CASE f.seq WHEN 3 THEN 4 ELSE 3 END) WHERE f.seq IN (3, 4)`,
        [['REORDERED', 3, 'alert a3 v1'], ['REORDERED', 4, 'alert a4 v1']]],
      ['a signature that was forged', `UPDATE signed_heads SET token = left(token, -4) || 'AAAA'`, [['BAD_SIGNATURE', 6, undefined]]],
    ])('tells of %s', async (_, tamper, expected) => {
      await feed();
      await sql(tamper);
      const { feeds } = await verify();
      expect(feeds).toMatchObject({ epochs: 1 });
      expect(feeds.findings.map(({ fault, seq, item }) => [fault, seq, item])).toEqual(expected);
      expect(feeds.findings.every(({ run, audience, epoch }) => run === 'r' && audience === 'jp' && epoch === 1)).toBe(true);
    }); // prettier-ignore
  });
});
