import { randomUUID } from 'node:crypto';
import { InvalidArgumentError } from 'commander';
import type { Command } from 'commander';
import type { Ack, ItemsEvent } from '../core/wire/desk-events.js';
import type { DeskView } from '../core/wire/desk.js';
import type { Cursor, FeedItem } from '../core/wire/feed.js';
import type { Api } from './api.js';
import { CliError, EXIT } from './cli-error.js';
import { connect, withConnection } from './connection.js';
import type { ConnectionOptions } from './connection.js';
import { DeskFeed } from './desk-feed.js';
import { cursorOf } from './cursor.js';
import { detailLines, knownText, nameIn, titleText } from './item-text.js';
import { onInterrupt, print, tell, terminalStyle } from './terminal.js';
import { untilAnswered } from './until-answered.js';

interface WatchOptions extends ConnectionOptions {
  desk: string;
  run: string;
  json?: boolean;
  since?: Cursor;
  ack?: boolean;
}

export function addWatch(program: Command): void {
  const command = program
    .command('watch')
    .description('subscribe this terminal to the alerts of a desk')
    .requiredOption('--desk <id>', 'the desk, as in kr-jcs; also the user unless --username says otherwise')
    .option('--run <run>', 'the run to watch', 'live')
    .option('--since <epoch:seq>', 'go on after this item', sinceOf)
    .option('--ack', 'acknowledge every item')
    .option('--json', 'print one JSON object a line for each item')
    .addHelpText(
      'after',
      '\nExample:\n  npm run triwatch -- watch --desk kr-jcs\n\n' +
        'Items go to standard output, changes of the connection to standard error. Ctrl-C ends it and tells the cursor.',
    );
  withConnection(command).action(async (options: WatchOptions) => {
    const api = await connect(options, options.desk);
    process.exitCode = await watch(api, options, await deskOf(api, options.desk));
  });
}

function sinceOf(text: string): Cursor {
  const cursor = cursorOf(text);
  if (!cursor) {
    throw new InvalidArgumentError('Give epoch and seq, as in 1:42.');
  }
  return cursor;
}

async function deskOf(api: Api, id: string): Promise<DeskView> {
  const desks = await api.get<DeskView[]>('/desks');
  const desk = desks.find((one) => one.id === id);
  if (!desk) {
    const known = desks.map((one) => one.id).join(', ');
    throw new CliError(`There is no desk "${id}". Desks: ${known}.`, EXIT.usage);
  }
  return desk;
}

function watch(api: Api, options: WatchOptions, desk: DeskView): Promise<number> {
  return new Promise((resolve, reject) => {
    let told = Promise.resolve();
    const shown = (items: FeedItem[], packet: ItemsEvent, receivedAt: number): void => {
      for (const item of items) {
        print(options.json ? jsonLine(item, packet, receivedAt) : itemLines(item, desk));
        // One at a time: the history of a long feed sent at once would be a flood.
        told = told.then(() => receipts(feed, item, options));
      }
    };
    const feed = new DeskFeed(
      { api, run: options.run, desk: desk.id, cursor: options.since, receipts: true },
      {
        items: shown,
        reset: ({ epoch, seq, reason }) => tell(`-- the feed begins anew after ${epoch}:${seq} (${reason})`),
        state: (state, detail) => tell(`-- ${state.toUpperCase()}: ${detail}`),
        fault: ({ kind, detail }) => tell(`-- ${kind}: ${detail}`),
        refused: (code, detail) => {
          settle();
          const message = `The service refused the desk ${desk.id} in run ${options.run}: ${detail}`;
          reject(new CliError(message, EXIT.failed, { code }));
        },
      },
    );
    const settle = onInterrupt(() => {
      const { cursor } = feed;
      settle();
      feed.close();
      tell(cursor ? `-- go on with --since ${cursor.epoch}:${cursor.seq}` : '-- nothing was received');
      resolve(EXIT.interrupted);
    });
    tell(`-- watching run ${options.run} as ${desk.id} ${nameIn(desk.names, desk.language)} at ${api.url}`);
  });
}

/** Only what a person can have read is told as displayed. */
async function receipts(feed: DeskFeed, item: FeedItem, options: WatchOptions): Promise<void> {
  const problems: Ack[] = [];
  if (!options.json && process.stdout.isTTY) {
    problems.push(await feed.displayed(item));
  }
  if (options.ack) {
    const key = randomUUID();
    problems.push(await untilAnswered(feed, () => feed.acknowledge(item, key)));
  }
  for (const { code, detail } of problems.filter((receipt) => !receipt.ok)) {
    tell(`-- receipt of ${item.id} refused: ${detail ?? ''} [${code ?? '?'}]`);
  }
}

const jsonLine = (item: FeedItem, { run, audience, epoch }: ItemsEvent, receivedAt: number): string =>
  JSON.stringify({
    run,
    audience,
    epoch,
    mode: item.body.mode,
    receivedAt: new Date(receivedAt).toISOString(),
    ...item,
  });

function itemLines(item: FeedItem, desk: DeskView): string[] {
  const title = titleText(item, desk);
  const isUrgent = item.kind === 'alert' || item.body.severity === 'Extreme';
  const head = `${terminalStyle.quiet(knownText(item, desk))} ${item.body.mode.toUpperCase()}`;
  return [
    `${head} ${isUrgent ? terminalStyle.urgent(title) : title}`,
    ...detailLines(item, desk).map((line) => `    ${line}`),
  ];
}
