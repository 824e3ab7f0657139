import { XmlC14NMode, XmlElement, type XmlDocument } from 'libxml2-wasm';
import { CAP_11, CAP_12 } from '../../core/cap/cap.js';
import { withXmlDocument } from './xml-document.js';
import type { XmlLimits } from './xml-limits.js';

/** What a feed says of one alert: where its document is, or the document itself. */
export interface CapFeedEntry {
  /** Another one for every version of the entry, as far as the feed tells. */
  readonly key: string;
  /** As the feed has it: may be relative. */
  readonly link?: string;
  /** XML of an alert that stands within the feed. */
  readonly embedded?: string;
}

const NAMESPACES = { atom: 'http://www.w3.org/2005/Atom', cap: CAP_12, cap11: CAP_11 };
/** The registered type, and the one before it. */
const CAP_TYPES = ['application/cap+xml', 'application/common-alerting-protocol+xml'];
const XML_TYPE = /^(application|text)\/([\w.-]+\+)?xml\b/;

/**
 * The entries of an Atom or RSS feed, in its order; a single alert counts as a feed of one. Undefined when it is neither. Throws
 * XmlRefusal.
 */
export function readCapFeed(bytes: Uint8Array, limits: XmlLimits): CapFeedEntry[] | undefined {
  return withXmlDocument(bytes, entriesOf, limits);
}

function entriesOf(document: XmlDocument): CapFeedEntry[] | undefined {
  const { root } = document;
  switch (root.name) {
    case 'feed':
      return elements(root, 'atom:entry').map(atomEntry);
    // RSS 1.0 has its items beside the channel.
    case 'rss':
    case 'RDF':
      return elements(root, `.//*[local-name() = 'item']`).map(rssItem);
    case 'alert':
      return [{ key: textOf(root, `*[local-name() = 'identifier']`), embedded: canonical(root) }];
    default:
      return undefined;
  }
}

function atomEntry(entry: XmlElement): CapFeedEntry {
  const key = `${textOf(entry, 'atom:id')} ${textOf(entry, 'atom:updated')}`;
  const links = elements(entry, 'atom:link').filter((link) => ['', 'alternate'].includes(valueOf(link, 'rel')));
  const link = bestLink([
    ...elements(entry, 'atom:link').map((each) => [valueOf(each, 'type'), valueOf(each, 'href')] as const),
    ...elements(entry, 'atom:content[@src]').map((each) => [valueOf(each, 'type'), valueOf(each, 'src')] as const),
  ], links.map((each) => valueOf(each, 'href'))[0]); // prettier-ignore
  return { key, ...embeddedIn(entry), ...(link === undefined ? {} : { link }) };
}

function rssItem(item: XmlElement): CapFeedEntry {
  const child = (name: string): string => textOf(item, `*[local-name() = '${name}']`);
  const link = bestLink(
    elements(item, `*[local-name() = 'enclosure' or local-name() = 'link'][@url or @href]`).map(
      (each) => [valueOf(each, 'type'), valueOf(each, 'url') || valueOf(each, 'href')] as const,
    ),
    child('link') || undefined,
  );
  const key = `${child('guid') || child('link')} ${child('pubDate') || child('date')}`;
  return { key, ...embeddedIn(item), ...(link === undefined ? {} : { link }) };
}

/** A link that says it is CAP, before one that says it is XML, before whatever the entry is about. */
function bestLink(links: readonly (readonly [type: string, href: string])[], about?: string): string | undefined {
  const typed = (fits: (type: string) => boolean): string | undefined =>
    links.find(([type, href]) => fits(type.trim().toLowerCase()) && href !== '')?.[1];
  return (
    typed((type) => CAP_TYPES.some((each) => type.startsWith(each))) ??
    typed((type) => XML_TYPE.test(type) && !/atom|rss/.test(type)) ??
    about
  );
}

function embeddedIn(entry: XmlElement): { embedded?: string } {
  const [alert] = elements(entry, './/cap:alert | .//cap11:alert');
  return alert ? { embedded: canonical(alert) } : {};
}

/** On its own an alert needs the namespaces that it is under in the feed; its signature stays good in exclusive form. */
const canonical = (alert: XmlElement): string =>
  alert.canonicalizeToString({ mode: XmlC14NMode.XML_C14N_EXCLUSIVE_1_0 });

const elements = (node: XmlElement, xpath: string): XmlElement[] =>
  node.find(xpath, NAMESPACES).filter((found) => found instanceof XmlElement);

const textOf = (node: XmlElement, xpath: string): string => elements(node, xpath)[0]?.content.trim() ?? '';

const valueOf = (node: XmlElement, name: string): string => node.attr(name)?.value.trim() ?? '';
