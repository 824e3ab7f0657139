import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { FeedReadsRepository } from '../../src/modules/dissemination/feed-reads.repository.js';
import { PartiesService } from '../../src/modules/parties/parties.service.js';
import { GivenUpWebhook } from '../../src/modules/realtime/given-up-webhook.js';
import { WebhookMessages } from '../../src/modules/realtime/webhook-messages.js';
import { WebhookOutboxRepository } from '../../src/modules/realtime/webhook-outbox.repository.js';
import { WebhookPruner } from '../../src/modules/realtime/webhook-pruner.js';
import { WebhookChannel } from '../../src/modules/realtime/webhook.channel.js';
import { ClockRepository } from '../../src/modules/runs/clock.repository.js';
import type { Drains } from '../../src/modules/runs/drains.js';
import { DueRowsRepository } from '../../src/modules/runs/due-rows.repository.js';
import { PROJECT_ROOT } from '../../src/platform/config/project-root.js';
import { serviceDataSource } from '../../src/platform/database/data-source.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { createLogger } from '../../src/platform/logging/logger.js';
import { Metrics } from '../../src/platform/metrics/metrics.js';
import { GuardedHttp } from '../../src/platform/net/guarded-http.js';
import { BadServer } from '../support/bad-server.js';
import { eventually } from '../support/eventually.js';
import { createTestDatabase, queryAsAdmin, type TestDatabase } from '../support/test-database.js';
import { PEOPLE, seedTwoRuns } from '../support/two-runs.js';

const logger = createLogger('silent');

describe('the outbox of webhooks', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let transactions: Transactions;
  const outbox = new WebhookOutboxRepository();
  const admin = (sql: string, ...values: unknown[]): Promise<object[]> => queryAsAdmin(database, sql, values);

  beforeEach(async () => {
    database = await createTestDatabase();
    await seedTwoRuns(database);
    await admin('DELETE FROM webhook_deliveries');
    await admin('DELETE FROM webhooks');
    dataSource = await serviceDataSource(database.url).initialize();
    transactions = new Transactions(dataSource);
  });
  afterEach(async () => {
    await dataSource?.destroy();
    await database?.drop();
  });

  const register = (id: string, audience: string, url: string, seq = 0): Promise<object[]> =>
    admin(
      `INSERT INTO webhooks (id, run_id, audience, url, secret, epoch, seq, created_by) VALUES ($1, 'a', $2, $3, 'whsec_', 1, $4, $5)`,
      ...[id, audience, url, seq, PEOPLE.controller.id],
    );

  it('gives each webhook a turn, so that a slow receiver does not keep a fast one waiting', async () => {
    const items = 30;
    await admin(
      `INSERT INTO feed_items (run_id, audience, epoch, seq, kind, item_id, version, act, due_at, late, body, body_hash, chain_hash, real_at)
       SELECT run_id, audience, epoch, s, kind, item_id || s, version, act, due_at, late, body, body_hash, chain_hash, real_at
       FROM feed_items, generate_series(2, $1::int) AS s WHERE run_id = 'a' AND audience = 'jp'`,
      items,
    );
    await admin(`UPDATE feeds SET head_seq = $1 WHERE run_id = 'a' AND audience = 'jp'`, items);
    const slow = await BadServer.start((_, response) => void pause(40).then(() => response.writeHead(204).end()));
    const fast = await BadServer.start((_, response) => response.writeHead(204).end());
    await register('1 slow', 'jp', slow.url);
    await register('2 fast', 'kr', fast.url);
    const http = new GuardedHttp({ allowPrivate: true });
    const channel = new WebhookChannel(
      transactions,
      outbox,
      new WebhookMessages(outbox, new FeedReadsRepository()),
      http,
      new GivenUpWebhook(
        new ClockRepository(),
        new DueRowsRepository(),
        { request: () => undefined } as unknown as Drains,
        new PartiesService(join(PROJECT_ROOT, 'config', 'parties.yaml')),
      ),
      new Metrics(),
      { atOnce: 1, turnMs: 100 },
      logger,
    );
    channel.start();
    await eventually('the fast one is told', () => fast.requests.length === 1);
    expect(slow.requests.length).toBeLessThan(items / 2);
    await eventually('the slow one is told all', () => slow.requests.length === items);
    await channel.beforeApplicationShutdown();
    expect(slow.requests.map(({ headers }) => headers['webhook-id'])).toEqual(
      Array.from({ length: items }, (_, index) => `1 slow.1.${index + 1}`),
    );
    await http.onModuleDestroy();
    await Promise.all([slow.stop(), fast.stop()]);
  });

  it('forgets what was delivered after its days, what was given up after more, and what waits only with its webhook', async () => {
    await register('active', 'kr', 'https://hook.example');
    await register('disabled', 'kr', 'https://hook.example');
    await admin(`UPDATE webhooks SET state = 'disabled' WHERE id = 'disabled'`);
    const rows: [webhook: string, state: string, days: number][] = [
      ['active', 'delivered', 6],
      ['active', 'delivered', 8],
      ['active', 'dead', 29],
      ['active', 'dead', 31],
      ['active', 'pending', 99],
      ['disabled', 'pending', 29],
      ['disabled', 'pending', 31],
    ];
    for (const [index, [webhook, state, days]] of rows.entries()) {
      await admin(
        `INSERT INTO webhook_deliveries (webhook_id, epoch, seq, state, created_at, ended_at)
         VALUES ($1, 1, $2, $3, now() - make_interval(days => $4), CASE WHEN $3 <> 'pending' THEN now() - make_interval(days => $4) END)`,
        ...[webhook, index + 1, state, days],
      );
    }
    const pruner = new WebhookPruner(transactions, outbox, { keepDeliveredDays: 7, keepDeadDays: 30 }, logger);
    await pruner.prune();
    const left = await admin('SELECT seq::int FROM webhook_deliveries ORDER BY seq');
    expect(left).toEqual([{ seq: 1 }, { seq: 3 }, { seq: 5 }, { seq: 6 }]);
  });
});
