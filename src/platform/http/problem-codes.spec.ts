import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../config/project-root.js';

/** Modules whose refusals are written out in the wire contract. */
const SERVICES = ['realtime/webhooks.service.ts', 'relays/sources.service.ts'];

const read = (path: string): string => readFileSync(join(PROJECT_ROOT, path), 'utf8');

describe('the wire contract', () => {
  const rows = read('docs/wire-contract.md')
    .split('\n')
    .filter((line) => line.startsWith('| `'));

  it.each(SERVICES)('has a row for every code with which %s refuses', (service) => {
    const codes = [...read(`src/modules/${service}`).matchAll(/DomainError\(\s*'([A-Z_]+)'/g)].map(([, code]) => code);
    expect(codes.length).toBeGreaterThan(2);
    expect(codes.filter((code) => !rows.some((row) => row.includes(`\`${code}\``)))).toEqual([]);
  });
});
