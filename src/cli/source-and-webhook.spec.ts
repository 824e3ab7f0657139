import { jest } from '@jest/globals';
import { Command, CommanderError } from 'commander';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { CliError } from './cli-error.js';
import { addSource } from './source.command.js';
import { addWebhook } from './webhook.command.js';

const SOURCE = { id: 'kma', state: 'trusted', party: 'KR', relayed: 2, refused: 1, error: 'SOURCE_TYPE: No XML.' };
const WEBHOOK = {
  ...{ id: 'wh_1', run: 'live', audience: 'kr', url: 'https://hook.example', state: 'disabled', reason: 'OWNER_DESK' },
  ...{ waiting: 3, dead: 4, error: 'The receiver answered 503.', epoch: 1, seq: 9, createdAt: '2026-11-24T00:00:00Z' },
};
const ANSWERS: Record<string, unknown> = {
  'GET /sources': [SOURCE],
  'GET /sources/kma/documents': [{ identifier: 'doc-1', outcome: 'refused', reason: 'TOO_OLD', receivedAt: 'now' }],
  'POST /sources': { ...SOURCE, state: 'proposed' },
  'POST /sources/kma/approve': SOURCE,
  'POST /sources/kma/suspend': { ...SOURCE, state: 'suspended' },
  'GET /webhooks': [WEBHOOK],
  'POST /webhooks': { id: 'wh_1', secret: 'whsec_new' },
  'POST /webhooks/wh_1/rotate': { id: 'wh_1', secret: 'whsec_rotated' },
  'POST /webhooks/wh_1/resend': { run: 'live', resent: 4 },
  'POST /webhooks/wh_1/disable': WEBHOOK,
  'GET /webhooks/wh_1/deliveries?state=dead': [{ epoch: 1, seq: 7, state: 'dead', attempts: 16, error: 'why' }],
};

describe('source and webhook', () => {
  let server: Server;
  let url = '';
  let folder = '';
  let asked: { request: string; body: unknown }[] = [];
  let printed = '';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'triwatch-cli-'));
    server = createServer((request, response) => {
      void text(request).then((body) => {
        const name = `${request.method} ${request.url?.replace('/api/v1', '')}`;
        const content = body === '' ? undefined : (JSON.parse(body) as unknown);
        asked.push({ request: name, body: content });
        const answer = name === 'POST /auth/token' ? { accessToken: 't', refreshToken: 'r', expiresIn: 900 } : ANSWERS[name]; // prettier-ignore
        response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' });
        response.end(JSON.stringify(answer ?? { code: 'SOURCE_NOT_FOUND', detail: 'There is no source "none".' }));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  beforeEach(() => {
    asked = [];
    printed = '';
    jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => ((printed += String(chunk)), true));
    jest.spyOn(process.stderr, 'write').mockImplementation(() => true);
  });
  afterEach(() => void jest.restoreAllMocks());

  /** Runs a command and returns what it asked the service for besides signing in. */
  async function run(...args: string[]): Promise<(typeof asked)[number] | undefined> {
    const program = new Command('triwatch').exitOverride().configureOutput({ outputError: () => undefined });
    [addSource, addWebhook].forEach((add) => add(program));
    program.commands.forEach((each) => each.commands.forEach((command) => command.exitOverride()));
    await program.parseAsync([...args, '--url', url, '--password', 'pw'], { from: 'user' });
    return asked.find(({ request }) => request !== 'POST /auth/token');
  }
  const signedInAs = (): unknown => asked.find(({ request }) => request === 'POST /auth/token')?.body;

  it.each([
    [['source', 'list'], 'GET /sources', /kma .*trusted .*SOURCE_TYPE: No XML\./],
    [['source', 'documents', 'kma'], 'GET /sources/kma/documents', /refused .*TOO_OLD .*doc-1/],
    [['source', 'approve', 'kma'], 'POST /sources/kma/approve', /^kma is trusted\.\n$/],
    [['source', 'suspend', 'kma'], 'POST /sources/kma/suspend', /^kma is suspended\.\n$/],
    [['webhook', 'list'], 'GET /webhooks', /wh_1 .*OWNER_DESK/],
    [['webhook', 'rotate', 'wh_1'], 'POST /webhooks/wh_1/rotate', /^whsec_rotated\n$/],
    [['webhook', 'resend', 'wh_1'], 'POST /webhooks/wh_1/resend', /^4 that had been given up/],
    [['webhook', 'disable', 'wh_1'], 'POST /webhooks/wh_1/disable', /^wh_1 is disabled\.\n$/],
    [['webhook', 'remove', 'wh_1'], 'POST /webhooks/wh_1/disable', /^wh_1 is disabled\.\n$/],
    [['webhook', 'deliveries', 'wh_1', '--state', 'dead'], 'GET /webhooks/wh_1/deliveries?state=dead', /1:7 .*dead .*16 .*why/], // prettier-ignore
  ])('%j asks for %s', async (args, request, shows) => {
    expect((await run(...args))?.request).toBe(request);
    expect(printed).toMatch(shows);
    printed = '';
    await run(...args, '--json');
    expect(JSON.parse(printed)).toEqual(ANSWERS[request]);
  });

  it('adds a source from a file, as an administrator', async () => {
    const file = join(folder, 'kma.yaml');
    await writeFile(file, 'id: kma\nnames: { ja-JP: 気象庁 }\n');
    expect(await run('source', 'add', file)).toMatchObject({ body: { id: 'kma', names: { 'ja-JP': '気象庁' } } });
    expect(signedInAs()).toMatchObject({ username: 'administrator' });
    expect(printed).toBe('kma is proposed.\n');
  });

  it('adds a webhook as the desk that is named, and prints nothing but the secret', async () => {
    const asks = await run('webhook', 'add', 'https://hook.example', '--audience', 'kr', '--from', 'kr-jcs', '--after', '1:42'); // prettier-ignore
    expect(asks?.body).toEqual({ url: 'https://hook.example', audience: 'kr', run: 'live', after: { epoch: 1, seq: 42 } }); // prettier-ignore
    expect(signedInAs()).toMatchObject({ username: 'kr-jcs' });
    expect(printed).toBe('whsec_new\n');
  });

  it('ends with 1 and the code when the service refuses', async () => {
    const refusal = await run('source', 'approve', 'none').catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(CliError);
    expect(refusal).toMatchObject({ exitCode: 1, more: { code: 'SOURCE_NOT_FOUND' } });
  });

  it.each([
    ['a file that is not there', ['source', 'add', '/nowhere.yaml']],
    ['a file that holds a list', ['source', 'add', 'LIST']],
    ['a file that is no YAML', ['source', 'add', 'BROKEN']],
    ['no audience', ['webhook', 'add', 'https://hook.example']],
    ['a cursor that is none', ['webhook', 'add', 'https://hook.example', '--audience', 'kr', '--after', 'x']],
    ['a state that is none', ['webhook', 'deliveries', 'wh_1', '--state', 'lost']],
  ])('takes %s for wrong use, before anything is asked', async (_, args) => {
    await writeFile(join(folder, 'LIST'), '- id: kma\n');
    await writeFile(join(folder, 'BROKEN'), 'id: [kma\n');
    const paths = args.map((arg) => (['LIST', 'BROKEN'].includes(arg) ? join(folder, arg) : arg));
    const error = await run(...paths).catch((thrown: unknown) => thrown);
    // What commander throws is wrong use, and cli.ts ends with 2.
    expect(error instanceof CommanderError || (error as CliError).exitCode === 2).toBe(true);
    expect(asked).toEqual([]);
  });
});
