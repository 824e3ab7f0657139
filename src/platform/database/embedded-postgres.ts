import { join, resolve } from 'node:path';
import { prepareBinaries } from './embedded-binaries.js';
import { clusterDir, ensureCluster, SUPERUSER } from './embedded-cluster.js';
import { prepareDataDir, ROOT_STORE } from './embedded-data-dir.js';
import { asOperationalError } from './embedded-errors.js';
import { withLock } from './embedded-lock.js';
import { ensureSecret } from './embedded-secrets.js';
import { EmbeddedServer } from './embedded-server.js';
import { chooseDatabaseUser } from './embedded-user.js';

const WATCH_MS = 500;
const RETRY_MS = 5_000;

export interface EmbeddedPostgresOptions {
  /** Holds `postgres/` (the cluster), `postgres.log` and `secrets.json`; made when missing. */
  readonly dataDir: string;
  readonly log: (message: string) => void;
  /**
   * Leaves the server running on stop() and does not restart it when it dies: for a short-lived process that looks in
   * while a service owns the data folder. By default the process that started or adopted the server is responsible for
   * it: it restarts a server that dies and stops it at the end.
   */
  readonly keepRunning?: boolean;
}

export interface EmbeddedPostgres {
  readonly host: string;
  /** Stays the same until stop(), also when the server had to be restarted. */
  readonly port: number;
  readonly superuser: string;
  readonly password: string;
  /** True when a server left over by a killed process, or owned by another one, was found running. */
  readonly adopted: boolean;
  urlFor(user: string, password: string, database: string): string;
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL in the data folder, or adopts the one that runs there, and resolves when it answers.
 * Throws OperationalError with one of the codes DATA_DIR_VERSION, DATA_DIR_PERMISSION, DATA_DIR_UNREACHABLE, DISK_FULL,
 * EMBEDDED_POSTGRES_UNSUPPORTED and EMBEDDED_POSTGRES_FAILED; its message is all that a user needs to see.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { log, keepRunning = false } = options;
  const dataDir = resolve(options.dataDir);
  const locked = <T>(work: () => Promise<T>) => withLock(join(dataDir, 'start.lock'), work);
  try {
    const user = await chooseDatabaseUser(clusterDir(dataDir));
    await prepareDataDir(dataDir, user);
    const binaries = await prepareBinaries(user, user ? [ROOT_STORE, dataDir] : [dataDir]);
    const password = await ensureSecret(dataDir, 'superuserPassword');
    const place = { dataDir, user, binaries };
    const server = new EmbeddedServer(place, password, log);
    const started = await locked(async () => {
      if ((await ensureCluster(place, password)) === 'made') {
        log(`Made a new database in ${dataDir}.`);
      }
      return server.start();
    });
    log(`PostgreSQL ${started.adopted ? 'was running already' : 'started'} on port ${started.port}.`);
    const endWatch = keepRunning ? undefined : watch(server, () => locked(() => server.start(started.port)), log);
    return {
      host: '127.0.0.1',
      port: started.port,
      superuser: SUPERUSER,
      password,
      adopted: started.adopted,
      urlFor: (name, secret, database) =>
        `postgresql://${encodeURIComponent(name)}:${encodeURIComponent(secret)}@127.0.0.1:${started.port}/${encodeURIComponent(database)}`,
      stop: once(async () => {
        await endWatch?.();
        if (!keepRunning) {
          await server.stop();
        }
      }),
    };
  } catch (error) {
    throw asOperationalError(error, dataDir);
  }
}

/** Restarts the server on its port whenever its main process is gone; returns how to end this. */
function watch(
  server: EmbeddedServer,
  restart: () => Promise<unknown>,
  log: (message: string) => void,
): () => Promise<void> {
  let ended = false;
  let pauseUntil = 0;
  let running: Promise<void> | undefined;
  const look = async () => {
    if (Date.now() < pauseUntil || (await server.isUp()) || ended) {
      return;
    }
    log('PostgreSQL ended unexpectedly; starting it again.');
    await restart();
    log('PostgreSQL is running again.');
  };
  const timer = setInterval(() => {
    running ??= look()
      .catch((error: unknown) => {
        pauseUntil = Date.now() + RETRY_MS;
        log(`PostgreSQL is still down: ${(error as Error).message}`);
      })
      .finally(() => {
        running = undefined;
      });
  }, WATCH_MS).unref();
  return async () => {
    ended = true;
    clearInterval(timer);
    await running;
  };
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => (done ??= work());
}
