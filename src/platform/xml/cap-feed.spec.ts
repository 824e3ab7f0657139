import { CAP_12 } from '../../core/cap/cap.js';
import { readCapFeed, type CapFeedEntry } from './cap-feed.js';

const LIMITS = { bytes: 100_000, depth: 20, elements: 1_000, prefixes: 20 };
const read = (xml: string): CapFeedEntry[] | undefined => readCapFeed(Buffer.from(xml), LIMITS);
const atom = (entry: string): string =>
  `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><id>f</id><link rel="self" href="self"/><entry><id>e</id><updated>2026-01-01T00:00:00Z</updated>${entry}</entry></feed>`;
const rss = (item: string): string =>
  `<rss version="2.0"><channel><link>site</link><item>${item}</item></channel></rss>`;
const ALERT = `<cap:alert xmlns:cap="${CAP_12}"><cap:identifier>a</cap:identifier></cap:alert>`;

describe('readCapFeed', () => {
  it.each([
    ['a link of the type', atom('<link href="page"/><link type="application/cap+xml" href="a.xml"/>'), 'a.xml'],
    ['a link of the older type', atom('<link href="page"/><link type="application/common-alerting-protocol+xml" href="a.xml"/>'), 'a.xml'],
    ['a link of XML', atom('<link type="text/html" href="page"/><link type="application/xml" href="a.xml"/>'), 'a.xml'],
    ['an alternate link', atom('<link rel="related" href="r"/><link rel="alternate" href="a.xml"/>'), 'a.xml'],
    ['content elsewhere', atom('<content type="application/cap+xml" src="a.xml"/>'), 'a.xml'],
    ['no link', atom(''), undefined],
    ['the link of an RSS item', rss('<guid>g</guid><link> a.xml </link>'), 'a.xml'],
    ['the enclosure of an RSS item', rss('<link>page</link><enclosure url="a.xml" type="application/cap+xml"/>'), 'a.xml'],
  ])('finds %s', (_, xml, link) => {
    expect(read(xml)?.map((entry) => entry.link)).toEqual([link]);
  }); // prettier-ignore

  it('takes an alert out of an entry, with its namespace', () => {
    const [entry] = read(atom(`<content type="application/cap+xml">${ALERT}</content>`)) ?? [];
    expect(entry).toMatchObject({ key: 'e 2026-01-01T00:00:00Z', embedded: ALERT });
  });

  it('takes a single alert for a feed of one, and anything else for none', () => {
    expect(read(ALERT)).toEqual([{ key: 'a', embedded: ALERT }]);
    expect(read('<html><body/></html>')).toBeUndefined();
  });

  it.each([
    ['too large', atom('x'.repeat(200_000)), 'XML_LIMIT'],
    ['an entity bomb', `<!DOCTYPE f [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>${atom('&b;').slice(21)}`, 'XML_DOCTYPE'],
    ['no XML', '{}', 'CAP_NOT_XML'],
    ['cut off', atom('').slice(0, -9), 'CAP_NOT_XML'],
    ['of an encoding that it is not', `<?xml version="1.0" encoding="UTF-8"?><feed>\xff\xfe</feed>`, undefined],
  ])('refuses what is %s', (_, xml, rule) => {
    const bytes = rule === undefined ? Buffer.from(xml, 'latin1') : Buffer.from(xml);
    expect(() => readCapFeed(bytes, LIMITS)).toThrow(expect.objectContaining({ rule: rule ?? 'CAP_NOT_XML' }) as Error);
  });
});
