import type { Command } from 'commander';
import { EXIT } from './cli-error.js';
import { connect, withConnection, type ConnectionOptions } from './connection.js';
import { checkFeed, linesOfCheck } from './feed-check.js';
import { keysIn } from './key-file.js';
import { readText } from './read-text.js';
import { print } from './terminal.js';

interface VerifyOptions extends ConnectionOptions {
  json?: boolean;
  keys?: string;
}

const EXAMPLE = `
Example:
  npm run triwatch -- feed verify live jp --username controller
  curl -s http://127.0.0.1:3000/api/v1/signing-keys > keys.json; npm run triwatch -- feed verify live jp --keys keys.json

Ends with 0 when every item is as it was told and the head is signed, with 1 otherwise. Without --keys the service is asked for its own public keys; keep a copy from another time to prove more than that it agrees with itself.`;

export function addFeed(program: Command): void {
  const feed = program.command('feed').description('the feeds of a run');
  const verify = feed
    .command('verify')
    .description('recompute the hash chain of a feed and check its signature')
    .argument('<run>', 'the run, as in live')
    .argument('<audience>', 'whose feed, as in jp')
    .option('--keys <file>', 'trust the public keys in this file (JWK set)')
    .option('--json', 'print one JSON object')
    .addHelpText('after', EXAMPLE);
  withConnection(verify).action(async (run: string, audience: string, options: VerifyOptions) => {
    const keys = options.keys === undefined ? undefined : keysIn(options.keys, await readText(options.keys));
    const check = await checkFeed(await connect(options, 'controller'), run, audience, keys);
    print(options.json ? JSON.stringify(check) : linesOfCheck(check));
    process.exitCode = check.ok ? EXIT.ok : EXIT.failed;
  });
}
