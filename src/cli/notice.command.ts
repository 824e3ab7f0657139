import { Option, type Command } from 'commander';
import { DomainError } from '../core/domain-error.js';
import { writeNavarea } from '../core/navarea/navarea.write.js';
import { writeNotam } from '../core/notam/notam.write.js';
import { noticePage, PAGE_LANGUAGES, type PageLanguage } from '../core/notice-page/notice-page.js';
import { judgeNotice } from '../core/regime/notice.check.js';
import type { Notice } from '../core/regime/notice.js';
import { readNotice } from '../core/regime/notice.read.js';
import { regimeTables } from '../core/regime/regimes.doc.js';
import { noticeFile } from '../core/regime/notice.file.js';
import { noticeSchema } from '../core/regime/notice.schema.js';
import { readWarning } from '../core/warning-text/read-warning.js';
import type { WrittenWarning } from '../core/warning-text/warning-text.js';
import type { NoticeCheck, NoticeRule } from '../core/wire/announcement.js';
import { CliError, EXIT } from './cli-error.js';
import { printable, table } from './columns.js';
import { readText } from './read-text.js';
import { print, tell, terminalWidth } from './terminal.js';

/** A notice may miss a rule without breaking anything that binds its giver, so `broken` is never shown as such. */
export const VERDICTS: Record<NoticeRule['verdict'], string> = {
  met: 'met',
  broken: 'not met',
  'cannot-tell': 'cannot tell',
};

const WRITTEN_AS = ['notam', 'navarea', ...PAGE_LANGUAGES] as const;
type WrittenAs = (typeof WRITTEN_AS)[number];

const TEXT_HELP = `
Examples:
  npm run --silent triwatch -- notice write notice.yaml --as navarea --number "NAVAREA XI 0001/30"
  npm run --silent triwatch -- notice write notice.yaml --as ja
  npm run --silent triwatch -- notice read warning.txt --json | npm run --silent triwatch -- notice check - --regime navarea

What was left out, rounded or not understood goes to standard error; with --json it is in "findings".
Exit codes: 0 done; 1 refused, with a code; 2 wrong use.`;

const CHECK_HELP = `
Examples:
  npm run triwatch -- notice check test/notices/dprk-2023-11-21.yaml --regime us-ussr-1988
  npm run --silent triwatch -- notice check notice.yaml --regime all --json

Exit codes: 0 the notice could be judged, whatever the verdict; 1 it could not be read, or there is no such regime; 2 wrong use.`;

export function addNotice(program: Command): void {
  const notice = program
    .command('notice')
    .description('judge notices by regimes, and write and read their text, without a service');
  notice
    .command('check')
    .description('judge a notice by a regime: each rule with its figures and its source')
    .argument('<file>', 'the notice as YAML or JSON; - for standard input')
    .option('--regime <id>', 'a regime by its id, or all', 'all')
    .option('--json', 'print one JSON object')
    .addHelpText('after', CHECK_HELP)
    .action(check);
  notice
    .command('write')
    .description('write a notice as a NOTAM, as a navigational warning, or as one page for a duty desk')
    .argument('<file>', 'the notice as YAML or JSON; - for standard input')
    .addOption(new Option('--as <form>', 'the form').choices(WRITTEN_AS).makeOptionMandatory())
    .option('--number <number>', 'the number that the office gives: A0001/30, or "NAVAREA XI 0001/30"')
    .addHelpText('after', TEXT_HELP)
    .action(write);
  notice
    .command('read')
    .description('read a NOTAM or a navigational warning into the fields of a notice')
    .argument('<file>', 'the text of one warning; - for standard input')
    .option('--json', 'print one JSON object, whose "notice" can be judged by `notice check`')
    .addHelpText('after', TEXT_HELP)
    .action(read);
  notice
    .command('regimes')
    .description('print every regime with its rules, figures and sources, as Markdown')
    .action(() => print(regimeTables()));
  notice
    .command('schema')
    .description('print the JSON Schema of notice files, with every field and its other names')
    .action(() => print(JSON.stringify(noticeSchema(), null, 2)));
}

