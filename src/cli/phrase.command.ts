import { Option, type Command } from 'commander';
import { phrasesMarkdown, termsMarkdown } from '../core/phrase/phrase-markdown.js';
import { optionalSlots, requiredSlots, type Language } from '../core/phrase/phrase.js';
import { PHRASES } from '../core/phrase/phrases.js';
import { SHIPPED_LANGUAGES } from '../core/scenario/languages.js';
import { table } from './columns.js';
import { print, terminalWidth } from './terminal.js';

export function addPhrase(program: Command): void {
  program
    .command('phrase')
    .description('list the standard phrases that an alert can use')
    .command('list')
    .description('list every phrase with its slots and its headline')
    .addOption(new Option('--language <tag>', 'of the headlines').choices(SHIPPED_LANGUAGES).default('en-US'))
    .option('--json', 'print the phrases whole, as JSON')
    .option('--markdown', 'print the phrases and the terms as docs/phrases.md has them')
    .addHelpText('after', '\nExample:\n  npm run triwatch -- phrase list --language ja-JP')
    .action(list);
}

function list(options: { language: Language; json?: boolean; markdown?: boolean }): void {
  if (options.json) {
    print(JSON.stringify(PHRASES, null, 2));
  } else if (options.markdown) {
    print(`${phrasesMarkdown()}\n\n${termsMarkdown()}`);
  } else {
    const rows = PHRASES.map((phrase) => [
      phrase.id,
      phrase.camf?.toString() ?? '',
      phrase.msgType,
      [...requiredSlots(phrase), ...optionalSlots(phrase).map((slot) => `[${slot}]`)].join(' '),
      phrase.texts[options.language].headline,
    ]);
    print(table([['id', 'CAMF', 'msgType', 'slots ([optional])', 'headline'], ...rows], terminalWidth(), 4));
  }
}
