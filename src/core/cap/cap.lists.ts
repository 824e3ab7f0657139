/** An item of a list: between quotes where it has spaces, otherwise up to the next space. */
const ITEM = /"([^"]*)"|[^\s"]+/g;

/** The items of `addresses` or `incidents`: separated by white space, with quotes round those that have some (CAP 3.2.1). */
export const readList = (text: string): string[] => [...text.matchAll(ITEM)].map((match) => match[1] ?? match[0]);

/** Whether each quote of such a list has its other. */
export const quotesMatch = (text: string): boolean => (text.match(/"/g) ?? []).length % 2 === 0;

/** Such a list as CAP writes it. Quotes within an item cannot be written and are left out. */
export const writeList = (items: readonly string[]): string =>
  items
    .map((item) => item.replaceAll('"', ''))
    .map((item) => (/\s/.test(item) ? `"${item}"` : item))
    .join(' ');
