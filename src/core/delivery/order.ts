/** Compares by UTF-16 code unit: the same everywhere, and for ASCII ids the same as the C collation in the database. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
