import type { INestApplicationContext } from '@nestjs/common';
import type { Server } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { AppSettings } from './app.module.js';
import { createGateway, createWorker, startWork } from './app.js';
import { DemoUsers } from './modules/parties/demo-users.js';
import { ScenarioLibrary } from './modules/runs/scenario-library.service.js';
import { RunsService } from './modules/runs/runs.service.js';
import { loadConfig, type Config } from './platform/config/config.js';
import { PROJECT_ROOT } from './platform/config/project-root.js';
import { MAKE_SIGNING_KEY, newSigningKey } from './platform/config/signing-key.js';
import { startEmbeddedDatabase, type EmbeddedDatabase } from './platform/database/embedded-database.js';
import { defaultDataDir } from './platform/database/embedded-data-dir.js';
import { holdLock } from './platform/database/embedded-lock.js';
import { ensureSecret } from './platform/database/embedded-secrets.js';
import { ensureSchema, runMigrations } from './platform/database/migrate.js';
import { ensureDemoPassword } from './platform/demo-credentials.js';
import { createLogger } from './platform/logging/logger.js';
import { listenForMetrics } from './platform/metrics/metrics-listener.js';
import { Metrics } from './platform/metrics/metrics.js';
import { OperationalError } from './platform/operational-error.js';

const DEMO_SCENARIO = 'yeonpyeong-2010';
const LOOPBACK = /^(127\.|localhost$|::1$)/;

export interface ServiceOptions {
  /** Instead of TRIWATCH_PORT; 0 takes any free port. */
  port?: number;
  /** Says nothing; for a command that needs a service for itself. */
  quiet?: boolean;
  /** Told as the start goes on, a line each. */
  onProgress?: (line: string) => void;
  env?: NodeJS.ProcessEnv;
}

export interface Service {
  readonly url: string;
  /** The demo accounts and their password; embedded mode only. */
  readonly demo?: { usernames: string[]; password: string };
  /** Finishes what is under way, closes connections with a reason and stops what it started. */
  stop(): Promise<void>;
}

/**
 * Starts the service as the environment says: embedded (database, gateway and worker in this process) or served (the gateway;
 * `startWorker` is the other half). Resolves when it takes requests. Throws OperationalError with one line that says what to do.
 */
export async function startService(options: ServiceOptions = {}): Promise<Service> {
  const config = loadConfig(options.env ?? process.env, PROJECT_ROOT);
  const tell = options.quiet ? () => undefined : (options.onProgress ?? (() => undefined));
  const port = options.port ?? config.http.port;
  await assertPortFree(config.http.host, port);
  const { settings, embedded, dataDir } = await prepare(config, tell);
  let app: Awaited<ReturnType<typeof createGateway>> | undefined;
  let release: (() => Promise<void>) | undefined;
  try {
    // Two services on one data folder would stop each other's database; a quiet command only looks in.
    release = dataDir === undefined || options.quiet ? undefined : await holdLock(join(dataDir, 'service.lock'));
    tell('starting the service ...');
    app = await createGateway(settings, config.http);
    const demo =
      dataDir === undefined
        ? undefined
        : await makeDemoUsers(app, config.demoPassword ?? (await ensureDemoPassword(dataDir)));
    // A folder that cannot be read is told now, not when somebody looks for a scenario.
    await app.get(ScenarioLibrary).folders();
    await app.get(RunsService).ensureLive();
    if (embedded) {
      startWork(app);
    }
    await listen(app, port, config.http.host);
    const running = app;
    return {
      url: (await app.getUrl()).replace('[::1]', '127.0.0.1'),
      demo,
      stop: async () => {
        await running.close();
        // A quiet command that found the database running leaves it to whoever started it.
        await (options.quiet ? stopIfOurs(embedded) : embedded?.stop());
        await release?.();
      },
    };
  } catch (error) {
    await app?.close();
    await stopIfOurs(embedded);
    await release?.();
    throw error;
  }
}

/** Starts a worker of a served installation: no HTTP but the metrics, if they are given a port. Throws OperationalError. */
export async function startWorker(env: NodeJS.ProcessEnv = process.env): Promise<{ stop(): Promise<void> }> {
  const config = loadConfig(env, PROJECT_ROOT);
  if (config.database.kind === 'embedded') {
    throw new OperationalError(
      'CONFIG_INVALID',
      'A worker of its own needs DATABASE_URL; in embedded mode the service works by itself.',
      { exitCode: 78 },
    );
  }
  if (config.signingKey === undefined) {
    throw new OperationalError(
      'CONFIG_INVALID',
      `A worker needs TRIWATCH_SIGNING_KEY to sign the feeds with, the same for all workers; make one with: ${MAKE_SIGNING_KEY}.`,
      { exitCode: 78 },
    );
  }
  const { settings } = await prepare(config, () => undefined);
  const app = await createWorker(settings);
  try {
    const metrics = await listenWithMetrics(app, settings, config);
    startWork(app);
    return {
      stop: async () => {
        metrics?.close();
        metrics?.closeAllConnections();
        await app.close();
      },
    };
  } catch (error) {
    await app.close();
    throw error;
  }
}

