import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive, worksIn } from '../../src/platform/database/embedded-process.js';
import { PROJECT_ROOT } from '../../src/platform/config/project-root.js';
import { eventually } from './eventually.js';

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A program that a test has started, with everything that it has printed so far. */
export class Program {
  stdout = '';
  stderr = '';
  ended?: Ended;
  private readonly child;
  private readonly end: Promise<Ended>;

  constructor(file: string, args: readonly string[], env: Record<string, string>, input?: string) {
    const { PATH = '', HOME = '' } = process.env;
    // Made up from scratch: what this shell has set must not reach a service under test.
    this.child = spawn(file, args, { cwd: PROJECT_ROOT, env: { PATH, HOME, ...env }, stdio: 'pipe' });
    this.child.stdout.setEncoding('utf8').on('data', (text: string) => (this.stdout += text));
    this.child.stderr.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    this.child.stdin.on('error', () => undefined);
    this.child.stdin.end(input);
    this.end = new Promise((resolve, reject) => {
      this.child.once('error', reject);
      this.child.once('close', (code, signal) => resolve((this.ended = { code, signal })));
    });
    this.end.catch(() => undefined);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  get output(): string {
    return `${this.stdout}\n${this.stderr}`;
  }

  /** Sends a signal and returns how the program ended. */
  async stop(signal: NodeJS.Signals = 'SIGTERM', deadlineMs = 30_000): Promise<Ended> {
    this.child.kill(signal);
    return this.whenEnded(deadlineMs);
  }

  async whenEnded(deadlineMs = 60_000): Promise<Ended> {
    await eventually(`the end of ${this.child.spawnargs.join(' ')}: ${this.output}`, () => this.ended, deadlineMs);
    return this.end;
  }

  /** Resolves once the program has printed something that matches; fails at once when it ends instead. */
  async prints(pattern: RegExp, deadlineMs = 60_000): Promise<RegExpExecArray> {
    return eventually(
      `${this.child.spawnargs.join(' ')} prints ${String(pattern)}`,
      () => {
        const found = pattern.exec(this.output);
        if (!found && this.ended) {
          throw new Error(`It ended (${JSON.stringify(this.ended)}) without printing ${pattern}: ${this.output}`);
        }
        return found ?? undefined;
      },
      deadlineMs,
    );
  }
}

/** Everything that one test file starts and makes, so that nothing of it outlives the file. */
export class Processes {
  private readonly programs: Program[] = [];
  private readonly folders: string[] = [];
  private readonly closables: { close(): void }[] = [];

  /** Has something closed in the end, such as a console that would otherwise try to connect for ever. */
  own<T extends { close(): void }>(closable: T): T {
    this.closables.push(closable);
    return closable;
  }

  run(file: string, args: readonly string[] = [], env: Record<string, string> = {}, input?: string): Program {
    const program = new Program(file, args, env, input);
    this.programs.push(program);
    return program;
  }

  /** Starts a built entry point, as in `main`, `worker` or `cli`. */
  built(name: 'main' | 'worker' | 'cli', env: Record<string, string>, args: readonly string[] = [], input?: string) {
    const script = join(PROJECT_ROOT, 'dist', 'src', `${name}.js`);
    if (!existsSync(script)) {
      throw new Error(`${script} is missing: run \`npm run build\`, or the tests through npm.`);
    }
    return this.run(process.execPath, [script, ...args], env, input);
  }

  /** Starts `main` and resolves once it is ready. */
  async main(env: Record<string, string>): Promise<Program & { url: string }> {
    const program = this.built('main', env);
    const [, url] = await program.prints(/ready after .* at (http:\S+)/);
    return Object.assign(program, { url: url ?? '' });
  }

  /** A folder that the `postgres` user can reach when the tests run as root. */
  async dataDir(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'triwatch-test-data-'));
    this.folders.push(folder);
    await chmod(folder, 0o755);
    return folder;
  }

  async cleanUp(): Promise<void> {
    this.closables.forEach((closable) => closable.close());
    await Promise.all(this.programs.filter(({ ended }) => !ended).map((program) => program.stop('SIGKILL')));
    for (const folder of this.folders) {
      await endPostgres(folder, 'SIGINT');
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  }
}

/** The process id of the PostgreSQL server that runs in a data folder. */
export function postgresOf(dataDir: string): number | undefined {
  const cluster = join(dataDir, 'postgres');
  const file = join(cluster, 'postmaster.pid');
  const pid = existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : 0;
  return pid > 0 && isAlive(pid) && worksIn(pid, cluster) !== false ? pid : undefined;
}

/** Ends the PostgreSQL server of a data folder, if there is one, and waits until it is gone. */
export async function endPostgres(dataDir: string, signal: 'SIGINT' | 'SIGKILL'): Promise<void> {
  const pid = postgresOf(dataDir);
  if (pid !== undefined) {
    process.kill(pid, signal);
    await eventually(`PostgreSQL ${pid} is gone`, () => !isAlive(pid));
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
