import type { RuleText } from './cap.finding.js';
import { RULE_THEMES } from './cap.rules.js';
import { READING } from './rules/reading.js';

/** The tables of `docs/cap.md`: every rule with its id, severity, sentence and source, by theme. A test holds the page to them. */
export const rulesPage = (): string =>
  Object.entries<readonly RuleText[]>({ 'Form, found by reading': Object.values(READING), ...RULE_THEMES })
    .map(([theme, rules]) => `### ${theme}\n\n${rows(rules).join('\n')}\n`)
    .join('\n');

const rows = (rules: readonly RuleText[]): string[] => [
  '| rule | severity | what to do | source |',
  '| --- | --- | --- | --- |',
  ...rules.map(({ id, severity, says, source }) => `| \`${id}\` | ${severity} | ${cell(says)} | ${cell(source)} |`),
];

const cell = (text: string): string => text.replace(/[<&|]/g, (character) => `\`${character}\``);
