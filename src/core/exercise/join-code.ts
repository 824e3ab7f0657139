/** Crockford's base 32 (crockford.com/base32.html): no I, L, O or U, which are misread. */
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 8;

/** Bytes that a code is drawn from: five bits of each digit's byte are used. */
export const JOIN_CODE_BYTES = LENGTH;

/** A code of two groups of four, as in `7K3M-Q0XD`, from random bytes; 40 bits. */
export function joinCodeOf(bytes: Uint8Array): string {
  const digits = Array.from(bytes.subarray(0, LENGTH), (byte) => DIGITS[byte % DIGITS.length]).join('');
  return `${digits.slice(0, LENGTH / 2)}-${digits.slice(LENGTH / 2)}`;
}

/** A code as it was made from what somebody typed, in whatever case and grouping; undefined for what can be none. */
export function readJoinCode(typed: string): string | undefined {
  const digits = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}]/gu, '')
    .replace(/[IL]/g, '1')
    .replace(/O/g, '0');
  const isCode = digits.length === LENGTH && [...digits].every((digit) => DIGITS.includes(digit));
  return isCode ? `${digits.slice(0, LENGTH / 2)}-${digits.slice(LENGTH / 2)}` : undefined;
}
