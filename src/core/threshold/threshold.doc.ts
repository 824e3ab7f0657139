import { quantitiesOf, type Quantity } from './common.js';
import type { Threshold, ThresholdsFile } from './threshold.schema.js';
import { THRESHOLD_SUBJECTS } from './threshold.schema.js';
import { converted } from './units.js';

const TITLES: Record<Threshold['subject'], string> = {
  'treated-water': 'Treated water',
  food: 'Food',
  radiation: 'Radiation',
};

/** The tables of docs/thresholds.md: for each quantity who has which figure, the proposed common one, and how far apart they are. */
export function thresholdTables(file: ThresholdsFile): string {
  const quantities = quantitiesOf(file);
  return THRESHOLD_SUBJECTS.map((subject) =>
    [
      `### ${TITLES[subject]}`,
      '',
      '| quantity | who | figure | kind | beside the common one | source |',
      '| --- | --- | --- | --- | --- | --- |',
      ...quantities.filter((each) => each.subject === subject).flatMap((quantity) => rowsOf(file, quantity)),
    ].join('\n'),
  ).join('\n\n');
}

function rowsOf(file: ThresholdsFile, { substance, medium, thresholds, common, spread }: Quantity): string[] {
  const name = `${file.substances[substance]?.names['en-US'] ?? substance}, ${file.media[medium]?.['en-US'] ?? medium} (\`${substance}\`, \`${medium}\`)`;
  const apart = spread === 1 ? '' : `, ${spread} times apart`;
  return [
    `| **${name}** | proposed common | ${figureOf(common)}${apart} | proposal | – | the strictest: \`${common.id}\` |`,
    ...thresholds.map((each) => rowOf(file, each, common)),
  ];
}

function rowOf(file: ThresholdsFile, threshold: Threshold, common: Threshold): string {
  const { id, by, names, kind, since, sources, note } = threshold;
  const cited = sources.flatMap((source) => {
    const { title, url, tier, date } = file.sources[source]!;
    return [`[${title.replaceAll('|', '/')}](${url})${date ? `, ${date}` : ''} (${tier})`];
  });
  const times = Number(((converted(threshold.value, threshold.unit, common.unit) ?? 0) / common.value).toPrecision(3));
  return `| \`${id}\` | ${by} | ${figureOf(threshold)}, ${names['en-US']}${since ? `, since ${since}` : ''}${note ? `. ${note}` : ''} | ${kind} | × ${times} | ${cited.join('; ')} |`;
}

const figureOf = ({ value, unit, crossed }: Threshold): string =>
  `${crossed === 'above' ? 'above' : 'from'} ${value} ${unit}`;
