import { generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OperationalError } from '../operational-error.js';
import { KNOWN_VARIABLES, loadConfig, type Config } from './config.js';
import { PROJECT_ROOT } from './project-root.js';
import { newSigningKey } from './signing-key.js';

const ROOT = '/srv/triwatch';
const SECRET = 'a-secret-of-at-least-32-characters';
const DATABASE = 'postgres://app@db/triwatch';

const KEY = newSigningKey();
/** A private key, but not one that heads are signed with. */
const OTHER_KIND = generateKeyPairSync('x25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
const load = (env: NodeJS.ProcessEnv): Config => loadConfig(env, ROOT);

function refusalOf(env: NodeJS.ProcessEnv): OperationalError {
  try {
    load(env);
  } catch (error) {
    if (error instanceof OperationalError) {
      return error;
    }
    throw error;
  }
  throw new Error(`taken: ${JSON.stringify(env)}`);
}

describe('loadConfig', () => {
  it('needs no variable at all', () => {
    expect(load({})).toEqual({
      http: { host: '127.0.0.1', port: 3000, allowedOrigins: [], trustedProxies: 0 },
      allowActual: false,
      database: { kind: 'embedded', dataDir: undefined },
      redisUrl: undefined,
      tokenSecret: undefined,
      signingKey: undefined,
      metrics: { token: undefined, port: undefined },
      cap: { signer: undefined, trusted: [] },
      allowPrivateTargets: false,
      keptDeliveries: { keepDeliveredDays: 7, keepDeadDays: 30 },
      demoPassword: undefined,
      logLevel: 'info',
      partiesFile: '/srv/triwatch/config/parties.yaml',
      scenariosDir: '/srv/triwatch/scenarios',
    });
  });

  const served = { DATABASE_URL: DATABASE, TRIWATCH_TOKEN_SECRET: SECRET };

  it.each<[string, NodeJS.ProcessEnv, Partial<Config>]>([
    [
      'TRIWATCH_HOST',
      { TRIWATCH_HOST: '0.0.0.0' },
      { http: { host: '0.0.0.0', port: 3000, allowedOrigins: [], trustedProxies: 0 } },
    ],
    [
      'TRIWATCH_PORT',
      { TRIWATCH_PORT: '0' },
      { http: { host: '127.0.0.1', port: 0, allowedOrigins: [], trustedProxies: 0 } },
    ],
    [
      'TRIWATCH_PORT',
      { TRIWATCH_PORT: '65535' },
      { http: { host: '127.0.0.1', port: 65535, allowedOrigins: [], trustedProxies: 0 } },
    ],
    [
      'TRIWATCH_ALLOWED_ORIGINS',
      { TRIWATCH_ALLOWED_ORIGINS: 'https://a.example , http://b.example:8080' },
      {
        http: {
          host: '127.0.0.1',
          port: 3000,
          allowedOrigins: ['https://a.example', 'http://b.example:8080'],
          trustedProxies: 0,
        },
      },
    ],
    ['TRIWATCH_DATA_DIR', { TRIWATCH_DATA_DIR: '/var/t' }, { database: { kind: 'embedded', dataDir: '/var/t' } }],
    ['TRIWATCH_DEMO_PASSWORD', { TRIWATCH_DEMO_PASSWORD: '8 chars!' }, { demoPassword: '8 chars!' }],
    ['TRIWATCH_TOKEN_SECRET', { TRIWATCH_TOKEN_SECRET: 's'.repeat(32) }, { tokenSecret: 's'.repeat(32) }],
    ['TRIWATCH_METRICS_TOKEN', { TRIWATCH_METRICS_TOKEN: SECRET }, { metrics: { token: SECRET, port: undefined } }],
    ['TRIWATCH_METRICS_PORT', { TRIWATCH_METRICS_PORT: '9400' }, { metrics: { token: undefined, port: 9400 } }],
    ['TRIWATCH_SIGNING_KEY', { TRIWATCH_SIGNING_KEY: KEY }, { signingKey: KEY }],
    ['TRIWATCH_SIGNING_KEY', { TRIWATCH_SIGNING_KEY: btoa(KEY) }, { signingKey: KEY }],
    ...(['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const).map(
      (level): [string, NodeJS.ProcessEnv, Partial<Config>] => [
        'TRIWATCH_LOG_LEVEL',
        { TRIWATCH_LOG_LEVEL: level },
        { logLevel: level },
      ],
    ),
    [
      'TRIWATCH_KEEP_DELIVERED_DAYS',
      { TRIWATCH_KEEP_DELIVERED_DAYS: '1' },
      { keptDeliveries: { keepDeliveredDays: 1, keepDeadDays: 30 } },
    ],
    [
      'TRIWATCH_KEEP_DEAD_DAYS',
      { TRIWATCH_KEEP_DEAD_DAYS: '90' },
      { keptDeliveries: { keepDeliveredDays: 7, keepDeadDays: 90 } },
    ],
    ['TRIWATCH_ALLOW_ACTUAL', { TRIWATCH_ALLOW_ACTUAL: 'true' }, { allowActual: true }],
    ['TRIWATCH_PARTIES_FILE', { TRIWATCH_PARTIES_FILE: 'own.yaml' }, { partiesFile: '/srv/triwatch/own.yaml' }],
    ['TRIWATCH_PARTIES_FILE', { TRIWATCH_PARTIES_FILE: '/etc/own.yaml' }, { partiesFile: '/etc/own.yaml' }],
    ['TRIWATCH_SCENARIOS_DIR', { TRIWATCH_SCENARIOS_DIR: 'own' }, { scenariosDir: '/srv/triwatch/own' }],
    ['REDIS_URL', { REDIS_URL: 'redis://queue:6379' }, { redisUrl: 'redis://queue:6379' }],
    ['REDIS_URL', { REDIS_URL: 'rediss://queue' }, { redisUrl: 'rediss://queue' }],
    ['DATABASE_URL', served, { database: { kind: 'served', url: DATABASE } }],
    [
      'DATABASE_URL',
      { ...served, DATABASE_URL: 'postgresql://db' },
      { database: { kind: 'served', url: 'postgresql://db' } },
    ],
    [
      'DATABASE_OWNER_URL',
      { ...served, DATABASE_OWNER_URL: 'postgres://owner@db/t' },
      { database: { kind: 'served', url: DATABASE, ownerUrl: 'postgres://owner@db/t' } },
    ],
  ])('takes %s: %j', (_, env, part) => {
    expect(load(env)).toMatchObject(part);
  });

  it.each(KNOWN_VARIABLES.map((name) => [name]))('takes an empty %s for one that is not set', (name) => {
    expect(load({ [name]: '' })).toEqual(load({}));
  });

  it('cares for no variable of others', () => {
    expect(load({ PATH: '/bin', NODE_ENV: 'production', PORT: '1', triwatch_port: '2' })).toEqual(load({}));
  });
});

const SIGNING_ADVICE =
  'must be an Ed25519 private key as PEM (PKCS#8) or base64 of it, as from: openssl genpkey -algorithm ed25519 | base64 -w0';

describe('a value out of form', () => {
  it.each([
    ['DATABASE_URL', 'mysql://db', 'must begin with postgres://'],
    ['DATABASE_URL', 'db.example', 'must begin with postgres://'],
    ['DATABASE_OWNER_URL', 'http://db', 'must begin with postgres://'],
    ['REDIS_URL', 'queue:6379', 'must begin with redis:// or rediss://'],
    ['TRIWATCH_PORT', 'http', 'must be a port number, as in 3000'],
    ['TRIWATCH_PORT', '-1', 'must be a port number, as in 3000'],
    ['TRIWATCH_PORT', '3000 ', 'must be a port number, as in 3000'],
    ['TRIWATCH_PORT', '0x10', 'must be a port number, as in 3000'],
    ['TRIWATCH_PORT', '65536', 'must be a port number up to 65535'],
    ['TRIWATCH_DEMO_PASSWORD', '7 chars', 'must have at least 8 characters'],
    ['TRIWATCH_TOKEN_SECRET', 's'.repeat(31), 'must have at least 32 characters'],
    ['TRIWATCH_METRICS_TOKEN', 's'.repeat(31), 'must have at least 32 characters'],
    ['TRIWATCH_METRICS_PORT', 'none', 'must be a port number, as in 3000'],
    ['TRIWATCH_SIGNING_KEY', 'hunter2', SIGNING_ADVICE],
    ['TRIWATCH_SIGNING_KEY', OTHER_KIND, SIGNING_ADVICE],
    ['TRIWATCH_ALLOWED_ORIGINS', '*', 'must be origins such as https://desk.example, comma-separated'],
    ['TRIWATCH_ALLOWED_ORIGINS', 'desk.example', 'must be origins such as https://desk.example, comma-separated'],
    ['TRIWATCH_ALLOWED_ORIGINS', 'https://a.example/', 'must be origins such as https://desk.example, comma-separated'],
    ['TRIWATCH_ALLOWED_ORIGINS', 'https://a.example,', 'must be origins such as https://desk.example, comma-separated'],
    ['TRIWATCH_KEEP_DELIVERED_DAYS', '0', 'must be a number of days, 1 to 9999'],
    ['TRIWATCH_KEEP_DEAD_DAYS', '10000', 'must be a number of days, 1 to 9999'],
    ['TRIWATCH_ALLOW_ACTUAL', 'yes', 'must be true or false'],
    ['TRIWATCH_LOG_LEVEL', 'verbose', 'must be one of trace, debug, info, warn, error, silent'],
    ['TRIWATCH_LOG_LEVEL', 'INFO', 'must be one of trace, debug, info, warn, error, silent'],
  ])('%s=%s is refused with what to write', (name, value, advice) => {
    const refusal = refusalOf({ [name]: value });
    expect(refusal).toMatchObject({ code: 'CONFIG_INVALID', exitCode: 78, message: `${name} ${advice}.` });
  });

  it.each(['TRIWATCH_TOKEN_SECRET', 'TRIWATCH_DEMO_PASSWORD', 'TRIWATCH_METRICS_TOKEN', 'TRIWATCH_SIGNING_KEY'])(
    '%s is never repeated in the refusal',
    (name) => {
      expect(refusalOf({ [name]: 'hunter2' }).message).not.toContain('hunter2');
    },
  );
});

describe('a combination that cannot work', () => {
  it.each([
    ['a served database without a shared secret', { DATABASE_URL: DATABASE }, 'TRIWATCH_TOKEN_SECRET'],
    [
      'a demo password with a served database',
      { DATABASE_URL: DATABASE, TRIWATCH_TOKEN_SECRET: SECRET, TRIWATCH_DEMO_PASSWORD: 'password' },
      'TRIWATCH_DEMO_PASSWORD',
    ],
  ])('%s', (_, env, named) => {
    const { code, exitCode, message } = refusalOf(env);
    expect({ code, exitCode }).toEqual({ code: 'CONFIG_INVALID', exitCode: 78 });
    expect(message.startsWith(`${named} `)).toBe(true);
    expect(message).toContain('DATABASE_URL');
  });

  it('keeps what was given up no shorter than what was delivered', () => {
    expect(refusalOf({ TRIWATCH_KEEP_DEAD_DAYS: '6' }).message).toContain('TRIWATCH_KEEP_DELIVERED_DAYS');
  });
});

describe('a variable that nobody knows', () => {
  it.each(['TRIWATCH_PROT', 'TRIWATCH_', 'TRIWATCH_port', 'TRIWATCH_ALLOW_EVERYTHING'])('%s is named', (name) => {
    const { message } = refusalOf({ [name]: 'x', TRIWATCH_PORT: '3000' });
    expect(message).toBe(`${name} is not a variable of Triwatch; see docs/configuration.md for those that are.`);
  });

  it('is named also when it is empty, and before any value out of form', () => {
    expect(refusalOf({ TRIWATCH_PORT: 'http', TRIWATCH_PROT: '' }).message).toContain('TRIWATCH_PROT ');
  });
});

it('every refusal is one line that ends in a full stop', () => {
  const refusals = [
    { TRIWATCH_PROT: '1' },
    { TRIWATCH_PORT: 'http', REDIS_URL: 'x', DATABASE_URL: 'y' },
    { TRIWATCH_LOG_LEVEL: 'a\nb' },
    { DATABASE_URL: DATABASE },
  ].map(refusalOf);
  for (const { message } of refusals) {
    expect(message).toMatch(/^[^\n]+\.$/);
  }
});

describe('the project root', () => {
  const page = (): string => readFileSync(join(PROJECT_ROOT, 'docs', 'configuration.md'), 'utf8');

  it('holds the parties and the scenarios that ship', () => {
    const { partiesFile, scenariosDir } = loadConfig({}, PROJECT_ROOT);
    expect([existsSync(partiesFile), existsSync(scenariosDir)]).toEqual([true, true]);
  });

  it.each(KNOWN_VARIABLES.map((name) => [name]))('documents %s', (name) => {
    expect(page()).toMatch(new RegExp(`\\b${name}\\b`));
  });

  it('documents no TRIWATCH_ variable that the service would refuse', () => {
    const names = new Set(page().match(/\bTRIWATCH_[A-Z_]*[A-Z]\b/g));
    expect([...names].filter((name) => !KNOWN_VARIABLES.includes(name))).toEqual([]);
  });
});
