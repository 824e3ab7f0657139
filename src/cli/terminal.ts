import { styleText } from 'node:util';
import type { Style } from './replay-rows.js';

const WIDTH_WITHOUT_TERMINAL = 120;

export const terminalWidth = (): number => process.stdout.columns || WIDTH_WITHOUT_TERMINAL;

/**
 * Node leaves colours out where the stream is no terminal or NO_COLOR is set. One format at a time: given a list,
 * Node 20 looks at neither.
 */
const styled = (format: 'dim' | 'bold' | 'red', text: string): string =>
  styleText(format, text, { stream: process.stdout, validateStream: true });

export const terminalStyle: Style = {
  quiet: (text) => styled('dim', text),
  urgent: (text) => styled('bold', styled('red', text)),
};

export const strong = (text: string): string => styled('bold', text);

export function print(lines: string | readonly string[]): void {
  process.stdout.write(`${typeof lines === 'string' ? lines : lines.join('\n')}\n`);
}

export function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Calls `stop` at the first Ctrl-C (or SIGTERM). A second one ends the process at once, as usual. */
export function onInterrupt(stop: () => void): () => void {
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  return () => {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  };
}
