/** Tokens have six digits: enough for a run, and of one length, so that all alerts have the same size. */
export const DIGITS = 6;
const HASH = 0x23;
const ZERO = 0x30;

/** What marks one alert in whatever a system makes of it. It stands once in each alert. */
export const tokenOf = (number: number): string => `#${String(number).padStart(DIGITS, '0')}#`;

/** Calls `found` with the number of each token in a text, in order. Nothing is parsed: it is to cost next to nothing. */
export function scanTokens(text: Uint8Array, found: (number: number) => void): void {
  for (let at = text.indexOf(HASH); at >= 0; at = text.indexOf(HASH, at)) {
    const end = at + DIGITS + 1;
    const number = text[end] === HASH ? numberAt(text, at + 1) : -1;
    if (number >= 0) {
      found(number);
    }
    at = number >= 0 ? end + 1 : at + 1;
  }
}

function numberAt(text: Uint8Array, from: number): number {
  let number = 0;
  for (let at = from; at < from + DIGITS; at += 1) {
    const digit = (text[at] ?? 0) - ZERO;
    if (digit < 0 || digit > 9) {
      return -1;
    }
    number = number * 10 + digit;
  }
  return number;
}
