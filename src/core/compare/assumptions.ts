import type { ArrangementsFile, Channel } from '../arrangement/arrangement.schema.js';
import { compareText } from '../delivery/order.js';
import type { Assumption, Comparison } from '../wire/comparison.js';

/** Rules of the model itself, in the order in which a reader needs them. */
const RULES: readonly [string, string][] = [
  ['record-stands', 'What the record says that a capital knew, it knows at the latest under every arrangement but "none" and the chains of 2010; an arrangement can only be faster.'],
  ['first-hand', 'Who did a thing has it first-hand; where nobody did, the first on record as knowing. Others are told from there.'],
  ['not-known', 'Where no source says that a capital knew, the record column says so; the model\'s time stands beside it and is no claim about history.'],
  ['originator-control', 'Nobody passes on across a border what another party gave, unless the channel has its approval.'],
  ['not-released', 'What went on inside a capital is taken as not released where the scenario marks it so.'],
  ['warning-time', 'A shelter text is taken to go out on the first word of a launch, with its place and direction; whoever decides may wait for more. Sensors and flight are those of docs/model.md.'],
  ['unknowable', 'The model knows no reluctance, no doubt and no crowded line: whether a capital would have passed a thing on is not known, only how fast it could have.'],
]; // prettier-ignore

/** What a result rests on: the rules of the model, and each channel that told somebody something. */
export function assumptionsOf(file: ArrangementsFile, channels: readonly Channel[]): Assumption[] {
  const each = [...new Map(channels.map((channel) => [channel.id, channel])).values()];
  return [
    ...RULES.map(([id, text]): Assumption => ({ id, basis: 'rule', text, sources: [] })),
    ...each.sort((a, b) => compareText(a.id, b.id)).map((channel) => ofChannel(file, channel)),
  ];
}

function ofChannel(file: ArrangementsFile, channel: Channel): Assumption {
  const name = (agency: string): string => file.agencies[agency]?.names['en-US'] ?? agency;
  const approval = typeof channel.approval === 'object' ? channel.approval : undefined;
  const approvalText = approval ? ` Approval (${approval.basis}): ${approval.why}` : '';
  return {
    id: channel.id,
    basis: channel.basis,
    text: `${name(channel.from)} to ${name(channel.to)}: ${channel.why}${approvalText}`,
    latencyS: channel.latencyS,
    approvalS: approval?.waitS,
    availability: channel.availability === 1 ? undefined : channel.availability,
    sources: [...new Set([...channel.sources, ...(approval?.sources ?? [])])],
  };
}

/** The sources of these ids, each once, in the order of the file. */
export function sourcesIn(file: ArrangementsFile, ids: readonly string[]): Comparison['sources'] {
  return Object.entries(file.sources)
    .filter(([id]) => ids.includes(id))
    .map(([id, source]) => ({ id, ...source }));
}
