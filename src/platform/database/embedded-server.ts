import { chown, open, readFile, realpath, rename, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { askServer, claimCluster, clusterDir, type ClusterPlace, SUPERUSER } from './embedded-cluster.js';
import { classifyFailure, failed, lastComplaint } from './embedded-errors.js';
import { isAlive, run, worksIn } from './embedded-process.js';

const START_MS = 30_000;
const LOG_LIMIT_BYTES = 10_000_000;
// No process has this id, on any system; see forgetStalePid.
const NO_PID = 2_147_483_646;

const SETTINGS: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '64MB',
  max_wal_size: '256MB',
  fsync: 'on',
  synchronous_commit: 'on',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
};

export interface Started {
  readonly port: number;
  /** True when the server ran already and was only found. */
  readonly adopted: boolean;
}

type State =
  | { kind: 'ready'; port: number }
  | { kind: 'down'; lastPort?: number }
  | { kind: 'busy'; reason: string; recovering: boolean }
  | { kind: 'wrong-password' };

/** The PostgreSQL server of one data folder: finds, starts and stops it. The caller holds the start lock. */
export class EmbeddedServer {
  private readonly cluster: string;
  private readonly logFile: string;

  constructor(
    private readonly place: ClusterPlace,
    private readonly password: string,
    private readonly log: (message: string) => void,
  ) {
    this.cluster = clusterDir(place.dataDir);
    this.logFile = join(place.dataDir, 'postgres.log');
  }

  /**
   * Returns once the server answers: a running one is adopted, otherwise one is started, on `fixedPort` if given.
   * After a crash the remains of the old server need a moment to go away, hence the repeated attempts with growing
   * pauses for 30 s, and for longer only while the server says that it is recovering.
   */
  async start(fixedPort?: number): Promise<Started> {
    let deadline = Date.now() + START_MS;
    let launched = false;
    let mayReset = true;
    let reason = 'it gave no reason';
    for (let pauseMs = 25; Date.now() < deadline; pauseMs = Math.min(pauseMs * 2, 1_000)) {
      const state = await this.inspect();
      switch (state.kind) {
        case 'ready':
          return { port: state.port, adopted: !launched };
        case 'down': {
          const problem = await this.launch(fixedPort ?? (await freePort(state.lastPort)));
          launched = problem === undefined;
          if (launched) {
            continue;
          }
          reason = problem ?? reason;
          break;
        }
        case 'busy':
          reason = state.reason;
          deadline = state.recovering ? Date.now() + START_MS : deadline;
          break;
        case 'wrong-password':
          if (!launched || !mayReset) {
            throw failed(
              this.place.dataDir,
              `the server already running there does not accept the password in secrets.json; end process ${(await this.readPostmaster())?.pid} and start again`,
            );
          }
          await this.resetPassword();
          mayReset = false;
      }
      await sleep(pauseMs);
    }
    throw failed(this.place.dataDir, reason);
  }

  /** Whether the server's main process runs; says nothing about whether it answers. */
  async isUp(): Promise<boolean> {
    const postmaster = await this.readPostmaster();
    return postmaster !== undefined && (await this.isOurServer(postmaster.pid));
  }

  /** Ends all sessions and stops the server; without success within 30 s it stops as if by a crash, which is safe. */
  async stop(): Promise<void> {
    for (const mode of ['fast', 'immediate']) {
      if (!(await this.isUp())) {
        return;
      }
      const { code, output } = await this.pgCtl('stop', '-m', mode, '-w', '-t', '30');
      if (code === 0) {
        return;
      }
      this.log(`PostgreSQL did not stop (${mode}): ${lastComplaint(output)}`);
    }
  }

  private async inspect(): Promise<State> {
    const postmaster = await this.readPostmaster();
    if (!postmaster) {
      return { kind: 'down' };
    }
    const { pid, port } = postmaster;
    if (!(await this.isOurServer(pid))) {
      await this.forgetStalePid(pid);
      return { kind: 'down', lastPort: port };
    }
    if (port === undefined) {
      return { kind: 'busy', reason: `process ${pid} is only just starting`, recovering: false };
    }
    const answer = await askServer(port, this.password, this.place.dataDir);
    switch (answer) {
      case 'ready':
        return { kind: 'ready', port };
      case 'wrong-password':
        return { kind: 'wrong-password' };
      default: {
        const reason = `process ${pid} holds the data folder but does not serve it on port ${port}`;
        return { kind: 'busy', reason, recovering: answer === 'starting' };
      }
    }
  }

