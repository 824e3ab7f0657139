import { resolve } from 'node:path';
import { z } from 'zod';
import { readClaimMap, type ClaimRule } from '../../core/sign-in/claim-map.js';
import { OperationalError } from '../operational-error.js';
import type { SignatureSettings } from '../xml/sign-xml.js';
import { readCapSigner } from './cap-signer.js';
import { MAKE_SIGNING_KEY, signingKeyOf } from './signing-key.js';

/** Everything the environment decides, read and checked once at the start; nothing else reads `process.env`. */
export interface Config {
  readonly http: HttpConfig;
  readonly database: DatabaseConfig;
  /** BullMQ runs on Redis when this is given, on PostgreSQL otherwise. */
  readonly redisUrl?: string;
  readonly tokenSecret?: string;
  /** PEM of the Ed25519 private key that heads of feeds are signed with. */
  readonly signingKey?: string;
  readonly metrics: MetricsConfig;
  readonly cap: SignatureSettings;
  /** Whether webhooks and sources may have private addresses and plain HTTP. */
  readonly allowPrivateTargets: boolean;
  /** For how many days what webhooks were sent is kept. */
  readonly keptDeliveries: { readonly keepDeliveredDays: number; readonly keepDeadDays: number };
  readonly demoPassword?: string;
  readonly logLevel: LogLevel;
  readonly oidc?: OidcConfig;
  readonly partiesFile: string;
  readonly scenariosDir: string;
  /** Whether there is a run of mode `actual`. */
  readonly allowActual: boolean;
}

export interface HttpConfig {
  readonly host: string;
  readonly port: number;
  /** Origins besides the service's own from which a browser may open a console. */
  readonly allowedOrigins: readonly string[];
  /** How many proxies stand before the service and add to X-Forwarded-For. */
  readonly trustedProxies: number;
}

/** Another provider that people sign in through. */
export interface OidcConfig {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where browsers find this service, without a slash at the end. */
  readonly publicUrl: string;
  readonly claim: string;
  readonly rules: readonly ClaimRule[];
  readonly scope: string;
}

export interface MetricsConfig {
  readonly token?: string;
  /** Where a worker, which has no HTTP otherwise, tells its metrics; none when this is missing. */
  readonly port?: number;
}

export type DatabaseConfig =
  | { readonly kind: 'embedded'; readonly dataDir?: string }
  | { readonly kind: 'served'; readonly url: string; readonly ownerUrl?: string };

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const databaseUrl = z.string().regex(/^postgres(ql)?:\/\//, 'must begin with postgres://');

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port number, as in 3000')
  .transform(Number)
  .refine((number) => number <= 65535, 'must be a port number up to 65535');

const days = z
  .string()
  .regex(/^[1-9]\d{0,3}$/, 'must be a number of days, 1 to 9999')
  .transform(Number);

/** Secrets cross the network to these: plain HTTP is for trying things out on one machine. */
const secureUrl = z
  .string()
  .regex(/^(https:\/\/|http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:|\/|$))/, 'must begin with https://')
  .refine((text) => URL.canParse(text), 'must be an address such as https://triwatch.example');

