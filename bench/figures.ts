import type { MeasureName } from './options.js';
import type { SystemName } from './systems/system.js';

/** A target is an upper or a lower bound of the ratio, or of the figure itself where there is nothing to compare with. */
export interface Target {
  of: 'ratio' | 'figure';
  most?: number;
  least?: number;
}

/** One figure of a measure, as the table shows it. */
export interface Figure {
  measure: MeasureName;
  key: string;
  label: string;
  digits: number;
  /** What it is compared with, round by round. */
  base?: SystemName;
  /** What the service is to reach, by the number of consoles; 0 stands for any number. */
  targets?: Record<number, Target>;
  /** The key of the median whose ratio it may be twice as high as. */
  tailOf?: string;
}

const PLAIN = 'plain-socketio';
const ratioAtMost = (most: number): Target => ({ of: 'ratio', most });
/** How long until the last console has an alert, whichever moment it is counted from. */
const PACED_TARGETS = { 300: ratioAtMost(1.7), 1000: ratioAtMost(1.3) };
const ratioAtLeast = (least: number): Target => ({ of: 'ratio', least });

export const FIGURES: readonly Figure[] = [
  {
    ...{ measure: 'paced', key: 'p50Ms', label: 'p50 ms, accepted to last console', digits: 2, base: PLAIN },
    targets: PACED_TARGETS,
  },
  {
    ...{ measure: 'paced', key: 'p99Ms', label: 'p99 ms, accepted to last console', digits: 2, base: PLAIN },
    tailOf: 'p50Ms',
  },
  {
    ...{ measure: 'paced', key: 'p50FromPostMs', label: 'p50 ms, POST sent to last console', digits: 2, base: PLAIN },
    targets: PACED_TARGETS,
  },
  {
    ...{ measure: 'paced', key: 'p99FromPostMs', label: 'p99 ms, POST sent to last console', digits: 2, base: PLAIN },
    tailOf: 'p50FromPostMs',
  },
  { measure: 'paced', key: 'p50FromAnswerMs', label: 'p50 ms, answer to last console', digits: 2 },
  {
    ...{ measure: 'burst', key: 'deliveriesPerS', label: 'deliveries/s', digits: 0, base: PLAIN },
    targets: { 1000: ratioAtLeast(3.5) },
  },
  {
    ...{ measure: 'burst', key: 'cpuMsPer100k', label: 'CPU ms per 100,000 deliveries', digits: 0, base: PLAIN },
    targets: { 1000: ratioAtMost(0.6) },
  },
  { measure: 'burst', key: 'acceptedPerS', label: 'alerts/s accepted', digits: 0, base: PLAIN },
  { measure: 'burst', key: 'clientCpuShare', label: 'CPU of the clients, share of a core', digits: 2 },
  { measure: 'real-client', key: 'deliveriesPerS', label: 'deliveries/s, real client', digits: 0, base: PLAIN },
  { measure: 'real-client', key: 'lightDeliveriesPerS', label: 'deliveries/s, light client', digits: 0, base: PLAIN },
  {
    ...{ measure: 'sustained', key: 'alertsPerS', label: 'alerts/s accepted and delivered', digits: 0 },
    base: 'insert-only',
    targets: { 0: ratioAtLeast(0.7) },
  },
  { measure: 'sustained', key: 'drainMs', label: 'ms from the last answer to the last delivery', digits: 0 },
  { measure: 'sustained', key: 'cpuMsPerAlert', label: 'CPU ms an alert', digits: 2, base: 'insert-only' },
  {
    ...{ measure: 'storm', key: 'subscribedMs', label: 'ms until all are subscribed', digits: 0, base: PLAIN },
    targets: { 1000: ratioAtMost(1.3) },
  },
  { measure: 'storm', key: 'cpuMs', label: 'CPU ms', digits: 0, base: PLAIN },
  { measure: 'memory', key: 'kibPerConsole', label: 'KiB an idle console', digits: 1, base: PLAIN },
  {
    ...{ measure: 'stalled', key: 'kibPerStalled', label: 'KiB a stalled console', digits: 0 },
    targets: { 0: { of: 'figure', most: 256 } },
  },
  { measure: 'resume', key: 'caughtUpS', label: 's until all are caught up', digits: 1 },
  { measure: 'resume', key: 'deliveriesPerS', label: 'deliveries/s', digits: 0 },
  { measure: 'resume', key: 'shareDelivered', label: 'share delivered in the time', digits: 3 },
  { measure: 'resume', key: 'cpuMsPer100k', label: 'CPU ms per 100,000 deliveries', digits: 0 },
  {
    ...{ measure: 'failover', key: 'backS', label: "s from a node's death until all are caught up", digits: 1 },
    targets: { 0: { of: 'figure', most: 10 } },
  },
];
