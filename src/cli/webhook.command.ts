import { InvalidArgumentError, Option, type Command } from 'commander';
import type { Cursor } from '../core/wire/feed.js';
import type { WebhookDeliveryView, WebhookSecret, WebhookView } from '../core/wire/webhook.js';
import { printable, table } from './columns.js';
import { connect, withConnection, type ConnectionOptions } from './connection.js';
import { cursorOf } from './cursor.js';
import { print, tell, terminalWidth } from './terminal.js';

interface Options extends ConnectionOptions {
  from?: string;
  json?: boolean;
}

interface AddOptions extends Options {
  audience: string;
  run: string;
  after?: Cursor;
}

const HELP = `
Examples:
  npm run triwatch -- webhook add https://hook.example/triwatch --audience kr --from kr-jcs > secret.txt
  npm run triwatch -- webhook list
  npm run triwatch -- webhook resend wh_0b7a...

A webhook belongs to whoever added it; control sees all. The secret is printed once.
Exit codes: 0 done; 1 refused, with a code; 2 wrong use; 3 no service answers.`;

/** Adds the commands. */
export function addWebhook(program: Command): void {
  const webhook = program.command('webhook').description('addresses that a feed is sent to').addHelpText('after', HELP);
  const command = (usage: string, description: string): Command =>
    withConnection(webhook.command(usage).description(description))
      .option('--from <desk>', 'the desk whose user signs in (default: controller)')
      .option('--json', 'print JSON')
      .addHelpText('after', HELP);
  command('list', 'how each stands: what waits, what was given up, the last error').action(list);
  command('add <address>', 'have a feed sent to an address, and print the secret')
    .requiredOption('--audience <audience>', 'whose feed, as in kr')
    .option('--run <run>', 'of which run', 'live')
    .option('--after <cursor>', 'begin after this EPOCH:SEQ (default: with what comes next)', afterOf)
    .action(add);
  command('rotate <id>', 'print a new secret; the old one signs for 24 hours as well').action(rotate);
  command('resend <id>', 'try at once what was given up and what waits').action(resend);
  command('disable <id>', 'send nothing to it any more, for good').alias('remove').action(disable);
  command('deliveries <id>', 'the last 200 messages')
    .addOption(new Option('--state <state>', 'only these').choices(['pending', 'delivered', 'dead']))
    .action(deliveries);
}

const apiFor = (options: Options): ReturnType<typeof connect> => connect(options, options.from ?? 'controller');
const pathOf = (id: string, verb: string): string => `/webhooks/${encodeURIComponent(id)}/${verb}`;

async function list(options: Options): Promise<void> {
  const webhooks = await (await apiFor(options)).get<WebhookView[]>('/webhooks');
  const rows = webhooks.map(({ id, run, audience, state, reason, waiting, dead, url, error }) => [
    ...[id, `${run} ${audience}`, reason ? `${state} (${reason})` : state, String(waiting), String(dead)],
    ...[printable(url), printable(error ?? '')],
  ]);
  const heading = ['id', 'feed', 'state', 'waiting', 'dead', 'address', 'last error'];
  print(options.json ? JSON.stringify(webhooks) : table([heading, ...rows], terminalWidth(), 6));
}

async function add(url: string, options: AddOptions): Promise<void> {
  const { audience, run, after } = options;
  const made = await (await apiFor(options)).post<WebhookSecret>('/webhooks', { url, audience, run, after });
  tellSecret(made, options);
}

async function rotate(id: string, options: Options): Promise<void> {
  tellSecret(await (await apiFor(options)).post<WebhookSecret>(pathOf(id, 'rotate'), undefined), options);
}

async function resend(id: string, options: Options): Promise<void> {
  const done = await (await apiFor(options)).post<{ run: string; resent: number }>(pathOf(id, 'resend'), undefined);
  print(options.json ? JSON.stringify(done) : `${done.resent} that had been given up are tried again.`);
}

async function disable(id: string, options: Options): Promise<void> {
  const view = await (await apiFor(options)).post<WebhookView>(pathOf(id, 'disable'), undefined);
  print(options.json ? JSON.stringify(view) : `${view.id} is ${view.state}.`);
}

async function deliveries(id: string, options: Options & { state?: string }): Promise<void> {
  const path = pathOf(id, `deliveries${options.state === undefined ? '' : `?state=${options.state}`}`);
  const found = await (await apiFor(options)).get<WebhookDeliveryView[]>(path);
  const rows = found.map(({ epoch, seq, state, attempts, nextAt, error }) => [
    ...[`${epoch}:${seq}`, state, String(attempts), nextAt ?? '', printable(error ?? '')],
  ]);
  const heading = ['position', 'state', 'attempts', 'next try', 'error'];
  print(options.json ? JSON.stringify(found) : table([heading, ...rows], terminalWidth(), 4));
}

/** The secret alone goes to standard output, so that it can be sent to a file. */
function tellSecret(made: WebhookSecret, { json }: Options): void {
  if (json) {
    print(JSON.stringify(made));
    return;
  }
  tell(`The secret of ${made.id} is not shown again.`);
  print(made.secret);
}

function afterOf(text: string): Cursor {
  const cursor = cursorOf(text);
  if (!cursor) {
    throw new InvalidArgumentError('It must be EPOCH:SEQ, as in 1:42.');
  }
  return cursor;
}
