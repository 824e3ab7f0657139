import type { Command } from 'commander';
import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import type { CapFinding } from '../core/cap/cap.finding.js';
import type { CapVerdict } from '../core/wire/cap.js';
import { judgeCapJson, judgeCapXml } from '../platform/xml/judge-cap.js';
import { EXIT } from './cli-error.js';
import { printable, table } from './columns.js';
import { readOrRefuse } from './read-text.js';
import { print, terminalWidth } from './terminal.js';

export function addCap(program: Command): void {
  const cap = program.command('cap').description('check messages of the Common Alerting Protocol');
  cap
    .command('check')
    .description('check a message of CAP 1.2 or 1.1 and name every fault at once; no service is needed')
    .argument('<file>', 'the XML file, or one of the JSON mirror; - reads standard input')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  npm run triwatch -- cap check alert.xml\n\nExit code 0: valid, 1: not.')
    .action(check);
}

async function check(file: string, options: { json?: boolean }): Promise<void> {
  const bytes = await readOrRefuse(file, () => (file === '-' ? buffer(process.stdin) : readFile(file)));
  const { valid, findings } = verdictOn(bytes);
  process.exitCode = valid ? EXIT.ok : EXIT.failed;
  if (options.json) {
    print(JSON.stringify({ valid, findings }, null, 2));
    return;
  }
  if (findings.length > 0) {
    print(table([['severity', 'rule', 'where', 'line', 'what to do'], ...findings.map(row)], terminalWidth(), 4));
  }
  print(`${file}: ${valid ? 'valid' : 'not valid'}; ${countsOf(findings)}`);
}

/** JSON begins with a brace; nothing that begins so is XML. */
function verdictOn(bytes: Buffer): CapVerdict {
  if (!/^\s*\{/.test(bytes.subarray(0, 100).toString())) {
    return judgeCapXml(bytes);
  }
  try {
    return judgeCapJson(JSON.parse(bytes.toString()));
  } catch {
    const message = 'Send well-formed JSON or XML; this is neither.';
    return { valid: false, findings: [{ rule: 'CAP_NOT_XML', severity: 'error', path: '', message }] };
  }
}

const row = ({ severity, rule, path, line, message }: CapFinding): string[] =>
  [severity, rule, path || '(whole document)', line === undefined ? '' : String(line), message].map(printable);

const countsOf = (findings: readonly CapFinding[]): string =>
  (['error', 'warning', 'advice'] as const)
    .map((severity) => `${findings.filter((finding) => finding.severity === severity).length} ${severity}`)
    .join(', ');
