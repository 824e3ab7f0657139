import type { Group } from './messages.js';

/** What a console tells about what it got. */
export interface ConsoleEvents {
  /** It follows its feed. */
  subscribed(): void;
  delivered(number: number): void;
  gap(): void;
  reconnecting(): void;
  receiptRefused(): void;
  failed(message: string): void;
}

export interface BenchConsole {
  readonly group: Group;
  close(): void;
}

/** A console sends a receipt at most so often, or after so many items. */
export const RECEIPT_MS = 1_000;
export const RECEIPT_ITEMS = 64;