async function check(file: string, options: { regime: string; json?: boolean }): Promise<void> {
  const { notice, ignored } = await noticeIn(file);
  const judged = judge(options.regime, notice);
  if (options.json) {
    print(JSON.stringify({ ...judged, ignored }, null, 2));
    return;
  }
  const checks = 'checks' in judged ? judged.checks : [judged];
  print(checks.flatMap(linesOf));
  print([
    ...judged.legality.engaged.map(({ resolution, says, source }) => `legality: ${resolution} ${says} (${source.url})`),
    judged.legality.note,
    ...(ignored.length > 0 ? [`not understood: ${ignored.join(', ')}`] : []),
  ]);
}

/** Reads a notice file; what cannot be read is a refusal with a code and every fault. */
export async function noticeIn(file: string): Promise<{ notice: Notice; ignored: string[] }> {
  const text = await noticeText(file);
  const read = readNotice(text);
  if ('faults' in read) {
    throw new CliError(`${file} is no notice that can be judged.`, EXIT.failed, {
      code: 'NOTICE_INVALID',
      findings: read.faults,
    });
  }
  return read;
}

export async function noticeText(file: string): Promise<string> {
  try {
    return await readText(file);
  } catch (cause) {
    throw new CliError((cause as Error).message, EXIT.failed, { code: 'NOTICE_UNREADABLE', cause });
  }
}

async function write(file: string, { as, number }: { as: WrittenAs; number?: string }): Promise<void> {
  const { notice, ignored } = await noticeIn(file);
  const { text, findings } = refusing(() => written(notice, as, number));
  print(text);
  [
    ...findings.map(({ code, message }) => `${message} [${code}]`),
    ...ignored.map((name) => `not understood: ${name}`),
  ].forEach(tell);
}

function written(notice: Notice, as: WrittenAs, number?: string): WrittenWarning {
  switch (as) {
    case 'notam':
      return writeNotam(notice, number);
    case 'navarea':
      return writeNavarea(notice, number);
    default:
      return { text: noticePage(notice, as satisfies PageLanguage), findings: [] };
  }
}

async function read(file: string, options: { json?: boolean }): Promise<void> {
  const text = await noticeText(file);
  const { form, id, ends, notice, findings } = refusing(() => readWarning(text));
  const fields = noticeFile(notice);
  if (options.json) {
    print(JSON.stringify({ form, id, ends, notice: fields, findings }, null, 2));
    return;
  }
  print([
    `${form}: ${id ?? 'no number'}${ends.length > 0 ? `; ends ${ends.join(', ')}` : ''}`,
    ...Object.entries(fields).map(
      ([name, value]) => `${name}: ${typeof value === 'string' ? printable(value) : JSON.stringify(value)}`,
    ),
  ]);
  findings.forEach(({ code, message }) => tell(`${printable(message)} [${code}]`));
}

function judge(regime: string, notice: Notice): ReturnType<typeof judgeNotice> {
  return refusing(() => judgeNotice(regime, notice));
}

function refusing<Result>(decide: () => Result): Result {
  try {
    return decide();
  } catch (error) {
    throw error instanceof DomainError ? new CliError(error.message, EXIT.failed, { code: error.code }) : error;
  }
}

function linesOf({ regime, title, status, verdict, applies, rules }: NoticeCheck): string[] {
  const rows = rules.map(({ id, verdict: each, basis, ifAssumed, message }) => [
    id,
    VERDICTS[each],
    ifAssumed ? `${basis}: ${VERDICTS[ifAssumed]}` : basis,
    message,
  ]);
  return [
    `${regime}: ${VERDICTS[verdict]}; applies: ${applies}`,
    `${title}. ${status}`,
    '',
    ...table([['rule', 'verdict', 'basis', 'finding'], ...rows], terminalWidth(), 3),
    '',
  ];
}
