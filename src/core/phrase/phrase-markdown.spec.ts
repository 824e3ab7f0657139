import { readFileSync } from 'node:fs';
import { phrasesMarkdown, termsMarkdown } from './phrase-markdown.js';

const DOC = readFileSync(new URL('../../../docs/phrases.md', import.meta.url), 'utf8');

/** A table is the same however its columns are padded. */
const bare = (text: string): string =>
  text
    .replace(/ +/g, ' ')
    .replace(/\| -+/g, '| -')
    .replace(/\\([|_*<>[\]])/g, '$1');

// Written by: npm run --silent triwatch -- phrase list --markdown
it.each([
  ['every phrase', phrasesMarkdown()],
  ['every term', termsMarkdown()],
])('docs/phrases.md has %s as it is in the code', (_, text) => {
  expect(bare(DOC)).toContain(bare(text));
});
