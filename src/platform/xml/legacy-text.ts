/** Names that documents carry for an encoding and that the Encoding Standard, and so TextDecoder, does not know. */
const ALIASES: Readonly<Record<string, string>> = {
  cp932: 'shift_jis',
  cp949: 'euc-kr',
  ms949: 'euc-kr',
  uhc: 'euc-kr',
  'x-windows-949': 'euc-kr',
  cp936: 'gbk',
  ms936: 'gbk',
  cp950: 'big5',
  ms950: 'big5',
  iso8859_1: 'windows-1252',
};

/**
 * The characters of bytes in an encoding, whatever name it goes by. Throws RangeError where the encoding is not known and TypeError
 * where the bytes are not of it.
 */
export function decoded(bytes: Uint8Array, name: string): string {
  const decoder = new TextDecoder(ALIASES[name.toLowerCase()] ?? name, { fatal: true });
  switch (decoder.encoding) {
    case 'euc-kr':
      return korean(bytes, decoder);
    case 'windows-1252':
      return decoder.decode(bytes).replace(/[\u0080-\u009f]/g, western);
    default:
      return decoder.decode(bytes);
  }
}

/** The characters 0x80 to 0x9f of windows-1252, which TextDecoder of some versions of Node leaves as control characters. */
const WESTERN = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

const western = (control: string): string => WESTERN[control.charCodeAt(0) - 0x80] ?? control;

/**
 * Korean text of windows-949, of which EUC-KR is the part that TextDecoder of Node reads: the other syllables stand before and
 * between those of EUC-KR, in the order of Unicode.
 */
function korean(bytes: Uint8Array, decoder: TextDecoder): string {
  let text = '';
  let start = 0;
  let at = 0;
  while (at < bytes.length) {
    const lead = bytes[at] ?? 0;
    const extended = lead < 0x80 ? undefined : extendedIndex(lead, bytes[at + 1] ?? 0);
    if (extended !== undefined) {
      text += decoder.decode(bytes.subarray(start, at)) + (extendedSyllables()[extended] ?? '\ufffd');
      start = at + 2;
    }
    at += lead < 0x80 ? 1 : 2;
  }
  return text + decoder.decode(bytes.subarray(start));
}

/** Trail bytes of the extension: A to Z, a to z, then 0x81 and on, in rows of 178 and, beside EUC-KR, of 84. */
const LETTERS = 26;
const [FULL_ROW, SHORT_ROW, FULL_ROWS] = [178, 84, 32];

/** Where a pair of bytes stands among the syllables of the extension; undefined for those of EUC-KR. */
function extendedIndex(lead: number, trail: number): number | undefined {
  const beside = lead > 0xa0;
  const column =
    trail >= 0x41 && trail <= 0x5a
      ? trail - 0x41
      : trail >= 0x61 && trail <= 0x7a
        ? trail - 0x61 + LETTERS
        : trail >= 0x81 && trail <= (beside ? 0xa0 : 0xfe)
          ? trail - 0x81 + 2 * LETTERS
          : undefined;
  if (column === undefined || lead < 0x81 || lead > 0xc6) {
    return undefined;
  }
  return beside ? FULL_ROWS * FULL_ROW + (lead - 0xa1) * SHORT_ROW + column : (lead - 0x81) * FULL_ROW + column;
}

let syllables: readonly string[] | undefined;

/** The 8822 syllables that EUC-KR lacks, in the order of Unicode. */
function extendedSyllables(): readonly string[] {
  syllables ??= withoutThose(new Set(plainSyllables()));
  return syllables;
}

/** The 2350 syllables of EUC-KR: the rows 0xb0 to 0xc8. */
function plainSyllables(): string {
  const rows = Array.from({ length: 0xc8 - 0xb0 + 1 }, (_, row) => row + 0xb0);
  const pairs = rows.flatMap((lead) => Array.from({ length: 94 }, (_, column) => [lead, column + 0xa1]).flat());
  return new TextDecoder('euc-kr').decode(Uint8Array.from(pairs));
}

const [FIRST_SYLLABLE, LAST_SYLLABLE] = [0xac00, 0xd7a3];

const withoutThose = (known: ReadonlySet<string>): string[] =>
  Array.from({ length: LAST_SYLLABLE - FIRST_SYLLABLE + 1 }, (_, index) =>
    String.fromCharCode(FIRST_SYLLABLE + index),
  ).filter((syllable) => !known.has(syllable));
