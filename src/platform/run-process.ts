import { OperationalError } from './operational-error.js';

/**
 * Runs a long-lived process: starts it, and stops it once on SIGTERM or SIGINT. What fails for a known reason prints one line
 * and ends with its exit code; anything else is a bug and prints where it was.
 */
export async function runProcess(start: () => Promise<{ stop(): Promise<void> }>): Promise<void> {
  try {
    const running = await start();
    let stopping: Promise<void> | undefined;
    const stop = (): void => {
      stopping ??= running.stop().then(
        () => process.exit(0),
        (error: unknown) => fail(error),
      );
    };
    process.on('SIGTERM', stop);
    process.on('SIGINT', stop);
  } catch (error) {
    fail(error);
  }
}

function fail(error: unknown): never {
  if (error instanceof OperationalError) {
    process.stderr.write(`Triwatch: ${error.message} [${error.code}]\n`);
    process.exit(error.exitCode);
  }
  process.stderr.write(`Triwatch failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(70);
}
