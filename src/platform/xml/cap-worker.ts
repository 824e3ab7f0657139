import { parentPort } from 'node:worker_threads';
import { CAP_TASKS, type CapTaskName } from './cap-tasks.js';
import { XmlRefusal } from './xml-refusal.js';

/** What a worker is asked to do. */
export interface CapOrder {
  readonly name: CapTaskName;
  readonly input: unknown;
}

/** How it ended; a refusal is told in parts, since an error loses its class on the way. */
export type CapOutcome =
  | { readonly kind: 'done'; readonly result: unknown }
  | { readonly kind: 'refused'; readonly refusal: Pick<XmlRefusal, 'rule' | 'message' | 'line'> }
  | { readonly kind: 'failed'; readonly error: unknown };

// The main function of a thread: it says once that it can be asked, then answers each order once.
parentPort?.on('message', ({ name, input }: CapOrder) => parentPort?.postMessage(outcomeOf(name, input)));
parentPort?.postMessage('ready');

function outcomeOf(name: CapTaskName, input: unknown): CapOutcome {
  try {
    const work = CAP_TASKS[name] as (input: unknown) => unknown;
    return { kind: 'done', result: work(input) };
  } catch (error) {
    if (error instanceof XmlRefusal) {
      const { rule, message, line } = error;
      return { kind: 'refused', refusal: { rule, message, line } };
    }
    return { kind: 'failed', error };
  }
}
