import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ledgerOf } from '../core/restraint/ledger.js';
import { declarationsOf, logOf } from '../core/restraint/scenario-log.js';
import { parseScenario } from '../core/scenario/scenario.parse.js';
import { ledgerLines } from './ledger-text.js';

const read = (path: string): string => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');

describe('ledgerLines', () => {
  it('print the ledger of Yeonpyeong as docs/restraint.md shows it', () => {
    const parsed = parseScenario(read('scenarios/yeonpyeong-2010/scenario.yaml'));
    if (!('scenario' in parsed)) {
      throw new Error('The scenario is not right.');
    }
    const acts = logOf(parsed.scenario).map(({ act }) => act);
    const lines = ledgerLines(ledgerOf(declarationsOf(parsed.scenario), acts), 'Asia/Seoul', 100);
    expect(read('docs/restraint.md')).toContain(`\`\`\`text\n${lines.join('\n')}\n\`\`\``);
  });

  it('say so where there is neither a declaration nor an act', () => {
    const lines = ledgerLines(ledgerOf([], []), 'UTC', 80);
    expect(lines[0]).toBe('No declaration of restraint.');
    expect(lines).toContain('First use of force: none logged.');
  });
});
