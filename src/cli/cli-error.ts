/** Exit codes of every command; documented in the help text. */
export const EXIT = { ok: 0, failed: 1, usage: 2, unreachable: 3, interrupted: 130 } as const;

export interface Finding {
  rule?: string;
  path?: string;
  message?: string;
}

/** An outcome to tell in plain lines, without a stack trace, and to end with `exitCode`. */
export class CliError extends Error {
  constructor(
    message: string,
    readonly exitCode: number,
    readonly more: { code?: string; status?: number; findings?: Finding[]; cause?: unknown } = {},
  ) {
    super(message, { cause: more.cause });
  }
}

/** The lines that tell a problem: its sentence and code, then each finding with its path. */
export function linesOfProblem(problem: CliError): string[] {
  const code = problem.more.code ? ` [${problem.more.code}]` : '';
  const findings = (problem.more.findings ?? []).map((finding) => {
    const rule = finding.rule ? ` [${finding.rule}]` : '';
    return `  ${finding.path || '(whole document)'}: ${finding.message ?? 'is not accepted'}${rule}`;
  });
  return [`triwatch: ${problem.message}${code}`, ...findings];
}
