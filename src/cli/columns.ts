import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';

/** Widths here are terminal cells: a kanji or hangul takes two. */
const SEPARATOR = ' │ ';
const NARROWEST = 14;

/** The text without control characters and direction overrides: what others wrote must not steer a terminal. */
export const printable = (text: string): string => text.replace(/[\p{Cc}\p{Bidi_Control}]+/gu, ' ');

/** Widths of `count` columns that together with their separators fit into `width` cells. */
export function columnWidths(width: number, count: number): number[] {
  const room = width - SEPARATOR.length * (count - 1);
  const each = Math.max(NARROWEST, Math.floor(room / Math.max(1, count)));
  return Array.from({ length: count }, () => each);
}

/** Wraps by display width; words break only when they are longer than the column. */
export const wrapCell = (text: string, width: number): string[] =>
  wrapAnsi(text, width, { hard: true, trim: true }).split('\n');

const padCell = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - stringWidth(text)));

/** One row of cells side by side: as many lines as its tallest cell. Cells may hold line breaks. */
export function sideBySide(cells: readonly string[], widths: readonly number[]): string[] {
  const wrapped = cells.map((cell, index) =>
    cell === '' ? [] : cell.split('\n').flatMap((line) => wrapCell(line, widths[index] ?? NARROWEST)),
  );
  const height = Math.max(1, ...wrapped.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) =>
    wrapped
      .map((lines, index) => padCell(lines[line] ?? '', widths[index] ?? NARROWEST))
      .join(SEPARATOR)
      .trimEnd(),
  );
}

export const ruleLine = (widths: readonly number[]): string => widths.map((width) => '─'.repeat(width)).join('─┼─');

/** Cuts to at most `width` cells, so that a status line never wraps. Takes plain text only. */
export function clip(text: string, width: number): string {
  let used = 0;
  let kept = '';
  for (const character of text) {
    used += stringWidth(character);
    if (used > width) {
      return kept;
    }
    kept += character;
  }
  return kept;
}

const SNUG = 24;

/**
 * A table whose first row is its heading. Every column is as wide as its widest line. When that is more than `width`,
 * the column `flexible` gives way first, and the others only where that is not enough.
 */
export function table(rows: readonly (readonly string[])[], width: number, flexible = 0): string[] {
  const widths = fitted(naturalWidths(rows), width, flexible);
  return rows.flatMap((row, index) => {
    const lines = sideBySide(
      widths.map((_, column) => row[column] ?? ''),
      widths,
    );
    return index === 0 ? [...lines, ruleLine(widths)] : lines;
  });
}

function naturalWidths(rows: readonly (readonly string[])[]): number[] {
  const count = Math.max(0, ...rows.map((row) => row.length));
  return Array.from({ length: count }, (_, column) =>
    Math.max(1, ...rows.flatMap((row) => (row[column] ?? '').split('\n').map((line) => stringWidth(line)))),
  );
}

function fitted(widths: number[], width: number, flexible: number): number[] {
  const separators = SEPARATOR.length * Math.max(0, widths.length - 1);
  const excess = (now: number[]): number => now.reduce((sum, each) => sum + each, separators) - width;
  const give = (now: number[]): number[] =>
    now.map((each, column) => (column === flexible ? Math.max(Math.min(each, SNUG), each - excess(now)) : each));
  if (excess(widths) <= 0) {
    return widths;
  }
  const given = give(widths);
  return excess(given) <= 0
    ? given
    : give(widths.map((each, column) => (column === flexible ? each : Math.min(each, NARROWEST))));
}

/** A bar of `width` cells, filled by `progress` (0..1). */
export function progressBar(progress: number, width: number): string {
  const filled = Math.round(Math.min(1, Math.max(0, progress)) * width);
  return '█'.repeat(filled) + '░'.repeat(width - filled);
}