  private async readPostmaster(): Promise<{ pid: number; port?: number } | undefined> {
    const text = await readFile(join(this.cluster, 'postmaster.pid'), 'utf8').catch(() => undefined);
    const lines = text?.split('\n') ?? [];
    const [pid, port] = [Number(lines[0]), Number(lines[3])];
    return pid > 0 ? { pid, port: port > 0 ? port : undefined } : undefined;
  }

  private async isOurServer(pid: number): Promise<boolean> {
    return isAlive(pid) && worksIn(pid, await realpath(this.cluster)) !== false;
  }

  /**
   * PostgreSQL refuses to start while the id in postmaster.pid is in use, even by a zombie or by a program that got the
   * id after a reboot. Only the id is overwritten: the rest of the file lets PostgreSQL find children still alive.
   */
  private async forgetStalePid(pid: number): Promise<void> {
    const path = join(this.cluster, 'postmaster.pid');
    const text = await readFile(path, 'utf8').catch(() => '');
    if (text.startsWith(`${pid}\n`) && pid !== NO_PID) {
      await writeFile(path, text.replace(/^\d+/, String(NO_PID)));
    }
  }

  /** Starts the server and returns undefined, or the reason for a failure that another attempt may overcome. */
  private async launch(port: number): Promise<string | undefined> {
    await claimCluster(this.place);
    const from = await this.prepareLog();
    const settings = Object.entries(SETTINGS).map(([name, value]) => `-c ${name}=${value}`);
    const options = ['-p', String(port), ...settings].join(' ');
    const { code, output } = await this.pgCtl('start', '-w', '-t', '30', '-l', 'postgres.log', '-o', options);
    if (code === 0) {
      return undefined;
    }
    const failure = classifyFailure(`${output}\n${await this.readLog(from)}`, this.place.dataDir);
    if (failure.kind === 'final') {
      throw failure.error;
    }
    return failure.line;
  }

  // pg_ctl passes its arguments through a shell. Relative names keep what a path may contain out of that command line.
  private pgCtl(command: string, ...args: string[]) {
    const { binaries, dataDir, user } = this.place;
    return run(binaries.pgCtl, [command, '-s', '-D', 'postgres', ...args], { cwd: dataDir, user });
  }

  /** Sets the superuser's password to the one in secrets.json, which was lost or replaced, without needing the old one. */
  private async resetPassword(): Promise<void> {
    this.log('The database password in secrets.json is new; setting it in the database.');
    await this.stop();
    const { binaries, dataDir, user } = this.place;
    const input = `ALTER ROLE ${SUPERUSER} PASSWORD '${this.password.replaceAll("'", "''")}';\n`;
    const { code, output } = await run(binaries.postgres, ['--single', '-D', 'postgres', 'postgres'], {
      cwd: dataDir,
      user,
      input,
    });
    if (code !== 0) {
      throw failed(dataDir, lastComplaint(output));
    }
  }

  /** Makes the log file writable for the database user and returns its length in bytes. */
  private async prepareLog(): Promise<number> {
    const size = await stat(this.logFile).then(
      (info) => info.size,
      () => 0,
    );
    if (size > LOG_LIMIT_BYTES) {
      await rename(this.logFile, `${this.logFile}.1`);
    }
    const file = await open(this.logFile, 'a', 0o600);
    await file.close();
    if (this.place.user) {
      await chown(this.logFile, this.place.user.uid, this.place.user.gid);
    }
    return size > LOG_LIMIT_BYTES ? 0 : size;
  }

  private async readLog(from: number): Promise<string> {
    const content = await readFile(this.logFile).catch(() => Buffer.alloc(0));
    return content.subarray(from).toString('utf8');
  }
}

/** Returns `preferred` when it is free, otherwise a port that the system picks. */
async function freePort(preferred: number | undefined): Promise<number> {
  return (preferred && (await tryPort(preferred))) || (await tryPort(0)) || 0;
}

function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(undefined));
    probe.listen(port, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : undefined));
    });
  });
}
