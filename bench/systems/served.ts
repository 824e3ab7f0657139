import { newSigningKey } from '../../src/platform/config/signing-key.js';
import { freePort, type Program } from '../../test/support/processes.js';
import { startPostgres, type BenchPostgres } from './postgres.js';
import { startBuilt, startMain, type Starter } from './service-process.js';
import { CONTROLLER, PASSWORD, TriwatchSystem, USERS } from './triwatch.js';

const REDIS_SERVER = process.env['TEST_REDIS_SERVER'] ?? 'redis-server';

/** The service with PostgreSQL and Redis outside: two mains and two workers. */
export class ServedTriwatch extends TriwatchSystem {
  readonly name = 'triwatch-served';
  private postgres?: BenchPostgres;
  private others: Program[] = [];
  private mains: Awaited<ReturnType<typeof startMain>>[] = [];
  private env: Record<string, string> = {};

  constructor(private readonly starter: Starter) {
    super();
  }

  async start(): Promise<void> {
    this.postgres = await startPostgres(this.starter.processes);
    const redisPort = await freePort();
    const options = ['--port', redisPort, '--bind', '127.0.0.1', '--hz', 100, '--appendonly', 'no', '--save', ''];
    const redis = this.starter.processes.run(REDIS_SERVER, options.map(String));
    await redis.prints(/Ready to accept connections/);
    this.env = {
      DATABASE_URL: this.postgres.url,
      DATABASE_OWNER_URL: this.postgres.ownerUrl,
      REDIS_URL: `redis://127.0.0.1:${redisPort}`,
      TRIWATCH_TOKEN_SECRET: 'a-secret-of-the-benchmark-that-is-long-enough',
      TRIWATCH_SIGNING_KEY: newSigningKey(),
    };
    await this.addUsers();
    const workers = [1, 2].map(() => startBuilt(this.starter, 'worker', this.env));
    this.others = [redis, ...workers];
    await Promise.all(workers.map((worker) => worker.prints(/the worker is ready/)));
    await this.startMains();
  }

  async stop(): Promise<void> {
    const [redis, ...workers] = this.others;
    await Promise.all([...this.mains.map(({ program }) => program), ...workers].map((each) => each.stop()));
    await redis?.stop();
  }

  async restart(): Promise<void> {
    await Promise.all(this.mains.map(({ program }) => program.stop()));
    await this.startMains();
  }

  /** Kills the first main, as a machine that fails would; `restart` brings it back. */
  async loseMain(): Promise<void> {
    await this.mains.shift()?.program.stop('SIGKILL');
  }

  ports(): number[] {
    return this.mains.map(({ port }) => port);
  }

  roots(): number[] {
    return [...this.servers(), ...this.others.map(({ pid }) => pid), ...(this.postgres?.pids() ?? [])];
  }

  servers(): number[] {
    return this.mains.map(({ program }) => program.pid);
  }

  private async startMains(): Promise<void> {
    this.mains = await Promise.all([1, 2].map(() => startMain(this.starter, this.env)));
  }

  private async addUsers(): Promise<void> {
    const users = [[CONTROLLER, 'controller'], ...USERS.map((desk) => [desk, 'officer', '--desk', desk])];
    for (const [username = '', role = '', ...desk] of users) {
      const args = ['user', 'add', '--username', username, '--role', role, ...desk, '--password-file', '-'];
      const added = this.starter.processes.built('cli', this.env, args, `${PASSWORD}\n`);
      if ((await added.whenEnded()).code !== 0) {
        throw new Error(`The account ${username} could not be made: ${added.output}`);
      }
    }
  }
}
