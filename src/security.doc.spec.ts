import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const doc = readFileSync(join(ROOT, 'docs/security.md'), 'utf8');

/** A spec file in code, and the names of tests in it that follow in quotation marks. */
const CITED = /`([\w./-]+\.spec\.ts)`((?: "[^"]+")*)/g;

const cited = [...doc.matchAll(CITED)].map(([, path = '', names = '']) => ({
  path,
  names: [...names.matchAll(/"([^"]+)"/g)].map(([, name]) => name),
}));

describe('docs/security.md', () => {
  it.each(cited)('names tests that are there: $path $names', ({ path, names }) => {
    expect(existsSync(join(ROOT, path))).toBe(true);
    const spec = readFileSync(join(ROOT, path), 'utf8').replaceAll("\\'", "'");
    expect(names.filter((name) => !spec.includes(name!))).toEqual([]);
  });

  it('names a test for every path and every step', () => {
    const rows = doc.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| ---'));
    const cells = rows.map((row) => row.split(' | '));
    // The table of actors has two columns, and heads name no test.
    const claims = cells.filter((row) => row.length > 2 && !row.at(-1)?.startsWith('shown by'));
    expect(claims.length).toBeGreaterThan(30);
    expect(claims.filter((row) => !row.at(-1)?.includes('.spec.ts`')).map(([claim]) => claim)).toEqual([]);
  });
});