async function listenWithMetrics(
  app: INestApplicationContext,
  settings: AppSettings,
  { http, metrics: { port } }: Config,
): Promise<Server | undefined> {
  if (port === undefined) {
    return undefined;
  }
  return listenForMetrics(app.get(Metrics), settings.metrics, { port, host: http.host }).catch((error: unknown) => {
    throw portError(error, port, http.host, 'TRIWATCH_METRICS_PORT');
  });
}

async function prepare(
  config: Config,
  tell: (line: string) => void,
): Promise<{ settings: AppSettings; embedded?: EmbeddedDatabase; dataDir?: string }> {
  const { database } = config;
  if (database.kind === 'served') {
    const logger = createLogger(config.logLevel);
    await ensureSchema(database.url, database.ownerUrl);
    const secrets = { tokenSecret: config.tokenSecret ?? '', signingKey: config.signingKey };
    return { settings: settingsOf(config, logger, database, secrets) };
  }
  const dataDir = database.dataDir ?? defaultDataDir(PROJECT_ROOT);
  tell(`starting PostgreSQL in ${dataDir} ...`);
  const embedded = await startEmbeddedDatabase(dataDir, tell);
  try {
    await runMigrations(embedded.ownerUrl, embedded.url);
    const logger = createLogger(config.logLevel, join(dataDir, 'triwatch.log'));
    const secrets = {
      tokenSecret: config.tokenSecret ?? (await ensureSecret(dataDir, 'tokenSecret')),
      signingKey: config.signingKey ?? (await ensureSecret(dataDir, 'signingKey', newSigningKey)),
    };
    return { settings: settingsOf(config, logger, embedded, secrets), embedded, dataDir };
  } catch (error) {
    await stopIfOurs(embedded);
    throw error;
  }
}

/** A start that fails must not take the database away from a service that was running on it. */
async function stopIfOurs(embedded: EmbeddedDatabase | undefined): Promise<void> {
  if (embedded && !embedded.adopted) {
    await embedded.stop();
  }
}

function settingsOf(
  config: Config,
  logger: Logger,
  database: { url: string; ownerUrl?: string },
  { tokenSecret, signingKey }: { tokenSecret: string; signingKey?: string },
): AppSettings {
  return {
    databaseUrl: database.url,
    queue: config.redisUrl
      ? { kind: 'redis', url: config.redisUrl }
      : { kind: 'postgres', url: database.ownerUrl ?? database.url },
    logger,
    tokenSecret,
    partiesFile: config.partiesFile,
    scenariosDir: config.scenariosDir,
    demo: { enabled: config.database.kind === 'embedded' && LOOPBACK.test(config.http.host), scenario: DEMO_SCENARIO },
    signing: { privateKey: signingKey },
    oidc: config.oidc,
    allowActual: config.allowActual,
    metrics: { token: config.metrics.token, open: LOOPBACK.test(config.http.host) },
    signatures: config.cap,
    targets: { allowPrivate: config.allowPrivateTargets },
    keptDeliveries: config.keptDeliveries,
  };
}

async function makeDemoUsers(
  app: INestApplicationContext,
  password: string,
): Promise<{ usernames: string[]; password: string }> {
  return { usernames: await app.get(DemoUsers).ensure(password), password };
}

async function listen(
  app: { listen(port: number, host: string): Promise<unknown> },
  port: number,
  host: string,
): Promise<void> {
  try {
    await app.listen(port, host);
  } catch (error) {
    throw portError(error, port, host);
  }
}

/** Asks before anything else is started, so that a second `npm start` ends at once and leaves the first alone. */
async function assertPortFree(host: string, port: number): Promise<void> {
  if (port === 0) {
    return;
  }
  await new Promise<void>((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error) => reject(portError(error, port, host)));
    probe.listen(port, host, () => probe.close(() => resolve()));
  });
}

function portError(error: unknown, port: number, host: string, variable = 'TRIWATCH_PORT'): OperationalError {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EADDRINUSE') {
    return new OperationalError(
      'PORT_IN_USE',
      `Port ${port} is in use; stop what uses it, or set ${variable} to another.`,
      { cause: error },
    );
  }
  return new OperationalError(
    'CANNOT_LISTEN',
    `The service cannot listen on ${host} port ${port} (${code}); set TRIWATCH_HOST and ${variable}.`,
    {
      cause: error,
    },
  );
}
