import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { Option } from 'commander';
import type { Command } from 'commander';
import { Api } from './api.js';
import { CliError, EXIT } from './cli-error.js';
import { readText } from './read-text.js';

/** Where `npm start` with the same environment listens on this machine; the start itself judges the value. */
const DEFAULT_URL = `http://127.0.0.1:${process.env['TRIWATCH_PORT'] || 3000}`;

/** The options of every command that talks to a service. */
export interface ConnectionOptions {
  url: string;
  username?: string;
  password?: string;
  passwordFile?: string;
}

/** Adds the options of ConnectionOptions to a command. */
export function withConnection(command: Command): Command {
  return command
    .option('--url <url>', 'address of the service', urlOf, DEFAULT_URL)
    .option('--username <name>', 'sign in as this user')
    .option('--password-file <file>', 'read the password from a file (- for standard input)')
    .addOption(
      new Option('--password <password>', 'the password itself; other users of this machine may see it').conflicts(
        'passwordFile',
      ),
    );
}

function urlOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new CliError(`--url ${text} is not an address such as ${DEFAULT_URL}.`, EXIT.usage);
  }
  return text.replace(/\/+$/, '');
}

/** Signs in as the user that the options name, or as `defaultUser`. */
export async function connect(options: ConnectionOptions, defaultUser: string): Promise<Api> {
  const api = new Api(options.url);
  const username = options.username ?? defaultUser;
  await api.signIn(username, await passwordFor(username, options));
  return api;
}

async function passwordFor(username: string, options: ConnectionOptions): Promise<string> {
  const given = options.password ?? (options.passwordFile && (await passwordIn(options.passwordFile)));
  const found = given ?? (await demoPassword(options.url)) ?? (await askPassword(username, options.url));
  if (!found) {
    throw new CliError(
      `No password is known for "${username}" at ${options.url}: give --password-file FILE (and --username NAME), ` +
        'or start the service on this machine so that its demo password is found.',
      EXIT.usage,
    );
  }
  return found;
}

/** Editors end a file with a line break that is no part of the password. */
const passwordIn = async (file: string): Promise<string> => (await readText(file)).replace(/\r?\n$/, '');

/** The demo password of this machine is told to a service on this machine only. */
async function demoPassword(url: string): Promise<string | undefined> {
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname)) {
    return undefined;
  }
  const { readDemoPassword } = await import('../platform/demo-credentials.js');
  return readDemoPassword();
}

async function askPassword(username: string, url: string): Promise<string | undefined> {
  if (!process.stdin.isTTY) {
    return undefined;
  }
  process.stderr.write(`Password of ${username} at ${url}: `);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const prompt = createInterface({ input: process.stdin, output: silent, terminal: true });
  try {
    return await new Promise<string | undefined>((resolve) => {
      prompt.once('close', () => resolve(undefined));
      prompt.once('line', resolve);
    });
  } finally {
    prompt.close();
    process.stderr.write('\n');
  }
}
