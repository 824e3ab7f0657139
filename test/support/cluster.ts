import { Client } from './client.js';
import { LoadBalancer } from './load-balancer.js';
import { freePort, Processes, type Program } from './processes.js';
import { ReconnectingDesk } from './reconnecting-desk.js';
import { newSigningKey } from '../../src/platform/config/signing-key.js';
import { createTestDatabase } from './test-database.js';

export const REDIS_SERVER = process.env['TEST_REDIS_SERVER'] ?? '';

/** `describe` where Redis was found; elsewhere scripts/test.mjs names what is skipped. */
export const describeWithRedis = REDIS_SERVER ? describe : describe.skip;

export const PASSWORD = 'a password of the tests';

export type Main = Program & { url: string };

export interface ClusterOptions {
  mains: number;
  workers: number;
  /** Who may sign in: `controller`, or an officer by the name of the desk. */
  users: readonly string[];
  /** Instead of a fresh database on the server that all tests share. */
  database?: { url: string; ownerUrl: string };
  /** What is different for single mains, in their order. */
  mainEnv?: readonly Record<string, string>[];
}

/** The served shape in processes of its own: Redis, mains behind a load balancer, workers, and people who may sign in. */
export class Cluster {
  redis!: Program;
  readonly mains: Main[] = [];
  readonly workers: Program[] = [];
  balancer!: LoadBalancer;
  private redisPort = 0;
  private env: Record<string, string> = {};
  private ports: number[] = [];
  private drop: () => Promise<void> = () => Promise.resolve();

  private constructor(
    readonly processes: Processes,
    private readonly options: ClusterOptions,
  ) {}

  static async start(options: ClusterOptions, processes = new Processes()): Promise<Cluster> {
    const cluster = new Cluster(processes, options);
    try {
      await cluster.begin();
      return cluster;
    } catch (error) {
      await cluster.stop();
      throw error;
    }
  }

  get redisUrl(): string {
    return `redis://127.0.0.1:${this.redisPort}`;
  }

  async stop(): Promise<void> {
    await this.processes.cleanUp();
    await this.drop();
  }

  /** Starts Redis, empty, on the port that it has had before. */
  async startRedis(): Promise<void> {
    const options = ['--port', this.redisPort, '--bind', '127.0.0.1', '--hz', 100, '--appendonly', 'no', '--save', ''];
    this.redis = this.processes.run(REDIS_SERVER, options.map(String));
    await this.redis.prints(/Ready to accept connections/);
  }

  /** Starts a main on its port, in the place of the one that was there. */
  async startMain(index: number): Promise<void> {
    const env = { ...this.env, ...this.options.mainEnv?.[index], TRIWATCH_PORT: String(this.ports[index]) };
    this.mains[index] = await this.processes.main(env);
  }

  /** Signs in at the last main, or wherever `url` says. */
  signIn(username: string, url = this.mains.at(-1)!.url): Promise<Client> {
    return Client.signIn(url, username, PASSWORD);
  }

  /** A console that has come to be live; through the balancer by default. */
  async openDesk(desk: string, run = 'live', url = this.balancer.url): Promise<ReconnectingDesk> {
    const { token } = await this.signIn(desk);
    return this.processes.own(new ReconnectingDesk(url, { token, run, desk })).whenLive();
  }

  private async begin(): Promise<void> {
    const { mains, workers, users, database } = this.options;
    this.redisPort = await freePort();
    await this.startRedis();
    const { url, ownerUrl } = database ?? (await this.ownDatabase());
    this.env = {
      DATABASE_URL: url,
      DATABASE_OWNER_URL: ownerUrl,
      REDIS_URL: this.redisUrl,
      TRIWATCH_TOKEN_SECRET: 'a-secret-of-the-tests-that-is-long-enough',
      TRIWATCH_SIGNING_KEY: newSigningKey(),
    };
    for (let count = 0; count < mains; count += 1) {
      this.ports.push(await freePort());
    }
    await Promise.all(this.ports.map((_, index) => this.startMain(index)));
    this.balancer = this.processes.own(await LoadBalancer.over(this.ports));
    for (let count = 0; count < workers; count += 1) {
      this.workers.push(this.processes.built('worker', this.env));
    }
    await Promise.all(this.workers.map((worker) => worker.prints(/the worker is ready/)));
    await Promise.all(users.map((username) => this.addUser(username)));
  }

  private async ownDatabase(): Promise<{ url: string; ownerUrl: string }> {
    const database = await createTestDatabase();
    this.drop = () => database.drop();
    return database;
  }

  private async addUser(username: string): Promise<void> {
    const role = username === 'controller' ? ['controller'] : ['officer', '--desk', username];
    const args = ['user', 'add', '--username', username, '--role', ...role, '--password-file', '-'];
    const added = this.processes.built('cli', this.env, args, `${PASSWORD}\n`);
    expect({ ended: await added.whenEnded(), stderr: added.stderr }).toEqual({
      ended: { code: 0, signal: null },
      stderr: '',
    });
  }
}
