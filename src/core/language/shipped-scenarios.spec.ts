import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseScenario } from '../scenario/scenario.parse.js';
import type { Texts } from '../scenario/scenario.schema.js';
import { languageFindings } from './language-findings.js';

const LIBRARY = fileURLToPath(new URL('../../../scenarios', import.meta.url));
const folders = readdirSync(LIBRARY, { withFileTypes: true }).filter((entry) => entry.isDirectory());

const infoOf = (texts: Texts) => Object.entries(texts).map(([language, text]) => ({ language, ...text }));

describe('the texts of the scenarios shipped', () => {
  it.each(folders.map(({ name }) => name))('%s say the same in every language', (folder) => {
    const parsed = parseScenario(readFileSync(`${LIBRARY}/${folder}/scenario.yaml`, 'utf8'));
    const timeline = 'scenario' in parsed ? parsed.scenario.timeline : [];
    expect(timeline.length).toBeGreaterThan(0);
    const findings = timeline.flatMap(({ id, texts, inject }) =>
      [texts, ...(inject ? [inject.question] : [])]
        .flatMap((each) => languageFindings(infoOf(each)))
        .map(({ rule, message }) => `${id} ${rule}: ${message}`),
    );
    expect(findings).toEqual([]);
  });
});
