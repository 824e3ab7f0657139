import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../../src/platform/config/project-root.js';
import type { Answer, Group, Opened, Order, Settled, Window } from './messages.js';

/** The process of the consoles, seen from the benchmark. A fresh one for each measure, so that none inherits another's heap. */
export class Fleet {
  private readonly child: ChildProcess;

  private constructor() {
    this.child = fork(join(PROJECT_ROOT, 'dist', 'bench', 'clients', 'main.js'), [], { serialization: 'advanced' });
  }

  static start(): Fleet {
    return new Fleet();
  }

  open(groups: Group[], options: { real: boolean; window: Window; deadlineMs: number }): Promise<Opened> {
    return this.order({ type: 'open', groups, ...options });
  }

  async expect(window: Window): Promise<void> {
    await this.order({ type: 'expect', window });
  }

  settle(count: number, refused: number[], deadlineMs: number): Promise<Settled> {
    return this.order({ type: 'settle', count, refused, deadlineMs });
  }

  /** Closes all consoles and ends the process. */
  async end(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) {
      return;
    }
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.disconnect();
    await gone;
  }

  private order<T extends Answer>(order: Order): Promise<T> {
    return new Promise((resolve, reject) => {
      const onExit = (code: number | null): void => reject(new Error(`The consoles' process ended with ${code}`));
      this.child.once('exit', onExit);
      this.child.once('message', (answer: Answer) => {
        this.child.off('exit', onExit);
        if (answer.type === 'failed') {
          reject(new Error(`The consoles failed: ${answer.message}`));
        } else {
          resolve(answer as T);
        }
      });
      this.child.send(order);
    });
  }
}
