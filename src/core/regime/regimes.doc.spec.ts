import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REGIMES } from './regimes.js';
import { RULE_IDS } from './regime.js';
import { regimeTables } from './regimes.doc.js';

/** Prettier pads tables; what they say is compared. */
const said = (text: string): string => text.replace(/ +/g, ' ').replace(/-{3,}/g, '---');

const doc = said(readFileSync(join(import.meta.dirname, '../../../docs/regimes.md'), 'utf8'));

describe('docs/regimes.md', () => {
  it.each(said(regimeTables()).split('\n\n').filter(Boolean))('has %s', (part) => {
    expect(doc).toContain(part);
  });

  it('names every rule', () => {
    for (const id of RULE_IDS) {
      expect(doc).toContain(`\`${id}\``);
    }
  });
});

describe('the regimes', () => {
  it('have stable ids, and a source for each rule', () => {
    expect(REGIMES.map(({ id }) => id)).toEqual([
      'us-ussr-1988',
      'plns-2000',
      'hcoc-2002',
      'india-pakistan-2005',
      'china-russia-2009',
      'navarea',
      'notam',
      'cma-2018',
      'inter-korean-launch-notice',
      'trilateral-launch-notice',
      'iaea-early-notification',
      'ihr-2005',
    ]);
    for (const { rules, status } of REGIMES) {
      expect([status, ...rules].map(({ source }) => source.url).every((url) => /^https?:\/\//.test(url))).toBe(true); // prettier-ignore
    }
  });
});
