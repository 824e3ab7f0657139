import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { Cursor } from '../../src/core/wire/feed.js';
import type { FeedReader, ReadItem } from './feed-reader.js';

export interface AtomEntryView {
  language: string;
  id: string;
  title: string;
  summary?: string;
  content: string;
  updated: string;
  published: string;
  author?: string;
  /** Terms by the last part of their scheme. */
  categories: Record<string, string>;
  epoch: number;
  seq: number;
  kind: string;
  itemId: string;
  version: number;
  late: boolean;
  /** Where it is as CAP, relative to the feed. */
  cap?: string;
}

export interface AtomFeedView {
  language: string;
  id: string;
  title: string;
  updated: string;
  epoch: number;
  headSeq: number;
  reason?: string;
  links: Record<string, string>;
  entries: AtomEntryView[];
}

interface Node {
  [name: string]: string | Node | Node[] | undefined;
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  trimValues: false,
  isArray: (name) => ['entry', 'link', 'category'].includes(name),
});

const nodes = (node: Node, name: string): Node[] => (node[name] ?? []) as Node[];
const child = (node: Node, name: string): Node => (node[name] ?? {}) as Node;
const attribute = (node: Node, name: string): string => (node[`@${name}`] ?? '') as string;
/** A text element, with attributes or without. */
const text = (node: Node, name: string): string | undefined => {
  const value = node[name];
  return typeof value === 'object' ? ((value as Node)['#text'] as string | undefined) : value;
};

/** Reads an Atom document. Throws when it is not well-formed. */
export function parseAtom(xml: string): AtomFeedView {
  const checked = XMLValidator.validate(xml);
  if (checked !== true) {
    throw new Error(`Not well-formed: ${checked.err.msg}`);
  }
  const feed = (parser.parse(xml) as { feed: Node }).feed;
  const position = child(feed, 'triwatch:position');
  return {
    language: attribute(feed, 'xml:lang'),
    id: text(feed, 'id') ?? '',
    title: text(feed, 'title') ?? '',
    updated: text(feed, 'updated') ?? '',
    epoch: Number(attribute(position, 'epoch')),
    headSeq: Number(attribute(position, 'headSeq')),
    reason: attribute(position, 'reason') || undefined,
    links: Object.fromEntries(nodes(feed, 'link').map((link) => [attribute(link, 'rel'), attribute(link, 'href')])),
    entries: nodes(feed, 'entry').map(entryOf),
  };
}

function entryOf(entry: Node): AtomEntryView {
  const item = child(entry, 'triwatch:item');
  return {
    language: attribute(entry, 'xml:lang'),
    id: text(entry, 'id') ?? '',
    title: text(entry, 'title') ?? '',
    summary: text(entry, 'summary'),
    content: text(entry, 'content') ?? '',
    updated: text(entry, 'updated') ?? '',
    published: text(entry, 'published') ?? '',
    author: text(child(entry, 'author'), 'name'),
    categories: Object.fromEntries(
      nodes(entry, 'category').map((each) => [
        attribute(each, 'scheme').split(':').at(-1) ?? '',
        attribute(each, 'term'),
      ]),
    ),
    epoch: Number(attribute(item, 'epoch')),
    seq: Number(attribute(item, 'seq')),
    kind: attribute(item, 'kind'),
    itemId: attribute(item, 'id'),
    version: Number(attribute(item, 'version')),
    late: attribute(item, 'late') === 'true',
    cap: nodes(entry, 'link').map((link) => attribute(link, 'href'))[0],
  };
}

const LANGUAGES = ['ja-JP', 'ko-KR', 'en-US'];

/** A reader that asks again and again, and pages back to what it knows. */
export class AtomReader implements FeedReader {
  readonly items: ReadItem[] = [];
  readonly resets: Cursor[] = [];
  private tag?: string;
  private closed = false;
  private following?: Promise<void>;
  private failure?: unknown;

  private constructor(
    private readonly address: string,
    private readonly token: string,
    private cursor?: Cursor,
  ) {}

  /** Resolves when it has read once; rejects with the `code` and `status` of a refusal. */
  static async open(address: string, token: string, cursor?: Cursor): Promise<AtomReader> {
    const reader = new AtomReader(address, token, cursor);
    await reader.poll();
    reader.following = reader.follow();
    return reader;
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.following;
    if (this.failure !== undefined) {
      throw this.failure;
    }
  }

  private async follow(): Promise<void> {
    try {
      while (!this.closed) {
        await this.poll();
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    } catch (error) {
      this.failure = error;
    }
  }

  /** Reads the newest page unless it is known, and older ones until it finds the last known entry. */
  private async poll(): Promise<void> {
    const response = await this.ask('atom', this.tag === undefined ? {} : { 'if-none-match': this.tag });
    if (response.status === 304) {
      return;
    }
    let page = parseAtom(await response.text());
    const { epoch, headSeq } = page;
    const known = this.cursor ?? { epoch, seq: 0 };
    if (known.epoch !== epoch || known.seq > headSeq) {
      this.resets.push({ epoch, seq: 0 });
      this.cursor = { epoch, seq: 0 };
    }
    const after = this.cursor?.seq ?? 0;
    const found: ReadItem[] = [];
    for (;;) {
      found.push(...(await this.inAllLanguages(page)).filter(({ seq }) => seq > after));
      const next = page.links['next'];
      if (next === undefined || (page.entries.at(-1)?.seq ?? 0) <= after + 1) {
        break;
      }
      page = parseAtom(await (await this.ask(next)).text());
    }
    this.items.push(...found.reverse());
    this.cursor = { epoch, seq: headSeq };
    this.tag = response.headers.get('etag') ?? undefined;
  }

  private async inAllLanguages({ epoch, entries }: AtomFeedView): Promise<ReadItem[]> {
    const titles = new Map<number, Record<string, string>>();
    for (const language of LANGUAGES) {
      const before = (entries[0]?.seq ?? 0) + 1;
      const page = parseAtom(await (await this.ask(`atom?epoch=${epoch}&before=${before}&lang=${language}`)).text());
      page.entries.forEach(({ seq, title, language: tag }) => titles.set(seq, { ...titles.get(seq), [tag]: title }));
    }
    return entries.map(({ seq, kind, itemId, version, late, categories }) => ({
      epoch,
      seq,
      kind,
      id: itemId,
      version,
      late,
      mode: categories['mode'] ?? '',
      headlines: titles.get(seq) ?? {},
    }));
  }

  private async ask(reference: string, headers: Record<string, string> = {}): Promise<Response> {
    const response = await fetch(new URL(reference, this.address), {
      headers: { ...(this.token ? { authorization: `Bearer ${this.token}` } : {}), ...headers },
    });
    if (response.status >= 400) {
      const { code, status } = (await response.json()) as { code: string; status: number };
      throw Object.assign(new Error(`refused: ${code}`), { code, status });
    }
    return response;
  }
}
