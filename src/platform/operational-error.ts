/**
 * Something outside this process is missing, broken or full, and trying again later may work.
 * `code` is stable, and `message` is one sentence that says what to do: an entry point prints the message alone and
 * ends with `exitCode`.
 */
export class OperationalError extends Error {
  readonly exitCode: number;

  constructor(
    readonly code: string,
    message: string,
    options: { cause?: unknown; exitCode?: number } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'OperationalError';
    this.exitCode = options.exitCode ?? 1;
  }
}
