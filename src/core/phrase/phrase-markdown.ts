import { TERM_GROUPS } from '../language/terms.js';
import { optionalSlots, requiredSlots, type Phrase, type PhraseText } from './phrase.js';
import { PHRASES } from './phrases.js';

/** Every phrase as docs/phrases.md has it: a heading, its mapping to CAP, its source, and a row for each language. */
export const phrasesMarkdown = (): string => PHRASES.map(phraseMarkdown).join('\n\n');

/** The list of terms as docs/phrases.md has it. */
export const termsMarkdown = (): string =>
  TERM_GROUPS.map(({ about, terms, mustAppear, source }) =>
    [
      `- **${about}**${mustAppear ? ' (must appear in every language that can be read)' : ''}: ${source}`,
      ...terms.map(({ concept, ja, ko, en }) => `  - ${concept}: ${[ja, ko, en].map((words) => `\`${words.source}\``).join(', ')}`), // prettier-ignore
    ].join('\n'),
  ).join('\n');

function phraseMarkdown(phrase: Phrase): string {
  const { id, camf, msgType, responseType, urgency, severity, certainty, status, texts, details = {}, source } = phrase;
  const added = Object.entries(details).flatMap(([slot, words]) =>
    Object.entries(words).map(([language, text]) => `| ${language} | added with ${slot} | ${text} |`),
  );
  return [
    `### \`${id}\``,
    '',
    `${camf === undefined ? '' : `CAMF ${camf}. `}msgType ${msgType}, responseType ${responseType}, ${urgency} / ${severity} / ${certainty}${status ? `, status ${status} only` : ''}.`,
    `Slots: ${slotsOf(phrase)}. Source: ${source}.`,
    '',
    '| Language | Wording | Text |',
    '| --- | --- | --- |',
    ...Object.entries(texts).map(([language, text]) => `| ${language} | ${text.wording} | ${partsOf(text)} |`),
    ...added,
  ].join('\n');
}

function slotsOf(phrase: Phrase): string {
  const all = [
    ...requiredSlots(phrase).map((name) => `${name} (required)`),
    ...optionalSlots(phrase).map((name) => `${name} (optional)`),
  ];
  return all.join(', ') || 'none';
}

/** Headline, description and instruction, with strokes between them. */
const partsOf = ({ headline, description, instruction }: PhraseText): string =>
  [headline, description, instruction].filter((part) => part !== undefined).join(' / ');
