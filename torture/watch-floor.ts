import { AUDIENCES, CONTROLLER, type Cluster } from './cluster.js';
import { TortureConsole, type ConsoleOptions } from './console.js';
import type { Acknowledging, Items } from './history.js';
import type { Random } from './random.js';
import type { Tokens } from './tokens.js';

/** Who sits where: every audience twice on `live`, once on the drill. */
const LIVE = ['jp-cas', 'jp-mod', 'kr-jcs', 'kr-mois', 'us-indopacom', 'us-usfk', 'control', 'control'];
const DRILL = ['jp-mod', 'kr-jcs', 'us-usfk'];
/** Comes in the middle without a cursor, and must get everything. */
const LATE = 'kr-jcs';
const SHARES = { displayShare: 0.02, acknowledgeShare: 0.01 };

/** All consoles of a run of the torture. */
export class WatchFloor {
  readonly consoles: TortureConsole[] = [];
  readonly acknowledging: Acknowledging[] = [];

  constructor(
    private readonly cluster: Cluster,
    private readonly tokens: Tokens,
    private readonly items: Items,
    private readonly random: Random,
  ) {}

  open(drill: string): void {
    LIVE.forEach((desk) => this.add('live', desk));
    [...DRILL, 'control'].forEach((desk) => this.add(drill, desk));
  }

  openLate(): void {
    this.add('live', LATE);
  }

  get allConnected(): boolean {
    return this.consoles.every(({ connected }) => connected);
  }

  sum(count: (console: TortureConsole) => number): number {
    return this.consoles.reduce((sum, console) => sum + count(console), 0);
  }

  close(): void {
    this.consoles.forEach((console) => console.close());
  }

  private add(run: string, desk: string): void {
    const options: ConsoleOptions = {
      name: `${this.consoles.length}.${run === 'live' ? 'live' : 'drill'}.${desk}`,
      run,
      desk,
      audience: audienceOf(desk),
      username: desk === 'control' ? CONTROLLER : desk,
      givesReceipts: desk !== 'control',
      ...SHARES,
      acknowledging: this.acknowledging,
      tokens: this.tokens,
      urls: this.cluster.urls,
      items: this.items,
      random: this.random,
    };
    this.consoles.push(new TortureConsole(options));
  }
}

/** A desk is named after its party. */
const audienceOf = (desk: string): string => AUDIENCES.find((audience) => desk.startsWith(audience)) ?? 'control';
