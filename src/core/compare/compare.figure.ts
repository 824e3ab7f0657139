import type { Comparison, ComparedItem, Outcome } from '../wire/comparison.js';
import { compareWords, spanText, type CompareWords } from './compare.words.js';

const WIDTH = 1200;
const LEFT = 430;
const RIGHT = 150;
const TOP = 150;
const LANE = 16;
const GAP = 12;
const NAME_WIDTH = 300;
const CHAR = 7;
const COLOURS = ['#0b5394', '#b45f06', '#38761d', '#741b47', '#134f5c', '#7f6000', '#660000', '#20124d', '#444444', '#990099']; // prettier-ignore

/**
 * The comparison as an SVG picture in one language: for each item and capital one line an arrangement, a dot at the median and a
 * bar from the tenth to the ninetieth percentile, beside a ring for the record. Items that no capital is told of are left out.
 */
export function comparisonFigure(comparison: Comparison, language: string): string {
  const words = compareWords(language);
  const rows = rowsOf(comparison, words);
  const scale = scaleOf(rows);
  const lanes = rows.reduce((sum, { lines }) => sum + lines.length * LANE + GAP, 0);
  const legend = legendOf(comparison, words);
  const foot = footOf(comparison, words);
  const height = TOP + legend.height + lanes + 60 + foot.length * 16;
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" lang="${words.tag}" role="img" font-family="'Noto Sans','Noto Sans CJK JP','Noto Sans CJK KR','Hiragino Sans','Malgun Gothic','Yu Gothic',sans-serif" font-size="12">`,
    `<title>${escaped(words.title(nameIn(comparison.names, words)))}</title>`,
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    text(20, 36, words.title(nameIn(comparison.names, words)), 'font-size="20" font-weight="600"'),
    text(20, 60, words.subtitle(comparison.seeds), 'fill="#444444"'),
    ...legend.parts,
    ...axis(scale, words, TOP + legend.height - 24, TOP + legend.height + lanes),
  ];
  let y = TOP + legend.height;
  for (const row of rows) {
    parts.push(...rowParts(row, y, scale));
    y += row.lines.length * LANE + GAP;
  }
  foot.forEach((line, index) => parts.push(text(20, y + 44 + index * 16, line, 'font-size="11" fill="#444444"')));
  return `${[...parts, '</svg>'].join('\n')}\n`;
}

interface Line {
  readonly colour: string;
  readonly outcome?: Outcome;
  readonly recordS?: number;
  readonly label: string;
}

interface Row {
  readonly name: string;
  readonly capital: string;
  readonly lines: readonly Line[];
}

function rowsOf({ items, arrangements }: Comparison, words: CompareWords): Row[] {
  return items.flatMap((item) =>
    Object.entries(item.parties).flatMap(([party, { firstHand, record, under }]) => {
      const told = arrangements.some((id) => (under[id]?.share ?? 0) > 0);
      if (firstHand || !told || record?.basis === 'published') {
        return [];
      }
      const lines = arrangements.map((id, index): Line => {
        const outcome = under[id];
        return {
          colour: COLOURS[index % COLOURS.length] as string,
          outcome,
          recordS: record?.knownAfterS,
          label: labelOf(outcome, words),
        };
      });
      return [{ name: nameOf(item, words), capital: words.capitals[party] ?? party, lines }];
    }),
  );
}

function labelOf(outcome: Outcome | undefined, words: CompareWords): string {
  if (!outcome?.knownAfterS) {
    return words.notKnown;
  }
  const partly = outcome.wholeAfterS === null || outcome.wholeAfterS.p50 > outcome.knownAfterS.p50;
  return `${spanText(outcome.knownAfterS.p50, words.tag)}${partly ? ` (${words.partly})` : ''}`;
}

type Scale = (seconds: number) => number;

const TICKS_S = [1, 10, 60, 300, 900, 3_600, 4 * 3_600, 24 * 3_600];

/** Logarithmic from a second on, since times run from seconds to hours. */
function scaleOf(rows: readonly Row[]): Scale {
  const values = rows.flatMap(({ lines }) => lines.flatMap(({ outcome, recordS }) => [outcome?.knownAfterS?.p90 ?? 1, recordS ?? 1]));
  const most = Math.max(3_600, ...values);
  const room = WIDTH - LEFT - RIGHT;
  return (seconds) => LEFT + (Math.log(Math.max(1, seconds)) / Math.log(most)) * room;
} // prettier-ignore

