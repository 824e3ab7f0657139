import { table } from './columns.js';
import type { ReplaySummary } from './replay-summary.js';
import { delayText } from './time-format.js';

const NOT_KNOWN = 'not known to\nhave been told';

/** The summary of a replay as lines of at most `width` cells where the tables allow it. */
export function summaryLines(summary: ReplaySummary, width: number): string[] {
  return [
    '',
    summary.notice,
    ...itemLines(summary),
    ...knewLines(summary, width),
    ...untimedLines(summary),
    '',
    `Points on which sources disagree: ${summary.conflicts}`,
    latencyLine(summary),
    `Digest: ${summary.digest ?? '(none)'}`,
    ...outcomeLines(summary),
  ];
}

function itemLines(summary: ReplaySummary): string[] {
  const rows = summary.desks.map((desk) => [
    desk.party ?? desk.audience,
    desk.desk,
    desk.language,
    String(desk.items.length),
    String(desk.lastSeq),
  ]);
  return ['', 'Items a desk', ...table([['audience', 'desk', 'language', 'items', 'last seq'], ...rows], Infinity)];
}

function knewLines(summary: ReplaySummary, width: number): string[] {
  if (summary.knew.length === 0) {
    return [];
  }
  const audiences = [...new Set(summary.knew.flatMap((row) => row.audiences.map(({ audience }) => audience)))];
  const partyOf = new Map(summary.knew.flatMap((row) => row.audiences.map((told) => [told.audience, told.party])));
  const rows = summary.knew.map((row) => [
    row.headline,
    ...audiences.map((audience) => cellOf(row.audiences.find((told) => told.audience === audience)?.delayMs)),
    row.others.map((other) => `${other.name} ${cellOf(other.delayMs)}`.replace('\n', ' ')).join('\n') || '-',
  ]);
  const heading = ['item', ...audiences.map((audience) => partyOf.get(audience) ?? audience), 'others'];
  return ['', 'Who knew what, how long after it happened (h:mm:ss)', ...table([heading, ...rows], width)];
}

const cellOf = (delayMs: number | undefined): string => (delayMs === undefined ? NOT_KNOWN : delayText(delayMs));

function untimedLines(summary: ReplaySummary): string[] {
  return summary.untimed.length === 0
    ? []
    : ['', 'No source gives a time (listed, not played)', ...summary.untimed.map(({ headline }) => `- ${headline}`)];
}

function latencyLine({ latencyMs }: ReplaySummary): string {
  const { samples, p50, p99, max } = latencyMs;
  return samples === 0
    ? 'Delivery latency: nothing measured'
    : `Delivery latency, due to received: p50 ${p50} ms, p99 ${p99} ms, max ${max} ms (${samples} deliveries)`;
}

function outcomeLines(summary: ReplaySummary): string[] {
  return summary.faults.length === 0
    ? ['Every desk received its whole feed in order: no gap, no duplicate.']
    : [`FAILED: ${summary.faults.length} fault(s)`, ...summary.faults.map((fault) => `  ${fault}`)];
}
