const primaryOf = (tag: string): string => tag.split('-')[0] ?? tag;

/** Picks the wanted BCP 47 tag, then its closest relative, then English, then whatever there is; undefined of nothing. */
export function pickLanguage(available: readonly string[], wanted: string): string | undefined {
  for (const tag of [wanted, 'en-US']) {
    const found =
      available.find((each) => each === tag) ?? available.find((each) => primaryOf(each) === primaryOf(tag));
    if (found !== undefined) {
      return found;
    }
  }
  return available[0];
}

/** Whether two tags are of one language: `en-GB` and `en-US` are. */
export const isSameLanguage = (one: string, other: string): boolean => primaryOf(one) === primaryOf(other);
