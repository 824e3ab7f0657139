import { compareWords, spanText, type CompareWords } from '../core/compare/compare.words.js';
import type { Assumption, ComparedFlight, ComparedParty, Comparison, Outcome } from '../core/wire/comparison.js';
import { printable, table } from './columns.js';

/** A comparison as lines for a terminal: the capitals, each item, and what the result rests on. */
export function comparisonLines(comparison: Comparison, language: string, width: number): string[] {
  const words = compareWords(language);
  return [
    words.title(printable(comparison.names[words.tag] ?? comparison.scenario)),
    words.subtitle(comparison.seeds),
    ...comparison.terms.map((term) => `  ${term.id}: ${term.names[words.tag] ?? ''}${marksOf(term, words)}`),
    '',
    ...table(capitalRows(comparison, words), width),
    '',
    ...table(itemRows(comparison, words), width),
    '',
    ...comparison.flights.flatMap((flight) => [...flightLines(flight, comparison, words, width), '']),
    words.columns.assumptions,
    ...comparison.assumptions.map(assumptionLine),
    ...comparison.terms.flatMap(({ id, facts }) => facts.map((fact) => `  ${id}: ${fact}`)),
    words.sources,
    ...comparison.sources.map(({ id, publisher, title, date, url, tier }) =>
      printable(`  ${id} [${tier}] ${publisher}, ${title}${date === undefined ? '' : `, ${date}`}. ${url}`),
    ),
  ];
}

const seconds = (value: number): string => `${Math.round(value)} s`;

/** The warning that each city has left: `2 min (1 min-3 min)`. */
function flightLines(
  flight: ComparedFlight,
  { arrangements }: Comparison,
  words: CompareWords,
  width: number,
): string[] {
  if (flight.outside !== undefined) {
    return [`${flight.id}: ${flight.outside}`];
  }
  const rows = flight.cities.map(({ names, nearestAfterS, distanceKm, warningS }) => [
    names[words.tag] ?? '',
    `${seconds(nearestAfterS)}, ${distanceKm} km`,
    ...arrangements.map((id) => {
      const left = warningS[id]?.leftS;
      return left ? `${seconds(left.p50)} (${seconds(left.p10)} - ${seconds(left.p90)})` : '-';
    }),
  ]);
  const sights = flight.sights.map(
    ({ party, toldAfterS }) => `${words.capitals[party] ?? party} ${span(toldAfterS, words)}`,
  );
  return [
    `${words.warning}: ${flight.names[words.tag] ?? flight.id}`,
    `  ${words.sensors}: ${sights.join(', ')}`,
    ...table([[words.city, words.nearest, ...arrangements], ...rows], width),
  ];
}

function marksOf(term: Comparison['terms'][number], words: CompareWords): string {
  const marks = [
    term.hypothetical && words.hypothetical,
    term.outsideDates && words.outsideDates,
    term.outsideSubject > 0 && `${words.outsideSubject} (${term.outsideSubject})`,
  ].filter((mark) => mark !== false);
  return marks.length > 0 ? ` [${marks.join(', ')}]` : '';
}

function capitalRows({ capitals, arrangements }: Comparison, words: CompareWords): string[][] {
  const { columns, capitals: names } = words;
  const { capital, arrangement, items, known, newlyKnown, after, saved, withheld } = columns;
  const rows = Object.entries(capitals).flatMap(([party, figures]) =>
    arrangements.map((id) => {
      const each = figures[id];
      return [
        names[party] ?? party,
        id,
        String(each?.items),
        String(each?.known),
        String(each?.newlyKnown),
        span(each?.medianKnownAfterS, words),
        span(each?.medianSavedS, words),
        String(each?.withheld),
      ];
    }),
  );
  return [[capital, arrangement, items, known, newlyKnown, after, saved, withheld], ...rows];
}

const span = (seconds: number | null | undefined, { tag }: CompareWords): string =>
  seconds === null || seconds === undefined ? '-' : spanText(seconds, tag);

function itemRows({ items, arrangements }: Comparison, words: CompareWords): string[][] {
  const rows = items.flatMap((item) =>
    Object.entries(item.parties).map(([party, compared]) => [
      `${item.id}${item.version > 1 ? ` (${item.version})` : ''}`,
      words.capitals[party] ?? party,
      recordCell(compared, words),
      ...arrangements.map((id) => (compared.firstHand ? '' : outcomeCell(compared.under[id], words))),
    ]),
  );
  return [[words.columns.item, words.columns.capital, words.record, ...arrangements], ...rows];
}

function recordCell({ firstHand, record }: ComparedParty, words: CompareWords): string {
  if (firstHand) {
    return words.firstHand;
  }
  return record ? spanText(record.knownAfterS, words.tag) : words.notOnRecord;
}

/** What is assumed is written in English. */
const inEnglish = (seconds: number): string => spanText(seconds, 'en');

/** `23 min (16 min-33 min), 13 min saved; without narrative`. */
function outcomeCell(outcome: Outcome | undefined, words: CompareWords): string {
  if (!outcome?.knownAfterS) {
    return words.notKnown;
  }
  const { knownAfterS, savedS, withheld, share, wholeAfterS } = outcome;
  const { p10, p50, p90 } = knownAfterS;
  const spread = p10 === p90 ? '' : ` (${spanText(p10, words.tag)}-${spanText(p90, words.tag)})`;
  const saved = savedS && savedS.p50 > 0 ? `, ${spanText(savedS.p50, words.tag)} ${words.saved}` : '';
  const often = share < 1 ? `, ${Math.round(share * 100)} %` : '';
  const whole = wholeAfterS && wholeAfterS.p50 > p50 ? `, ${words.whole} ${spanText(wholeAfterS.p50, words.tag)}` : '';
  const without = withheld.length > 0 ? `; ${words.without} ${withheld.map((field) => words.fields[field]).join(', ')}` : ''; // prettier-ignore
  return `${spanText(p50, words.tag)}${spread}${often}${saved}${whole}${without}`;
}

function assumptionLine({ id, basis, text, latencyS, approvalS, sources }: Assumption): string {
  const figures = [
    latencyS && `${latencyS.map(inEnglish).join(' / ')}`,
    approvalS && `approval ${approvalS.map(inEnglish).join(' / ')}`,
  ].filter(Boolean);
  const shown = figures.length > 0 ? ` ${figures.join(', ')}` : '';
  return printable(`  ${id} (${basis})${shown}: ${text}${sources.length > 0 ? ` [${sources.join(', ')}]` : ''}`);
}
