import { jest } from '@jest/globals';
import { compactVerify, createLocalJWKSet, decodeProtectedHeader } from 'jose';
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { START, verifyChain } from '../../src/core/delivery/chain.js';
import { runTime } from '../../src/core/time/time.js';
import type { FeedHeadView, SignedHeadClaims, SigningKeys } from '../../src/core/wire/signed-head.js';
import type { FeedPage } from '../../src/core/wire/feed.js';
import { Api } from '../../src/cli/api.js';
import { checkFeed, linesOfCheck, type FeedCheck } from '../../src/cli/feed-check.js';
import { FeedsRepository } from '../../src/modules/dissemination/feeds.repository.js';
import { HeadSigner } from '../../src/modules/dissemination/head-signer.js';
import { SignedHeadsRepository } from '../../src/modules/dissemination/signed-heads.repository.js';
import { ensureSecret } from '../../src/platform/database/embedded-secrets.js';
import { startWorker } from '../../src/service.js';
import { newSigningKey, signingKeyOf } from '../../src/platform/config/signing-key.js';
import { PIPELINE } from '../../src/platform/database/principal.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { createLogger } from '../../src/platform/logging/logger.js';
import { Metrics } from '../../src/platform/metrics/metrics.js';
import { Client } from '../support/client.js';
import { eventually } from '../support/eventually.js';
import { DEMO_PASSWORD, startTestApp, type TestApp } from '../support/test-app.js';
import { queryAsAdmin } from '../support/test-database.js';

