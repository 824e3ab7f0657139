import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** From a millisecond, which a drain of one row takes, to the 10 s at which something is very wrong. */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/**
 * What this process counts and measures, for Prometheus. Whoever does a thing counts it here; the label values are those
 * that the comments list, and never an id, a run or a name, of which there is no end.
 */
@Injectable()
export class Metrics implements OnModuleInit {
  /** Of this application alone: two in one process must not count into each other's. */
  readonly registry = new Registry();
  private readonly measurements: (() => void)[] = [];

  /** `channel` is `socket` or `sse`. */
  readonly consoles = this.gauge('triwatch_consoles', 'Consoles that are connected.', ['channel']);
  readonly consolesBehind = this.gauge('triwatch_consoles_behind', 'Consoles whose window is full.');
  readonly acceptedTotal = this.counter('triwatch_accepted_total', 'Inputs of people that were accepted.');
  readonly itemsAppendedTotal = this.counter('triwatch_items_appended_total', 'Items appended to feeds.');
  /** Each item counts once for each console. `channel` is `socket`, `sse`, `atom` or `webhook`. */
  readonly itemsSentTotal = this.counter('triwatch_items_sent_total', 'Items handed to consoles.', ['channel']);
  /** `outcome` is `retried` or `dead`. */
  readonly webhookFailuresTotal = this.counter(
    'triwatch_webhook_failures_total',
    'Messages that a webhook did not take.',
    ['outcome'],
  );
  /** `outcome` is `read`, `unchanged` or `failed`. */
  readonly sourceLooksTotal = this.counter('triwatch_source_looks_total', 'Looks at sources.', ['outcome']);
  /** `outcome` is `relayed` or `refused`. */
  readonly relayedDocumentsTotal = this.counter('triwatch_relayed_documents_total', 'Documents of sources.', [
    'outcome',
  ]);
  readonly drainSeconds = this.histogram('triwatch_drain_seconds', 'How long one transaction of a drain took.');
  readonly duePendingAgeSeconds = this.gauge(
    'triwatch_due_pending_age_seconds',
    'How long ago the oldest row that is due and not yet told fell due.',
  );
  readonly rowsSetAsideTotal = this.counter(
    'triwatch_rows_set_aside_total',
    'Due rows that were not told because of a fault of their own.',
  );
  readonly tailReadAgeSeconds = this.gauge(
    'triwatch_tail_read_age_seconds',
    'How long ago this process last read the feeds.',
  );
  /** `level` is `received`, `displayed` or `acknowledged`. */
  readonly receiptsTotal = this.counter('triwatch_receipts_total', 'Receipts that were stored.', ['level']);
  readonly obligationsLapsedTotal = this.counter(
    'triwatch_obligations_lapsed_total',
    'Duties of desks not done in time.',
  );
  readonly rateLimitedTotal = this.counter('triwatch_rate_limited_total', 'Messages of consoles refused as too many.');
  readonly sweeperRescuesTotal = this.counter(
    'triwatch_sweeper_rescues_total',
    'Runs that the sweeper drained because the queue did not in time.',
  );
  readonly queueErrorsTotal = this.counter('triwatch_queue_errors_total', 'Errors that the queue reported.');
  readonly queueWorkerRestartsTotal = this.counter(
    'triwatch_queue_worker_restarts_total',
    'Restarts of the worker of the queue because no canary came through.',
  );
  readonly headsSignedTotal = this.counter('triwatch_heads_signed_total', 'Heads of feeds signed by this process.');
  readonly restoresTotal = this.counter('triwatch_restores_total', 'Restores of the database that were noticed.');

  /** Of the process itself (CPU, memory, event loop); not before the start, since it begins to watch the process. */
  onModuleInit(): void {
    collectDefaultMetrics({ register: this.registry });
  }

  /** Has a gauge measured whenever the metrics are read, for what changes by itself, such as an age. */
  measure(gauge: Gauge, read: () => number): void {
    this.measurements.push(() => gauge.set(read()));
  }

  /** Everything in the text format of Prometheus. */
  text(): Promise<string> {
    this.measurements.forEach((measure) => measure());
    return this.registry.metrics();
  }

  private counter<L extends string = never>(name: string, help: string, labelNames: L[] = []): Counter<L> {
    return new Counter({ name, help, labelNames, registers: [this.registry] });
  }

  private gauge<L extends string = never>(name: string, help: string, labelNames: L[] = []): Gauge<L> {
    return new Gauge({ name, help, labelNames, registers: [this.registry] });
  }

  private histogram(name: string, help: string): Histogram {
    return new Histogram({ name, help, buckets: SECONDS, registers: [this.registry] });
  }
}
