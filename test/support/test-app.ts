import type { NestExpressApplication } from '@nestjs/platform-express';
import { join } from 'node:path';
import { createGateway, startWork } from '../../src/app.js';
import type { Logger } from 'pino';
import { DemoUsers } from '../../src/modules/parties/demo-users.js';
import type { OidcSettings } from '../../src/modules/parties/oidc.service.js';
import { RunsService } from '../../src/modules/runs/runs.service.js';
import { PROJECT_ROOT } from '../../src/platform/config/project-root.js';
import { newSigningKey } from '../../src/platform/config/signing-key.js';
import { createLogger } from '../../src/platform/logging/logger.js';
import type { MetricsSettings } from '../../src/platform/metrics/metrics-access.js';
import type { SignatureSettings } from '../../src/platform/xml/sign-xml.js';
import type { QueueConnection } from '../../src/platform/queue/queue.js';
import { createTestDatabase, type TestDatabase } from './test-database.js';

export const DEMO_PASSWORD = 'test-demo-password';
const SIGNING_KEY = newSigningKey();

export interface TestApp {
  readonly app: NestExpressApplication;
  readonly database: TestDatabase;
  /** As in http://127.0.0.1:40001, without a slash at the end. */
  readonly url: string;
  stop(): Promise<void>;
}

export interface TestAppOptions {
  /** Defaults to PostgreSQL. */
  queue?: QueueConnection;
  partiesFile?: string;
  scenariosDir?: string;
  /** Defaults to true: whether the first page may play without signing in. */
  demo?: boolean;
  /** Defaults to true: whether this app also works on jobs. */
  work?: boolean;
  /** PEM; defaults to one that all apps of a test file share. */
  signingKey?: string;
  /** Defaults to metrics that are open. */
  metrics?: MetricsSettings;
  /** Of CAP documents; defaults to none. */
  signatures?: SignatureSettings;
  /** Defaults to true: tests listen on loopback. */
  allowPrivateTargets?: boolean;
  oidc?: OidcSettings;
  /** Defaults to one that is silent. */
  logger?: Logger;
  allowedOrigins?: readonly string[];
  trustedProxies?: number;
  /** Defaults to a free one. */
  port?: number;
  /** Defaults to false: whether there is a run of mode actual. */
  allowActual?: boolean;
  /** A database to use instead of a fresh one; it is not dropped. */
  database?: TestDatabase;
}

/** The whole service in this process, on a database of its own, with the demo accounts, listening on a free port. */
export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const database = options.database ?? (await createTestDatabase());
  const app = await createGateway(
    {
      databaseUrl: database.url,
      queue: options.queue ?? { kind: 'postgres', url: database.ownerUrl },
      logger: options.logger ?? createLogger('silent'),
      tokenSecret: 'a-secret-of-the-tests-that-is-long-enough',
      partiesFile: options.partiesFile ?? join(PROJECT_ROOT, 'config', 'parties.yaml'),
      scenariosDir: options.scenariosDir ?? join(PROJECT_ROOT, 'scenarios'),
      demo: { enabled: options.demo ?? true, scenario: 'yeonpyeong-2010' },
      signing: { privateKey: options.signingKey ?? SIGNING_KEY },
      metrics: options.metrics ?? { open: true },
      signatures: options.signatures ?? { trusted: [] },
      keptDeliveries: { keepDeliveredDays: 7, keepDeadDays: 30 },
      targets: { allowPrivate: options.allowPrivateTargets ?? true },
      oidc: options.oidc,
      allowActual: options.allowActual ?? false,
    },
    { allowedOrigins: options.allowedOrigins ?? [], trustedProxies: options.trustedProxies ?? 0 },
  );
  await app.get(DemoUsers).ensure(DEMO_PASSWORD);
  await app.get(RunsService).ensureLive();
  if (options.work ?? true) {
    startWork(app);
  }
  await app.listen(options.port ?? 0, '127.0.0.1');
  return {
    app,
    database,
    url: await app.getUrl(),
    stop: async () => {
      await app.close();
      if (!options.database) {
        await database.drop();
      }
    },
  };
}
