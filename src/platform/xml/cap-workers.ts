import type { OnApplicationShutdown } from '@nestjs/common';
import { OperationalError } from '../operational-error.js';
import type { CapTaskInput, CapTaskName, CapTaskResult } from './cap-tasks.js';
import { CapThread, type CapThreadLimits } from './cap-thread.js';

/** A real document takes some milliseconds, and the hardest that the limits of XML let through some seconds. */
const LIMITS: CapThreadLimits = { timeMs: 10_000, memoryMb: 256 };
const THREADS = 2;
const MOST_WAITING = 20;

/**
 * Judges and reads documents of others in threads of its own, so that no document, however it was made, keeps this process from its
 * work: what takes too long or too much memory is ended. Threads are started when they are first needed.
 */

export class CapWorkers implements OnApplicationShutdown {
  private readonly idle: CapThread[];
  private readonly waiting: ((thread: CapThread) => void)[] = [];
  private readonly threads: readonly CapThread[];

  constructor(limits: CapThreadLimits = LIMITS, threads = THREADS) {
    this.threads = Array.from({ length: threads }, () => new CapThread(limits));
    this.idle = [...this.threads];
  }

  /**
   * Does a task in its turn. Throws XmlRefusal as the task does, DomainError CAP_TOO_HARD for a document that takes more than it may,
   * and OperationalError CAP_BUSY where too many wait already.
   */
  async run<Name extends CapTaskName>(name: Name, input: CapTaskInput<Name>): Promise<CapTaskResult<Name>> {
    const thread = this.idle.pop() ?? (await this.turn());
    try {
      return (await thread.run({ name, input })) as CapTaskResult<Name>;
    } finally {
      const next = this.waiting.shift();
      if (next) {
        next(thread);
      } else {
        this.idle.push(thread);
      }
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.threads.map((thread) => thread.end()));
  }

  private turn(): Promise<CapThread> {
    if (this.waiting.length >= MOST_WAITING) {
      throw new OperationalError('CAP_BUSY', 'Too many documents are being judged; send it again in a moment.');
    }
    return new Promise((resolve) => this.waiting.push(resolve));
  }
}
