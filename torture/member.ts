import { setTimeout as pause } from 'node:timers/promises';
import type { Program } from '../test/support/processes.js';
import type { Member } from './cluster.js';
import { signalTo } from './signal.js';

const RETRY_MS = 300;

/** A member that is run as a program; `launch` starts it, and it is ready once it has printed `ready`. */
export class ProgramMember implements Member {
  private program?: Program;
  private ended = false;
  /** It was ready, and nobody has killed it since. */
  private standing = false;
  private readonly crashed: string[] = [];

  constructor(
    readonly name: string,
    private readonly launch: () => Program,
    private readonly ready: RegExp,
  ) {}

  get pid(): number {
    return this.program?.pid ?? 0;
  }

  crashes(): readonly string[] {
    const { program } = this;
    if (this.standing && program?.ended) {
      this.standing = false;
      const { code, signal } = program.ended;
      this.crashed.push(`${this.name} ended by itself with ${signal ?? code}: ${lastLineOf(program.output)}`);
    }
    return this.crashed;
  }

  async kill(): Promise<boolean> {
    this.crashes();
    this.standing = false;
    if (!this.program || this.program.ended) {
      return false;
    }
    await this.program.stop('SIGKILL');
    return true;
  }

  async start(): Promise<void> {
    let failure: unknown;
    // What it needs may be down as well for a while.
    for (let tries = 0; tries < 100 && !this.ended; tries += 1) {
      this.program = this.launch();
      try {
        await this.program.prints(this.ready, 30_000);
        this.standing = true;
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
      signalTo(this.program.pid, 'SIGCONT');
      await this.kill();
    }
  }
}

const lastLineOf = (output: string): string => output.trimEnd().split('\n').at(-1) ?? '';
