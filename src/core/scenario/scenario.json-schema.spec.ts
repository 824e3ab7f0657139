import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { scenarioSchema } from './scenario.schema.js';

const file = new URL('../../../scenarios/scenario.schema.json', import.meta.url);

describe('scenarios/scenario.schema.json', () => {
  // Editors check scenario files against the committed file; an old one would call right files wrong.
  it('is what `npm run --silent triwatch -- scenario schema` prints', () => {
    const printed = JSON.stringify(z.toJSONSchema(scenarioSchema, { io: 'input' }), null, 2);
    expect(readFileSync(file, 'utf8').trimEnd()).toBe(printed);
  });
});
