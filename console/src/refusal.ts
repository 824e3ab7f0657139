import { ApiError } from './http.js';
import type { Messages } from './messages/catalogue.js';
import { errorText } from './use-loaded.js';

/** What became of sending an alert that was refused, in the reader's words where there are some for its code. */
export function refusalText(messages: Messages, error: unknown): string {
  const words: Readonly<Record<string, string>> = messages.send.refusals;
  const known = error instanceof ApiError && Object.hasOwn(words, error.code) ? words[error.code] : undefined;
  return known ?? errorText(messages, error);
}
