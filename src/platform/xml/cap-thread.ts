import { once } from 'node:events';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { DomainError } from '../../core/domain-error.js';
import type { CapOrder, CapOutcome } from './cap-worker.js';
import { XmlRefusal } from './xml-refusal.js';

/** What one document may cost. */
export interface CapThreadLimits {
  /** From when the thread is ready. */
  readonly timeMs: number;
  /** Of the heap. */
  readonly memoryMb: number;
}

/** Beside this file, and compiled as this file is. */
const FILE = new URL(`./cap-worker${extname(import.meta.url)}`, import.meta.url);

/** One thread that does one order at a time; it is started when it is needed and lasts until a document was too hard for it. */
export class CapThread {
  private worker?: Promise<Worker>;

  constructor(private readonly limits: CapThreadLimits) {}

  /** Throws XmlRefusal as the task does, and DomainError CAP_TOO_HARD. To be called by one at a time. */
  async run(order: CapOrder): Promise<unknown> {
    const outcome = await this.outcomeOf(order);
    switch (outcome.kind) {
      case 'done':
        return outcome.result;
      case 'refused': {
        const { rule, message, line } = outcome.refusal;
        throw new XmlRefusal(rule, message, line);
      }
      case 'failed':
        throw outcome.error;
    }
  }

  async end(): Promise<void> {
    const worker = await this.worker?.catch(() => undefined);
    this.worker = undefined;
    await worker?.terminate();
  }

  private async outcomeOf(order: CapOrder): Promise<CapOutcome> {
    this.worker ??= this.start();
    try {
      const worker = await this.worker;
      worker.postMessage(order);
      const [outcome] = (await once(worker, 'message', { signal: AbortSignal.timeout(this.limits.timeMs) })) as [CapOutcome]; // prettier-ignore
      return outcome;
    } catch (error) {
      await this.end();
      throw isTooHard(error) ? new DomainError('CAP_TOO_HARD', TOO_HARD) : error;
    }
  }

  private async start(): Promise<Worker> {
    const worker = new Worker(FILE, { resourceLimits: { maxOldGenerationSizeMb: this.limits.memoryMb } });
    // It keeps no process up that has nothing else to do.
    worker.unref();
    // Whoever waits for an answer hears of an error; without anybody who does it must not end the process.
    worker.on('error', () => (this.worker = undefined));
    await once(worker, 'message');
    return worker;
  }
}

const TOO_HARD = 'Send a simpler document: fewer points, references and blocks; to judge this one takes too much.';

/** Ended for the time that it took, or for its memory. */
function isTooHard(error: unknown): boolean {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
  return name === 'AbortError' || code === 'ERR_WORKER_OUT_OF_MEMORY';
}
