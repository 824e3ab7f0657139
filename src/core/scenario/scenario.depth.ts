import { Lexer } from 'yaml';

/** More than any sensible scenario needs, and few enough for every recursive reader. */
const MAX_BRACKETS = 64;
const MAX_INDENT = 200;
const MAX_MARKS_IN_A_LINE = 32;

/**
 * Returns where a text nests more deeply than can be read safely, or undefined. A few thousand nested brackets
 * make the YAML library run out of memory and take the process with it, so they are refused before it sees them.
 * Only the tokens are looked at, hence brackets inside a text count for nothing.
 */
export function tooDeepAt(text: string): { line: number; column: number } | undefined {
  let line = 1;
  let column = 1;
  let brackets = 0;
  let marks = 0;
  for (const token of new Lexer().lex(text)) {
    if (token === '[' || token === '{') {
      brackets += 1;
    } else if (token === ']' || token === '}') {
      brackets -= 1;
    } else if (brackets === 0 && (token === ':' || token === '-' || token === '?')) {
      // Outside brackets each of these may open a level on the same line, as in "- - - text".
      marks += 1;
    }
    const indent = column === 1 && /^ +$/.test(token) ? token.length : 0;
    if (brackets > MAX_BRACKETS || indent > MAX_INDENT || marks > MAX_MARKS_IN_A_LINE) {
      return { line, column };
    }
    const breaks = token.split('\n').length - 1;
    if (breaks > 0) {
      line += breaks;
      column = token.length - token.lastIndexOf('\n');
      marks = 0;
    } else if (!CONTROL_TOKENS.has(token)) {
      column += token.length;
    }
  }
  return undefined;
}

/** Tokens of the lexer that stand for no text: byte order mark, start of document, of a scalar, and an error in flow. */
const CONTROL_TOKENS = new Set(['\u0002', '\u0018', '\u001f']);
