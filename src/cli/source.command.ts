import type { Command } from 'commander';
import { parse } from 'yaml';
import type { RelayedDocumentView, SourceRequest, SourceView } from '../core/wire/source.js';
import { CliError, EXIT } from './cli-error.js';
import { printable, table } from './columns.js';
import { connect, withConnection, type ConnectionOptions } from './connection.js';
import { readText } from './read-text.js';
import { print, terminalWidth } from './terminal.js';

interface Options extends ConnectionOptions {
  json?: boolean;
}

const HELP = `
Examples:
  npm run triwatch -- source add kma.yaml --username administrator
  npm run triwatch -- source approve kma --username administrator-2
  npm run --silent triwatch -- source list --json

The file has the fields of docs/feeds.md as YAML or JSON:
  id: kma
  url: https://agency.example/cap.atom
  sender: warnings@agency.example
  party: KR
  names: { ja-JP: 気象庁, ko-KR: 기상청, en-US: Weather agency }

One administrator adds a source and another one approves it; nothing is asked of it before. They and control suspend it.
Exit codes: 0 done; 1 refused, with a code; 2 wrong use; 3 no service answers.`;

/** Adds the commands. */
export function addSource(program: Command): void {
  const source = program
    .command('source')
    .description('feeds of others whose alerts are relayed')
    .addHelpText('after', HELP);
  const command = (usage: string, description: string): Command =>
    withConnection(source.command(usage).description(description))
      .option('--json', 'print JSON')
      .addHelpText('after', HELP);
  command('list', 'how each stands, and its error').action(list);
  command('documents <id>', 'what became of its documents, the newest first').action(documents);
  command('add <file>', 'propose a source; - reads it from standard input').action(add);
  command('approve <id>', 'trust a source that another administrator added').action((id: string, options: Options) =>
    act(id, 'approve', options),
  );
  command('suspend <id>', 'ask nothing of it any more').action((id: string, options: Options) =>
    act(id, 'suspend', options),
  );
}

async function list(options: Options): Promise<void> {
  const api = await connect(options, 'administrator');
  const sources = await api.get<SourceView[]>('/sources');
  const rows = sources.map(({ id, state, party, relayed, refused, succeededAt, error }) => [
    ...[id, state, party, String(relayed), String(refused), succeededAt ?? 'never', printable(error ?? '')],
  ]);
  const heading = ['id', 'state', 'party', 'relayed', 'refused', 'last answered', 'error'];
  print(options.json ? JSON.stringify(sources) : table([heading, ...rows], terminalWidth(), 6));
}

async function documents(id: string, options: Options): Promise<void> {
  const api = await connect(options, 'administrator');
  const found = await api.get<RelayedDocumentView[]>(`/sources/${encodeURIComponent(id)}/documents`);
  const rows = found.map(({ receivedAt, identifier, outcome, reason, alert }) => [
    ...[receivedAt, outcome, reason ?? '', printable(identifier), alert ?? ''],
  ]);
  const heading = ['received', 'outcome', 'reason', 'identifier', 'alert'];
  print(options.json ? JSON.stringify(found) : table([heading, ...rows], terminalWidth(), 3));
}

async function add(file: string, options: Options): Promise<void> {
  const wanted = sourceIn(await readText(file), file);
  const api = await connect(options, 'administrator');
  tellOf(await api.post<SourceView>('/sources', wanted), options);
}

async function act(id: string, verb: 'approve' | 'suspend', options: Options): Promise<void> {
  const api = await connect(options, 'administrator');
  tellOf(await api.post<SourceView>(`/sources/${encodeURIComponent(id)}/${verb}`, undefined), options);
}

function tellOf(source: SourceView, { json }: Options): void {
  print(json ? JSON.stringify(source) : `${source.id} is ${source.state}.`);
}

/** The service judges the fields; here it need only be an object. */
function sourceIn(text: string, file: string): SourceRequest {
  let content: unknown;
  try {
    content = parse(text, { maxAliasCount: 0 });
  } catch (cause) {
    throw new CliError(`The file ${file} is neither YAML nor JSON.`, EXIT.usage, { cause });
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    throw new CliError(`The file ${file} holds no source; see the help for its fields.`, EXIT.usage);
  }
  return content as SourceRequest;
}
