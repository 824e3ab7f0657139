import type { ScenarioFault } from '../core/scenario/scenario.faults.js';
import type { Finding } from '../core/wire/problem.js';

/** Exit codes of every command; documented in the help text. */
export const EXIT = { ok: 0, failed: 1, usage: 2, unreachable: 3, interrupted: 130 } as const;

/** A finding of the service, or of a scenario file: what of it there is. */
export type PartialFinding = Partial<Finding & ScenarioFault>;

/** An outcome to tell in plain lines, without a stack trace, and to end with `exitCode`. */
export class CliError extends Error {
  constructor(
    message: string,
    readonly exitCode: number,
    readonly more: { code?: string; status?: number; findings?: readonly PartialFinding[]; cause?: unknown } = {},
  ) {
    super(message, { cause: more.cause });
  }
}

/** The lines that tell a problem: its sentence and code, then each finding with its path. */
export function linesOfProblem(problem: CliError): string[] {
  const code = problem.more.code ? ` [${problem.more.code}]` : '';
  const findings = (problem.more.findings ?? []).map((finding) => {
    const name = finding.rule ?? finding.code;
    const rule = name ? ` [${name}]` : '';
    return `  ${finding.path || '(whole document)'}: ${finding.message ?? 'is not accepted'}${rule}`;
  });
  return [`triwatch: ${problem.message}${code}`, ...findings];
}
