import { primaryPairs, type Block } from './blocks.js';
import { figuresOf, type Figures, type Quantity } from './figures.js';
import type { Day } from './figures.days.js';
import type { TimeOfDay } from './figures.times.js';
import type { LanguageFinding } from './language-finding.js';

const SOURCE = 'Translation check of ours: figures are the part of a message that people act on';

/** Numbers from here on are written in figures in every language; below, words such as "a pair" or "once" stand for them. */
const LARGE = 13;

/** Times, days and quantities of one language that another does not have; each pair of languages is compared once. */
export function figureFindings(blocks: readonly Block[]): LanguageFinding[] {
  const figures = new Map(blocks.map((block) => [block, figuresOf(block.text, block.primary)]));
  return primaryPairs(blocks).flatMap(([one, other]) => {
    const [here, there] = [figures.get(one), figures.get(other)];
    return here && there ? pairFindings(one, here, other, there) : [];
  });
}

function pairFindings(one: Block, here: Figures, other: Block, there: Figures): LanguageFinding[] {
  const compare = <T extends { text: string }>(
    rule: string,
    what: string,
    [ours, theirs]: readonly [T[], T[]],
    isSame: (a: T, b: T) => boolean,
    alone: boolean,
  ): LanguageFinding[] => {
    const only = ours.filter((a) => !theirs.some((b) => isSame(a, b)));
    const onlyThere = theirs.filter((b) => !ours.some((a) => isSame(a, b)));
    const differs = only.length > 0 && onlyThere.length > 0;
    return differs || (alone && only.length + onlyThere.length > 0)
      ? [finding(rule, what, one, quoted(only), other, quoted(onlyThere))]
      : [];
  };
  return [
    ...compare('TIME_DIFFERS', 'time', [here.times, there.times], isSameTime, true),
    ...compare('DAY_DIFFERS', 'day', [here.days, there.days], isSameDay, false),
    ...compare('NUMBER_DIFFERS', 'number', largeOf(here, there), (a, b) => a.value === b.value, false),
    ...unitsOf(here).flatMap((unit) =>
      compare(
        'QUANTITY_DIFFERS',
        unit,
        [inUnit(here, unit), inUnit(there, unit)],
        (a, b) => a.value === b.value,
        false,
      ),
    ),
  ];
}

const isSameTime = (a: TimeOfDay, b: TimeOfDay): boolean => a.minutes.some((minute) => b.minutes.includes(minute));

const isSameDay = (a: Day, b: Day): boolean =>
  a.day === b.day && (a.month === undefined || b.month === undefined || a.month === b.month);

/** The large numbers of each side that stand without a unit; one that the other side writes with a unit is no difference. */
function largeOf(here: Figures, there: Figures): [Quantity[], Quantity[]] {
  const large = ({ quantities }: Figures, others: Figures): Quantity[] =>
    quantities.filter(
      ({ unit, value }) =>
        unit === undefined &&
        (value >= LARGE || !Number.isInteger(value)) &&
        !others.quantities.some((other) => other.unit !== undefined && other.value === value),
    );
  return [large(here, there), large(there, here)];
}

const unitsOf = ({ quantities }: Figures): string[] => [
  ...new Set(quantities.flatMap(({ unit }) => (unit === undefined ? [] : [unit]))),
];

const inUnit = ({ quantities }: Figures, unit: string): Quantity[] => quantities.filter((each) => each.unit === unit);

const quoted = (figures: readonly { text: string }[]): string =>
  [...new Set(figures.map(({ text }) => `"${text}"`))].join(', ') || 'nothing like it';

const finding = (
  rule: string,
  what: string,
  one: Block,
  ours: string,
  other: Block,
  theirs: string,
): LanguageFinding => ({
  rule,
  severity: 'warning',
  path: other.path,
  message: `A ${what} differs: ${one.language} says ${ours}, ${other.language} says ${theirs}`,
  source: SOURCE,
});
