import { OperationalError } from './operational-error.js';

/** A stop that takes longer is given up: whatever restarts or replaces this process has waited enough. */
const STOP_MS = 30_000;

/**
 * Runs a long-lived process: starts it, and stops it once on SIGTERM or SIGINT, also when the signal comes while it starts:
 * what a half-done start has begun, such as a database server, must not stay behind. What fails for a known reason prints one
 * line and ends with its exit code; anything else is a bug and prints where it was.
 */
export async function runProcess(start: () => Promise<{ stop(): Promise<void> }>): Promise<void> {
  const starting = start();
  let stopping = false;
  const stop = (): void => {
    if (stopping) {
      return;
    }
    stopping = true;
    setTimeout(
      () => fail(new OperationalError('STOP_TIMEOUT', `It did not stop within ${STOP_MS / 1000} s.`)),
      STOP_MS,
    );
    starting.then((running) => running.stop()).then(() => process.exit(0), fail);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  await starting.catch(fail);
}

function fail(error: unknown): never {
  if (error instanceof OperationalError) {
    process.stderr.write(`Triwatch: ${error.message} [${error.code}]\n`);
    process.exit(error.exitCode);
  }
  process.stderr.write(`Triwatch failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(70);
}
