import { setTimeout as pause } from 'node:timers/promises';
import type { Program } from '../test/support/processes.js';
import type { Member } from './cluster.js';

const RETRY_MS = 300;

/** A member that is run as a program; `launch` starts it, and it is ready once it has printed `ready`. */
export class ProgramMember implements Member {
  private program?: Program;
  private ended = false;

  constructor(
    readonly name: string,
    private readonly launch: () => Program,
    private readonly ready: RegExp,
  ) {}

  get pid(): number {
    return this.program?.pid ?? 0;
  }

  get output(): string {
    return this.program?.output ?? '';
  }

  async kill(): Promise<void> {
    await this.program?.stop('SIGKILL');
  }

  async start(): Promise<void> {
    let failure: unknown;
    // What it needs may be down as well for a while.
    for (let tries = 0; tries < 100 && !this.ended; tries += 1) {
      this.program = this.launch();
      try {
        await this.program.prints(this.ready, 30_000);
        return;
      } catch (error) {
        failure = error;
        await this.kill();
        await pause(RETRY_MS);
      }
    }
    if (!this.ended) {
      throw new Error(`${this.name} does not start.`, { cause: failure });
    }
  }

  /** Ends it for good. */
  async end(): Promise<void> {
    this.ended = true;
    if (this.program && !this.program.ended) {
      // A stopped process would not see SIGTERM.
      process.kill(this.program.pid, 'SIGCONT');
      await this.kill();
    }
  }
}
