import type { Notice } from './notice.js';
import type { Regime, RegimeRule } from './regime.js';
import { REGIMES } from './regimes.js';

const NOTHING: Notice = { impactAreas: [], reported: {} };

/** The tables of docs/regimes.md: every rule with what it stands on, its figures and its source. */
export function regimeTables(): string {
  return REGIMES.map(tableOf).join('\n\n');
}

function tableOf({ id, title, parties, status, rules }: Regime): string {
  return [
    `### \`${id}\``,
    '',
    `${title}. ${status.sentence} ([source](${status.source.url}))`,
    '',
    `Parties: ${parties ? parties.join(', ') : 'no list has been read'}.`,
    '',
    '| rule | basis | figures | source |',
    '| --- | --- | --- | --- |',
    ...rules.map(rowOf),
  ].join('\n');
}

function rowOf(rule: RegimeRule): string {
  return `| \`${rule.rule}\` | ${rule.basis} | ${figuresOf(rule)} | [${rule.source.title.replaceAll('|', '/')}](${rule.source.url}) |`;
}

/** What a rule asks for is what it answers of a notice that says nothing. */
function figuresOf({ judge }: RegimeRule): string {
  const asked = Object.entries(judge(NOTHING).figures).filter(([name]) =>
    /^(min|max|limit|acts|classes|missing|unitAsked|uncertainty)/.test(name),
  );
  return (
    asked
      .map(
        ([name, value]) =>
          `${name === 'missing' ? 'asks for' : name}: ${Array.isArray(value) ? value.join(', ') : String(value)}`,
      )
      .join('; ') || '–'
  );
}