describe('the key that heads are signed with', () => {
  const DATABASE = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none', TRIWATCH_TOKEN_SECRET: 's'.repeat(32) };

  it('is what a worker does not start without, with how to make one', async () => {
    await expect(startWorker(DATABASE)).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      exitCode: 78,
      message: expect.stringMatching(
        /^A worker needs TRIWATCH_SIGNING_KEY .*openssl genpkey -algorithm ed25519/,
      ) as string,
    });
    await expect(startWorker({ ...DATABASE, TRIWATCH_SIGNING_KEY: newSigningKey() })).rejects.toMatchObject({
      code: 'DATABASE_UNREACHABLE',
    });
  });

  it('is made once in embedded mode', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'triwatch-test-key-'));
    try {
      const key = await ensureSecret(folder, 'signingKey', newSigningKey);
      expect(signingKeyOf(key)).toBe(key);
      expect(await ensureSecret(folder, 'signingKey', newSigningKey)).toBe(key);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

const HEAD = { kind: 'alert', version: 1, act: 'alert', dueAt: runTime(0), late: false } as const;

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

describe('signed heads', () => {
  let service: TestApp;
  let transactions: Transactions;
  let feeds: FeedsRepository;
  let control: Client;
  let drawn = 0;
  const signers: HeadSigner[] = [];

  beforeAll(async () => {
    // Nobody works on jobs here: what is appended and signed is what the tests append and sign.
    service = await startTestApp({ work: false });
    transactions = service.app.get(Transactions);
    feeds = service.app.get(FeedsRepository);
    control = await Client.signIn(service.url, 'controller');
  });
  afterEach(() => Promise.all(signers.splice(0).map((signer) => signer.beforeApplicationShutdown())));
  afterAll(() => service.stop());

  /** Appends items to feeds of the live run, in one transaction that takes as long as is said. */
  async function append(count: number, audiences: readonly string[] = ['jp'], took = '0 seconds'): Promise<void> {
    const items = Array.from({ length: count }, () => `item-${(drawn += 1)}`);
    const appends = items.flatMap((id) => {
      const text = JSON.stringify({
        mode: 'test',
        texts: { 'ja-JP': `警報 ${id} \u2028 "é" 1e21` },
        order: { b: 1, a: 0.1 },
      });
      const body = { text, hash: createHash('sha256').update(text).digest() };
      return audiences.map((audience) => ({ ...HEAD, audience, id, body }));
    });
    await transactions.run(PIPELINE, async (tx) => {
      await feeds.append(tx, 'live', await feeds.lockHeads(tx, 'live', audiences), appends);
      await tx.query(
        `UPDATE feeds SET moved_at = moved_at - $1::interval WHERE run_id = 'live' AND audience = ANY ($2)`,
        [took, audiences],
      );
    });
  }

  function sign(privateKey: string): Metrics {
    const metrics = new Metrics();
    const heads = new SignedHeadsRepository();
    const signer = new HeadSigner(transactions, heads, metrics, { privateKey }, createLogger('silent'));
    signer.start();
    signers.push(signer);
    return metrics;
  }

  const headOf = async (audience: string): Promise<FeedHeadView> =>
    (await control.get<FeedHeadView>(`/runs/live/feeds/${audience}/head`)).body;
  const whenSigned = (audience: string): Promise<FeedHeadView> =>
    eventually(`the head of ${audience} is signed`, async () => {
      const head = await headOf(audience);
      return head.signed?.seq === head.seq && head;
    });
  const keys = async (): Promise<SigningKeys> =>
    (await Client.withToken(service.url, '').get<SigningKeys>('/signing-keys')).body;

  it('chains do not fork when many append at once, and what is sent is what was hashed (pitfall 21)', async () => {
    await Promise.all(
      Array.from({ length: 30 }, (_, index) => append(1 + (index % 3), index % 2 ? ['jp', 'kr'] : ['kr', 'jp'])),
    );
    for (const audience of ['jp', 'kr']) {
      const stored = await queryAsAdmin<{ seq: string; hash: string }>(
        service.database,
        `SELECT seq, encode(chain_hash, 'hex') AS hash FROM feed_items WHERE run_id = 'live' AND audience = $1`,
        [audience],
      );
      const known = new Map(stored.map(({ seq, hash }) => [Number(seq), hash]));
      const { body } = await control.get<FeedPage>(`/runs/live/feeds/${audience}/items?limit=500`);
      expect(verifyChain(body.items, START, known, sha256)).toMatchObject({ kind: 'whole', at: { seq: 60 } });
      expect(await headOf(audience)).toMatchObject({ seq: 60, hash: known.get(60) });
    }
  });

  it('vouch for run, audience, mode, epoch, position and hash with a key that anybody may fetch', async () => {
    await append(3);
    sign(newSigningKey());
    const { signed, hash, seq } = await whenSigned('jp');
    const published = await keys();
    const { payload, protectedHeader } = await compactVerify(signed!.token, createLocalJWKSet({ ...published }));
    expect(protectedHeader).toEqual({ alg: 'EdDSA', kid: signed!.keyId });
    const claims = JSON.parse(Buffer.from(payload).toString()) as SignedHeadClaims;
    expect(claims).toEqual({
      iss: 'triwatch',
      run: 'live',
      audience: 'jp',
      mode: 'test',
      epoch: 1,
      seq,
      hash,
      at: signed!.at,
    });
    expect(published.keys[0]).toEqual({
      kty: 'OKP',
      crv: 'Ed25519',
      x: expect.stringMatching(/^[\w-]{43}$/) as string,
      kid: signed!.keyId,
      alg: 'EdDSA',
      use: 'sig',
    });
  });

  it('are made for what moves later too, and once however many workers sign', async () => {
    const privateKey = newSigningKey();
    const counts = [sign(privateKey), sign(privateKey), sign(newSigningKey())];
    await whenSigned('jp');
    for (let round = 0; round < 3; round += 1) {
      await append(2);
      await whenSigned('jp');
    }
    const rows = await queryAsAdmin<{ seq: string }>(
      service.database,
      `SELECT seq FROM signed_heads WHERE run_id = 'live' AND audience = 'jp'`,
    );
    expect(new Set(rows.map(({ seq }) => seq)).size).toBe(rows.length);
    const counted = await Promise.all(
      counts.map(async ({ headsSignedTotal }) => (await headsSignedTotal.get()).values[0]!.value),
    );
    expect(counted.reduce((sum, value) => sum + value, 0)).toBeGreaterThanOrEqual(3);
  });

  it('still stand after the key was changed; from then on the new one signs', async () => {
    const old = await whenSigned('jp');
    await append(1);
    sign(newSigningKey());
    const now = await whenSigned('jp');
    expect(now.signed!.keyId).not.toBe(old.signed!.keyId);
    const published = createLocalJWKSet({ ...(await keys()) });
    for (const { signed } of [old, now]) {
      await expect(compactVerify(signed!.token, published)).resolves.toBeDefined();
      expect(decodeProtectedHeader(signed!.token).kid).toBe(signed!.keyId);
    }
  });

  it('are made in the end for a feed that rests since a transaction which took longer than any should', async () => {
    sign(newSigningKey());
    await append(1);
    await whenSigned('jp');
    await append(1, ['jp'], '10 minutes');
    const now = performance.now.bind(performance);
    const later = jest.spyOn(performance, 'now').mockImplementation(() => now() + 60_000);
    await whenSigned('jp').finally(() => later.mockRestore());
  });

  it('are shown to whom the feed belongs alone', async () => {
    const officer = await Client.signIn(service.url, 'kr-jcs');
    expect(await officer.get('/runs/live/feeds/kr/head')).toMatchObject({ status: 200, body: { audience: 'kr' } });
    expect(await officer.get('/runs/live/feeds/jp/head')).toMatchObject({
      status: 403,
      body: { code: 'FORBIDDEN_FEED' },
    });
  });

  describe('are what `feed verify` holds a feed against', () => {
    let api: Api;

    beforeAll(async () => {
      api = new Api(service.url);
      await api.signIn('controller', DEMO_PASSWORD);
    });

    const check = (trusted?: SigningKeys): Promise<FeedCheck> => checkFeed(api, 'live', 'jp', trusted);
    const tamper = (set: string, seq: number): Promise<object[]> =>
      queryAsAdmin(
        service.database,
        `UPDATE feed_items SET ${set} WHERE run_id = 'live' AND audience = 'jp' AND seq = $1`,
        [seq],
      );

    it('which is whole and signed', async () => {
      const { seq } = await whenSigned('jp');
      const found = await check();
      expect(found).toMatchObject({ chain: 'whole', items: seq, signature: 'good', ok: true });
      expect(linesOfCheck(found).join('\n')).toMatch(/Chain: whole.*\nSignature: good/);
    });

    it('or has a changed body', async () => {
      const [row] = await queryAsAdmin<{ body: string }>(
        service.database,
        `SELECT body FROM feed_items WHERE run_id = 'live' AND audience = 'jp' AND seq = 2`,
      );
      await tamper(`body = replace(body, 'test', 'actual')`, 2);
      const found = await check();
      expect(found).toMatchObject({ chain: 'broken', ok: false });
      expect(linesOfCheck(found).join('\n')).toContain('BROKEN');
      await queryAsAdmin(
        service.database,
        `UPDATE feed_items SET body = $1 WHERE run_id = 'live' AND audience = 'jp' AND seq = 2`,
        [row!.body],
      );
      expect(await check()).toMatchObject({ ok: true });
    });

    it('or lacks an item', async () => {
      await tamper('seq = 100002', 2);
      expect(await check()).toMatchObject({ chain: 'broken', brokenAt: 2, ok: false });
      await tamper('seq = 2', 100002);
    });

    it('or is signed with a key that is not trusted', async () => {
      const found = await check({ keys: [] });
      expect(found).toMatchObject({ chain: 'whole', signature: 'bad', ok: false });
      expect(linesOfCheck(found).join('\n')).toContain('Signature: BAD.');
    });

    it('or was written anew by somebody without the key', async () => {
      const hash = (await headOf('jp')).hash;
      await queryAsAdmin(
        service.database,
        `UPDATE feeds SET head_hash = $1 WHERE run_id = 'live' AND audience = 'jp'`,
        [Buffer.alloc(32, 7)],
      );
      expect(await check()).toMatchObject({ chain: 'broken', ok: false });
      await queryAsAdmin(
        service.database,
        `UPDATE feeds SET head_hash = decode($1, 'hex') WHERE run_id = 'live' AND audience = 'jp'`,
        [hash],
      );
    });

    it('or has a signature of another feed', async () => {
      const kr = newSigningKey();
      sign(kr);
      await whenSigned('kr');
      await queryAsAdmin(
        service.database,
        `UPDATE signed_heads s SET token = o.token, key_id = o.key_id FROM signed_heads o
         WHERE s.run_id = 'live' AND s.audience = 'jp' AND o.run_id = 'live' AND o.audience = 'kr'`,
      );
      expect(await check()).toMatchObject({ chain: 'whole', signature: 'bad', ok: false });
    });
  });
});
