import { join } from 'node:path';
import { PROJECT_ROOT } from '../../src/platform/config/project-root.js';
import type { Processes, Program } from '../../test/support/processes.js';
import type { Group, Wire } from '../clients/messages.js';
import type { Target } from '../publisher.js';
import { startPostgres, type BenchPostgres } from './postgres.js';
import { spreadOverFeeds, type System, type SystemName } from './system.js';

interface Kind {
  script: string;
  wire: Wire;
  path: string;
  withPostgres: boolean;
}

const KINDS = {
  'plain-socketio': { script: 'plain-socketio', wire: 'socket.io', path: '/', withPostgres: false },
  'plain-ws': { script: 'plain-ws', wire: 'ws', path: '/', withPostgres: false },
  'commit-then-emit': { script: 'commit-then-emit', wire: 'socket.io', path: '/', withPostgres: true },
  'insert-only': { script: 'commit-then-emit', wire: 'socket.io', path: '/insert', withPostgres: true },
} as const satisfies Partial<Record<SystemName, Kind>>;
type PlainName = keyof typeof KINDS;

/** One of the small servers that the service is compared with. */
export class PlainSystem implements System {
  private readonly kind: Kind;
  private program?: Program;
  private postgres?: BenchPostgres;
  private port = 0;

  constructor(
    readonly name: PlainName,
    private readonly processes: Processes,
  ) {
    this.kind = KINDS[name];
  }

  async start(): Promise<void> {
    if (this.kind.withPostgres) {
      this.postgres ??= await startPostgres(this.processes);
    }
    const script = join(PROJECT_ROOT, 'dist', 'bench', 'servers', `${this.kind.script}.js`);
    this.program = this.processes.run(process.execPath, [script, this.postgres?.ownerUrl ?? '']);
    this.port = Number((await this.program.prints(/listening on (\d+)/))[1]);
  }

  async stop(): Promise<void> {
    await this.program?.stop();
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  target(): Promise<Target> {
    return Promise.resolve({ ports: [this.port], path: this.kind.path, headers: {} });
  }

  groups(consoles: number): Promise<Group[]> {
    const { wire } = this.kind;
    return Promise.resolve(spreadOverFeeds(consoles).map((group) => ({ ...group, wire, port: this.port })));
  }

  roots(): number[] {
    return [...this.servers(), ...(this.postgres?.pids() ?? [])];
  }

  servers(): number[] {
    return this.program ? [this.program.pid] : [];
  }
}
