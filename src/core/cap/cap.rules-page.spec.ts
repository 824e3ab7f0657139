import { readFileSync } from 'node:fs';
import { rulesPage } from './cap.rules-page.js';

/** Prettier pads the cells of a table and the dashes below its heading. */
const bare = (text: string): string => text.replace(/-{3,}/g, '---').replace(/ +/g, ' ');

it('docs/cap.md lists every rule as it is', () => {
  const page = readFileSync(new URL('../../../docs/cap.md', import.meta.url), 'utf8');
  expect(bare(page)).toContain(bare(rulesPage()));
});
