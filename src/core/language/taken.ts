/** A text without what was read from it, so that the next reader does not take 29 of 7:29 for a number. */
export interface Taken<T> {
  readonly found: T[];
  readonly rest: string;
}