function axis(scale: Scale, words: CompareWords, top: number, bottom: number): string[] {
  const ticks = TICKS_S.filter((tick) => scale(tick) <= WIDTH - RIGHT + 1);
  return [
    ...ticks.flatMap((tick) => [
      `<line x1="${fixed(scale(tick))}" y1="${top}" x2="${fixed(scale(tick))}" y2="${bottom}" stroke="#dddddd"/>`,
      text(scale(tick), top - 4, spanText(tick, words.tag), 'text-anchor="middle" fill="#444444" font-size="11"'),
    ]),
    text(LEFT - 24, top - 4, words.axis, 'text-anchor="end" fill="#444444" font-size="11"'),
  ];
}

function rowParts({ name, capital, lines }: Row, y: number, scale: Scale): string[] {
  const parts = [
    ...wrapped(name, NAME_WIDTH, lines.length).map((part, index) => text(20, y + 4 + index * LANE, part, '')),
    text(LEFT - 12, y + 4, capital, 'text-anchor="end" font-weight="600"'),
  ];
  lines.forEach(({ colour, outcome, recordS, label }, index) => {
    const at = y + index * LANE;
    const known = outcome?.knownAfterS;
    if (recordS !== undefined) {
      parts.push(`<circle cx="${fixed(scale(recordS))}" cy="${at}" r="5" fill="none" stroke="#888888"/>`);
    }
    if (known) {
      parts.push(
        `<line x1="${fixed(scale(known.p10))}" y1="${at}" x2="${fixed(scale(known.p90))}" y2="${at}" stroke="${colour}" stroke-width="3" stroke-opacity="0.45"/>`,
        `<circle cx="${fixed(scale(known.p50))}" cy="${at}" r="4" fill="${colour}"/>`,
      );
    }
    parts.push(text(WIDTH - RIGHT + 14, at + 4, label, `fill="${colour}" font-size="11"`));
  });
  return parts;
}

function legendOf({ terms }: Comparison, words: CompareWords): { parts: string[]; height: number } {
  const parts = terms.flatMap((term, index) => {
    const y = 86 + index * 18;
    const marks = [
      term.hypothetical && words.hypothetical,
      term.outsideDates && words.outsideDates,
      term.outsideSubject > 0 && words.outsideSubject,
    ].filter((mark) => mark !== false);
    const note = marks.length > 0 ? ` [${marks.join(', ')}]` : '';
    return [
      `<circle cx="26" cy="${y - 4}" r="5" fill="${COLOURS[index % COLOURS.length]}"/>`,
      text(40, y, `${nameIn(term.names, words)}${note}`, ''),
    ];
  });
  const y = 86 + terms.length * 18;
  return {
    parts: [
      ...parts,
      `<circle cx="26" cy="${y - 4}" r="5" fill="none" stroke="#888888"/>`,
      text(40, y, words.record, ''),
    ],
    height: (terms.length + 1) * 18 - 20,
  };
}

function footOf({ sources }: Comparison, words: CompareWords): string[] {
  return [
    words.assumed,
    `${words.sources}:`,
    ...sources.map(({ publisher, title, date, tier }) =>
      clipped(`${publisher}, ${title}${date === undefined ? '' : `, ${date}`} [${tier}]`, WIDTH - 40),
    ),
  ];
}

const nameIn = (names: Readonly<Record<string, string>>, { tag }: CompareWords): string => names[tag] ?? '';
const nameOf = ({ headlines, version }: ComparedItem, words: CompareWords): string =>
  `${nameIn(headlines, words)}${version > 1 ? ` (${version})` : ''}`;

/** About as much of a text as fits into a width: a wide character takes two cells. */
function fitting(value: string, width: number): string {
  let used = 0;
  let kept = '';
  for (const character of value) {
    used += character.charCodeAt(0) > 0x2e80 ? 12 : CHAR - 0.5;
    if (used > width) {
      return kept;
    }
    kept += character;
  }
  return kept;
}

const clipped = (value: string, width: number): string => {
  const kept = fitting(value, width);
  return kept === value ? value : `${kept}…`;
};

/** A text in at most so many lines of a width, broken at its last space where a line has one; the last line is clipped. */
function wrapped(value: string, width: number, most: number): string[] {
  const line = fitting(value, width);
  if (line === value || most <= 1) {
    return [clipped(value, width)];
  }
  const space = value[line.length] === ' ' ? line.length : line.lastIndexOf(' ');
  const end = space > 0 ? space : line.length;
  return [value.slice(0, end), ...wrapped(value.slice(end).trimStart(), width, most - 1)];
}

const fixed = (value: number): string => value.toFixed(1);
const escaped = (value: string): string =>
  value.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign);
const text = (x: number, y: number, value: string, attributes: string): string =>
  `<text x="${fixed(x)}" y="${fixed(y)}" ${attributes}>${escaped(value)}</text>`;
