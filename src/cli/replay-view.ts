import { progressOf, runNowOf } from '../core/clock/clock-view.js';
import { clip, columnWidths, progressBar, ruleLine, sideBySide } from './columns.js';
import { nameIn } from './item-text.js';
import type { ReplayRecord, Seat } from './replay-record.js';
import { rowsOf } from './replay-rows.js';
import type { Pending } from './replay-rows.js';
import { print, strong, terminalStyle, terminalWidth } from './terminal.js';
import { timeIn } from './time-format.js';

const TOGETHER_MS = 100;
const BAR_CELLS = 10;

export interface ReplayViewOptions {
  notice: string;
  timeZone: string;
  /** A status line at the bottom, redrawn in place; only for a terminal. */
  pinned: boolean;
}

/** Shows the desks side by side as they receive. What comes within 100 ms of wall time goes into rows together. */
export class ReplayView {
  private pending: Pending[] = [];
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly record: ReplayRecord,
    private readonly seats: readonly Seat[],
    private readonly options: ReplayViewOptions,
  ) {
    const widths = this.widths();
    const titles = seats.map(({ party, desk }) => `${party ?? ''} ${desk.id}\n${nameIn(desk.names, desk.language)}`);
    print([strong(options.notice), '', ...sideBySide(titles, widths), ruleLine(widths)]);
    this.timer = setInterval(() => this.draw(), TOGETHER_MS);
  }

  add(pending: readonly Pending[]): void {
    this.pending.push(...pending);
  }

  /** A line across all columns, such as a rewinding of the run. */
  note(line: string): void {
    this.write([`-- ${line}`]);
  }

  close(): void {
    clearInterval(this.timer);
    this.draw();
    if (this.options.pinned) {
      process.stdout.write('\n');
    }
  }

  private widths(): number[] {
    return columnWidths(terminalWidth(), this.seats.length);
  }

  private draw(): void {
    const widths = this.widths();
    const rows = rowsOf(this.pending, this.seats, terminalStyle);
    this.pending = [];
    this.write(rows.flatMap((row) => sideBySide(row, widths)));
  }

  /** One write a draw: the status line is wiped, rows scroll above, and it is drawn again. */
  private write(lines: readonly string[]): void {
    const rows = lines.map((line) => `${line}\n`).join('');
    if (this.options.pinned) {
      process.stdout.write(`\r\u001b[K${rows}${clip(this.status(), terminalWidth() - 1)}`);
    } else if (rows) {
      process.stdout.write(rows);
    }
  }

  private status(): string {
    const { clock } = this.record;
    if (!clock) {
      return 'connecting';
    }
    const now = Date.now();
    const runNow = runNowOf(clock, now);
    const progress = progressOf(clock, runNow) ?? 0;
    const counts = this.seats.map(({ party, desk }) => `${party ?? desk.id} ${this.record.of(desk.id).length}`);
    return [
      `${progressBar(progress, BAR_CELLS)} ${String(Math.floor(progress * 100)).padStart(3)}%`,
      'not happening now',
      timeIn(this.options.timeZone, runNow),
      `x${clock.speed} ${clock.state}`,
      counts.join('  '),
    ].join(' · ');
  }
}