const environment = z.object({
  DATABASE_URL: databaseUrl.optional(),
  DATABASE_OWNER_URL: databaseUrl.optional(),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, 'must begin with redis:// or rediss://')
    .optional(),
  TRIWATCH_HOST: z.string().min(1).default('127.0.0.1'),
  TRIWATCH_PORT: port.default(3000),
  TRIWATCH_DATA_DIR: z.string().min(1).optional(),
  TRIWATCH_DEMO_PASSWORD: z.string().min(8, 'must have at least 8 characters').optional(),
  TRIWATCH_TOKEN_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
  TRIWATCH_SIGNING_KEY: z
    .string()
    .transform((text, context) => {
      const key = signingKeyOf(text);
      if (key === undefined) {
        const message = `must be an Ed25519 private key as PEM (PKCS#8) or base64 of it, as from: ${MAKE_SIGNING_KEY}`;
        context.addIssue({ code: 'custom', message });
      }
      return key;
    })
    .optional(),
  TRIWATCH_CAP_KEY: z.string().min(1).optional(),
  TRIWATCH_CAP_CERTIFICATE: z.string().min(1).optional(),
  TRIWATCH_CAP_TRUSTED: z
    .string()
    .transform((text) => text.split(',').map((each) => each.trim().replaceAll(':', '').toLowerCase()))
    .pipe(z.array(z.string().regex(/^[0-9a-f]{64}$/, 'must be SHA-256 fingerprints, comma-separated')))
    .optional(),
  TRIWATCH_ALLOW_PRIVATE_TARGETS: z.enum(['0', '1'], 'must be 0 or 1').default('0'),
  TRIWATCH_KEEP_DELIVERED_DAYS: days.default(7),
  TRIWATCH_KEEP_DEAD_DAYS: days.default(30),
  TRIWATCH_ALLOWED_ORIGINS: z
    .string()
    .transform((text) => text.split(',').map((origin) => origin.trim()))
    .pipe(
      z.array(z.string().regex(/^https?:\/\/[^/]+$/, 'must be origins such as https://desk.example, comma-separated')),
    )
    .optional(),
  TRIWATCH_TRUST_PROXY: z
    .string()
    .regex(/^\d$/, 'must be how many proxies stand before the service, 0 to 9')
    .default('0'),
  TRIWATCH_PUBLIC_URL: secureUrl.optional(),
  TRIWATCH_OIDC_ISSUER: secureUrl.optional(),
  TRIWATCH_OIDC_CLIENT_ID: z.string().optional(),
  TRIWATCH_OIDC_CLIENT_SECRET: z.string().optional(),
  TRIWATCH_OIDC_SCOPE: z.string().default('openid profile'),
  TRIWATCH_OIDC_CLAIM: z.string().default('groups'),
  TRIWATCH_OIDC_ROLES: z
    .string()
    .transform((text, context) => {
      const rules = readClaimMap(text);
      if (typeof rules === 'string') {
        context.addIssue({ code: 'custom', message: rules });
        return [];
      }
      return rules;
    })
    .optional(),
  TRIWATCH_METRICS_TOKEN: z.string().min(32, 'must have at least 32 characters').optional(),
  TRIWATCH_METRICS_PORT: port.optional(),
  TRIWATCH_LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info'),
  TRIWATCH_ALLOW_ACTUAL: z.enum(['true', 'false'], 'must be true or false').default('false'),
  TRIWATCH_PARTIES_FILE: z.string().min(1).optional(),
  TRIWATCH_SCENARIOS_DIR: z.string().min(1).optional(),
});

/** The names of the variables that the service knows; docs/configuration.md describes each, and a test holds the two together. */
export const KNOWN_VARIABLES: readonly string[] = Object.keys(environment.shape);

/**
 * Reads the configuration from environment variables.
 * `root` is the folder of the project, where the shipped parties and scenarios lie.
 * Throws OperationalError CONFIG_INVALID with one line for the first thing that is wrong: an unknown TRIWATCH_* variable
 * (a misspelt one would silently do nothing), a value out of form, or a combination that cannot work.
 */
