import stringWidth from 'string-width';
import { clip, columnWidths, printable, progressBar, sideBySide, table, wrapCell } from './columns.js';

it.each([
  [120, 3, 38],
  [80, 3, 24],
  [40, 3, 14],
  [80, 1, 80],
])('columnWidths(%d, %d) are %d', (width, count, each) => {
  expect(columnWidths(width, count)).toEqual(Array.from({ length: count }, () => each));
});

describe('wrapCell', () => {
  it('counts a kanji or hangul as two cells', () => {
    expect(wrapCell('北朝鮮が延坪島を砲撃', 10)).toEqual(['北朝鮮が延', '坪島を砲撃']);
    expect(wrapCell('북한 연평도 포격', 10)).toEqual(['북한', '연평도', '포격']);
  });

  it('never passes the width', () => {
    for (const width of [5, 14, 23]) {
      for (const line of wrapCell('Kim 北朝鮮が延坪島を砲撃 averyveryverylongword 포격', width)) {
        expect(stringWidth(line)).toBeLessThanOrEqual(width);
      }
    }
  });
});

describe('sideBySide', () => {
  it('keeps the columns in line whatever the script', () => {
    const lines = sideBySide(['砲撃', '포격', 'shelling'], [6, 6, 10]);
    expect(lines).toEqual(['砲撃   │ 포격   │ shelling']);
  });

  it('is as tall as the tallest cell and leaves empty cells blank', () => {
    expect(sideBySide(['', 'a\nb', ''], [3, 3, 3])).toEqual(['    │ a   │', '    │ b   │']);
    expect(sideBySide(['', ''], [3, 3])).toEqual(['    │']);
  });
});

describe('table', () => {
  it('makes room in the flexible column only', () => {
    const lines = table(
      [
        ['item', 'JP'],
        ['a rather long headline of an item that has to wrap', '+0:36:00'],
      ],
      40,
    );
    expect(lines[1]).toContain('┼');
    expect(lines.length).toBe(4);
    for (const line of lines) {
      expect(stringWidth(line)).toBeLessThanOrEqual(40);
    }
  });

  it('gives no lines for no rows', () => {
    expect(table([], 40)).toEqual([]);
  });
});

it('clips by cells and not in the middle of a character', () => {
  expect(clip('北朝鮮abc', 5)).toBe('北朝');
  expect(clip('abc', 5)).toBe('abc');
});

it('keeps control characters of others away from the terminal', () => {
  expect(printable('a\u001b[2Jb\r\nc\u202ed')).toBe('a [2Jb c d');
});

it.each([
  [0, '░░░░'],
  [0.5, '██░░'],
  [1, '████'],
  [2, '████'],
])('progressBar(%d)', (progress, bar) => {
  expect(progressBar(progress, 4)).toBe(bar);
});
