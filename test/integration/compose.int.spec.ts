import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

// No Docker engine runs here: these tests hold the served shape to what the service and the design expect of it.

interface Service {
  image?: string;
  build?: string;
  command?: string | string[];
  environment?: Record<string, string>;
  ports?: string[];
  healthcheck?: { test?: string[]; disable?: boolean };
  depends_on?: Record<string, { condition: string }>;
}

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const compose = parse(read('docker-compose.yml'), { merge: true }) as { services: Record<string, Service> };
const services = Object.entries(compose.services);
const service = (name: string): Service => {
  const found = compose.services[name];
  if (!found) {
    throw new Error(`docker-compose.yml has no service ${name}`);
  }
  return found;
};
const variables = services.flatMap(([, { environment }]) => Object.keys(environment ?? {}));

describe('docker-compose.yml', () => {
  test('has two mains behind a balancer, two workers, a migration, PostgreSQL and Redis', () => {
    const names = ['balancer', 'main-1', 'main-2', 'migrate', 'postgres', 'redis', 'worker-1', 'worker-2'];
    expect(services.map(([name]) => name).sort()).toEqual(names);
    const balancer = read('docker/Caddyfile');
    expect(balancer).toContain('reverse_proxy main-1:3000 main-2:3000');
  });

  test.each(services.filter(([, { build }]) => !build))('pins the image of %s by its major version', (_, { image }) => {
    expect(image).toMatch(/^[a-z]+:\d+$/);
  });

  test('keeps the jobs in Redis and their delays exact', () => {
    expect(service('redis').command).toBe('redis-server --hz 100 --appendonly yes --maxmemory-policy noeviction');
  });

  test.each(['postgres', 'redis', 'balancer'])('checks the health of %s', (name) => {
    expect(service(name).healthcheck?.test?.[0]).toBe('CMD');
  });

  test.each(['main-1', 'main-2'])('leaves the health check of the image on for %s', (name) => {
    expect(service(name).healthcheck).toBeUndefined();
    expect(service('balancer').depends_on?.[name]).toEqual({ condition: 'service_healthy' });
  });

  test.each(['main-1', 'main-2', 'worker-1', 'worker-2'])('starts %s only after the migration', (name) => {
    expect(service(name).depends_on?.['migrate']).toEqual({ condition: 'service_completed_successfully' });
  });

  test('publishes the port of the balancer alone, on this machine alone', () => {
    expect(services.filter(([, { ports }]) => ports).map(([name]) => name)).toEqual(['balancer']);
    expect(service('balancer').ports).toEqual([expect.stringMatching(/^127\.0\.0\.1:/)]);
  });

  test('gives the password of the owner to the database and the migration only', () => {
    const holders = services.filter(([, { environment }]) =>
      JSON.stringify(environment ?? {}).includes('OWNER_PASSWORD'),
    );
    expect(holders.map(([name]) => name).sort()).toEqual(['migrate', 'postgres']);
  });

  test('gives the key that feeds are signed with to the workers only', () => {
    const holders = services.filter(([, { environment }]) => environment?.['TRIWATCH_SIGNING_KEY']);
    expect(holders.map(([name]) => name).sort()).toEqual(['worker-1', 'worker-2']);
  });

  test('holds no secret, and refuses to start without one', () => {
    const secrets = services.flatMap(([, { environment }]) =>
      Object.entries(environment ?? {}).filter(([name]) => /PASSWORD|SECRET|KEY|DATABASE/.test(name)),
    );
    expect(secrets.length).toBeGreaterThan(0);
    for (const [, value] of secrets) {
      expect(value).toMatch(/\$\{[A-Z_]+:\?.+\}/);
    }
  });

  test('sets only variables that docs/configuration.md describes', () => {
    const documented = read('docs/configuration.md');
    const ours = variables.filter((name) => /^(TRIWATCH_|DATABASE_|REDIS_)/.test(name));
    expect(new Set(ours).size).toBeGreaterThanOrEqual(5);
    expect(ours.filter((name) => !documented.includes(`\`${name}\``))).toEqual([]);
  });
});

describe('Dockerfile', () => {
  const lines = read('Dockerfile')
    .split('\n')
    .filter((line) => line && !line.startsWith('#'));
  const last = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM ')));

  test('pins its base images by version and distribution', () => {
    const bases = lines.filter((line) => line.startsWith('FROM '));
    expect(bases).toHaveLength(2);
    expect(bases.every((line) => /^FROM node:20-bookworm-slim( AS \w+)?$/.test(line))).toBe(true);
  });

  test('installs exactly the lock file and ships no development package', () => {
    expect(lines.some((line) => line.includes('npm ci'))).toBe(true);
    expect(lines.some((line) => line.includes('npm prune --omit=dev'))).toBe(true);
    expect(lines.some((line) => /npm (install|i) /.test(line))).toBe(false);
  });

  test('uses COPY, never ADD, and holds no secret', () => {
    expect(lines.some((line) => /^ADD /.test(line))).toBe(false);
    expect(lines.some((line) => /^(ENV|ARG) .*(SECRET|PASSWORD|TOKEN)/.test(line))).toBe(false);
  });

  test('runs main as an ordinary user and is checked for health', () => {
    expect(last).toContain('USER node');
    expect(last.some((line) => line.startsWith('HEALTHCHECK '))).toBe(true);
    expect(last.at(-1)).toBe('CMD ["node", "dist/src/main.js"]');
  });
});
