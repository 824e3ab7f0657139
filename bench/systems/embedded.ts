import { postgresOf } from '../../test/support/processes.js';
import { startMain, type Starter } from './service-process.js';
import { PASSWORD, TriwatchSystem } from './triwatch.js';

/** The service as `npm start` runs it: one process with its own PostgreSQL, which is its queue too. */
export class EmbeddedTriwatch extends TriwatchSystem {
  readonly name = 'triwatch';
  private dataDir?: string;
  private main?: Awaited<ReturnType<typeof startMain>>;

  constructor(private readonly starter: Starter) {
    super();
  }

  async start(): Promise<void> {
    this.dataDir ??= await this.starter.processes.dataDir();
    const env = { TRIWATCH_DATA_DIR: this.dataDir, TRIWATCH_DEMO_PASSWORD: PASSWORD };
    this.main = await startMain(this.starter, env);
  }

  async stop(): Promise<void> {
    await this.main?.program.stop();
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  ports(): number[] {
    return this.main ? [this.main.port] : [];
  }

  roots(): number[] {
    const postgres = this.dataDir === undefined ? undefined : postgresOf(this.dataDir);
    return [...this.servers(), ...(postgres === undefined ? [] : [postgres])];
  }

  servers(): number[] {
    return this.main ? [this.main.program.pid] : [];
  }
}
