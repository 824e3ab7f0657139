import { XMLBuilder } from 'fast-xml-parser';
import type { AtomEntry, AtomPage } from '../../core/delivery/atom-entries.js';

/** Where a page and its neighbours are, relative to the feed, so that a proxy in front may serve it under another address. */
export interface AtomLinks {
  readonly self: string;
  readonly first: string;
  readonly next?: string;
}

const builder = new XMLBuilder({
  ignoreAttributes: false,
  suppressBooleanAttributes: false,
  suppressEmptyNode: true,
  format: true,
});

/** The page as XML: the same page gives the same bytes. */
export function atomXml(page: AtomPage, headSeq: number, links: AtomLinks): string {
  return builder.build({
    '?xml': { '@_version': '1.0', '@_encoding': 'utf-8' },
    feed: {
      '@_xmlns': 'http://www.w3.org/2005/Atom',
      '@_xmlns:triwatch': 'urn:triwatch:feed',
      '@_xml:lang': page.language,
      id: page.id,
      title: page.title,
      updated: page.updated,
      author: { name: 'Triwatch' },
      link: Object.entries(links).map(([rel, href]) => ({
        '@_rel': rel,
        '@_type': 'application/atom+xml',
        '@_href': href as string,
      })),
      'triwatch:position': {
        '@_epoch': page.epoch,
        '@_headSeq': headSeq,
        ...(page.reason === undefined ? {} : { '@_reason': page.reason }),
      },
      entry: page.entries.map((entry) => entryNode(entry, page.epoch)),
    },
  });
}

/** Atom has no place for the position in a feed and the version of an item: they are in an element of our own. */
function entryNode(entry: AtomEntry, epoch: number): object {
  const { item, language, author, summary, categories, cap } = entry;
  return {
    '@_xml:lang': language,
    id: entry.id,
    title: { '@_type': 'text', '#text': entry.title },
    updated: item.realAt,
    published: item.realAt,
    ...(cap === undefined ? {} : { link: { '@_rel': 'alternate', '@_type': 'application/cap+xml', '@_href': cap } }),
    ...(author === undefined ? {} : { author: { name: author } }),
    category: categories.map(({ scheme, term }) => ({ '@_scheme': scheme, '@_term': term })),
    ...(summary === undefined ? {} : { summary: { '@_type': 'text', '#text': summary } }),
    content: { '@_type': 'text', '#text': entry.content },
    'triwatch:item': {
      '@_epoch': epoch,
      '@_seq': item.seq,
      '@_kind': item.kind,
      '@_id': item.id,
      '@_version': item.version,
      '@_mode': item.body.mode,
      '@_late': item.late,
    },
  };
}