export function loadConfig(env: NodeJS.ProcessEnv, root: string): Config {
  const unknown = Object.keys(env).find((name) => name.startsWith('TRIWATCH_') && !KNOWN_VARIABLES.includes(name));
  if (unknown) {
    throw invalid(`${unknown} is not a variable of Triwatch; see docs/configuration.md for those that are.`);
  }
  const parsed = environment.safeParse(withoutEmpty(env));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw invalid(`${String(issue?.path[0])} ${issue?.message}.`);
  }
  const values = parsed.data;
  if (values.DATABASE_OWNER_URL && !values.DATABASE_URL) {
    throw invalid('DATABASE_OWNER_URL works with DATABASE_URL only; set both, or neither for the embedded database.');
  }
  if (values.DATABASE_URL && !values.TRIWATCH_TOKEN_SECRET) {
    throw invalid(
      'TRIWATCH_TOKEN_SECRET must be set when DATABASE_URL is, so that every process accepts the same tokens.',
    );
  }
  if (values.DATABASE_URL && values.TRIWATCH_DEMO_PASSWORD) {
    throw invalid('TRIWATCH_DEMO_PASSWORD works in embedded mode only; remove it, or remove DATABASE_URL.');
  }
  if (values.TRIWATCH_KEEP_DEAD_DAYS < values.TRIWATCH_KEEP_DELIVERED_DAYS) {
    throw invalid(
      'TRIWATCH_KEEP_DEAD_DAYS must not be less than TRIWATCH_KEEP_DELIVERED_DAYS: what was given up can still be sent.',
    );
  }
  if ((values.TRIWATCH_CAP_KEY === undefined) !== (values.TRIWATCH_CAP_CERTIFICATE === undefined)) {
    throw invalid(
      'TRIWATCH_CAP_KEY works with TRIWATCH_CAP_CERTIFICATE only; set both, or neither to send CAP unsigned.',
    );
  }
  return {
    http: {
      host: values.TRIWATCH_HOST,
      port: values.TRIWATCH_PORT,
      allowedOrigins: values.TRIWATCH_ALLOWED_ORIGINS ?? [],
      trustedProxies: Number(values.TRIWATCH_TRUST_PROXY),
    },
    database: values.DATABASE_URL
      ? { kind: 'served', url: values.DATABASE_URL, ownerUrl: values.DATABASE_OWNER_URL }
      : { kind: 'embedded', dataDir: values.TRIWATCH_DATA_DIR },
    redisUrl: values.REDIS_URL,
    tokenSecret: values.TRIWATCH_TOKEN_SECRET,
    signingKey: values.TRIWATCH_SIGNING_KEY,
    metrics: { token: values.TRIWATCH_METRICS_TOKEN, port: values.TRIWATCH_METRICS_PORT },
    cap: {
      signer: values.TRIWATCH_CAP_KEY
        ? readCapSigner(resolve(root, values.TRIWATCH_CAP_KEY), resolve(root, values.TRIWATCH_CAP_CERTIFICATE ?? ''))
        : undefined,
      trusted: values.TRIWATCH_CAP_TRUSTED ?? [],
    },
    allowPrivateTargets: values.TRIWATCH_ALLOW_PRIVATE_TARGETS === '1',
    keptDeliveries: {
      keepDeliveredDays: values.TRIWATCH_KEEP_DELIVERED_DAYS,
      keepDeadDays: values.TRIWATCH_KEEP_DEAD_DAYS,
    },
    demoPassword: values.TRIWATCH_DEMO_PASSWORD,
    logLevel: values.TRIWATCH_LOG_LEVEL,
    oidc: oidcOf(values),
    partiesFile: resolve(root, values.TRIWATCH_PARTIES_FILE ?? 'config/parties.yaml'),
    allowActual: values.TRIWATCH_ALLOW_ACTUAL === 'true',
    scenariosDir: resolve(root, values.TRIWATCH_SCENARIOS_DIR ?? 'scenarios'),
  };
}

const OIDC_NEEDS = [
  'TRIWATCH_OIDC_CLIENT_ID',
  'TRIWATCH_OIDC_CLIENT_SECRET',
  'TRIWATCH_OIDC_ROLES',
  'TRIWATCH_PUBLIC_URL',
] as const;

function oidcOf(values: z.infer<typeof environment>): OidcConfig | undefined {
  const issuer = values.TRIWATCH_OIDC_ISSUER;
  if (issuer === undefined) {
    return undefined;
  }
  const missing = OIDC_NEEDS.find((name) => values[name] === undefined);
  if (missing) {
    throw invalid(`${missing} must be set when TRIWATCH_OIDC_ISSUER is.`);
  }
  return {
    issuer,
    clientId: values.TRIWATCH_OIDC_CLIENT_ID ?? '',
    clientSecret: values.TRIWATCH_OIDC_CLIENT_SECRET ?? '',
    publicUrl: (values.TRIWATCH_PUBLIC_URL ?? '').replace(/\/+$/, ''),
    claim: values.TRIWATCH_OIDC_CLAIM,
    rules: values.TRIWATCH_OIDC_ROLES ?? [],
    scope: values.TRIWATCH_OIDC_SCOPE,
  };
}

function withoutEmpty(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
}

function invalid(message: string): OperationalError {
  return new OperationalError('CONFIG_INVALID', message, { exitCode: 78 });
}
