const EVERY_MS = 250;
const EVERY_ITEMS = 64;

/** Tells what was received, cumulatively: at most every 250 ms or 64 items. */
export class ReceivedReceipts {
  private appliedSeq: number;
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly tell: (seq: number) => void,
    private toldSeq: number,
  ) {
    this.appliedSeq = toldSeq;
  }

  applied(seq: number): void {
    this.appliedSeq = seq;
    if (seq - this.toldSeq >= EVERY_ITEMS) {
      this.flush();
    } else {
      this.timer ??= setTimeout(() => this.flush(), EVERY_MS);
    }
  }

  /** After a reset the feed counts anew. */
  restart(seq: number): void {
    this.stopTimer();
    this.appliedSeq = seq;
    this.toldSeq = seq;
  }

  flush(): void {
    this.stopTimer();
    if (this.appliedSeq > this.toldSeq) {
      this.toldSeq = this.appliedSeq;
      this.tell(this.appliedSeq);
    }
  }

  private stopTimer(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}
