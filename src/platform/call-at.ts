/** The longest that a timer of Node waits; one that is longer goes off at once. */
const LONGEST_MS = 2 ** 31 - 1;

/** Calls at an instant of this process's clock, however far off, as the end of a key is. Returns what takes it back. */
export function callAt(at: Date, callback: () => void): () => void {
  let timer: NodeJS.Timeout;
  const wait = (): void => {
    const leftMs = at.getTime() - Date.now();
    timer = leftMs > LONGEST_MS ? setTimeout(wait, LONGEST_MS) : setTimeout(callback, leftMs);
  };
  wait();
  return () => clearTimeout(timer);
}
