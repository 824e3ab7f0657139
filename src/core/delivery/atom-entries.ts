import type { Job, Mode } from '../scenario/mode.js';
import { markedTexts, type Marking } from '../scenario/marker.js';
import { pickLanguage } from '../scenario/pick-language.js';
import type { Names, Texts } from '../scenario/scenario.schema.js';
import type { Cursor, FeedItem } from '../wire/feed.js';

/** How many entries a page holds at most. */
export const ENTRIES_A_PAGE = 100;

/** How large a page grows, nearly, in bytes of UTF-8; 100 kB is what readers of CAP feeds ask for (Google Public Alerts). */
export const PAGE_BYTES = 100_000;

/** What an entry weighs besides its texts, nearly. */
const ENTRY_BYTES = 750;

/** Of what a page is made. */
export interface AtomSource {
  readonly run: string;
  readonly audience: string;
  readonly runNames: Names;
  readonly audienceNames?: Names;
  readonly mode: Mode;
  readonly job: Job;
  readonly epoch: number;
  /** Why the epoch was opened; the first has none. */
  readonly reason?: string;
  /** What the page says has changed last when it holds no entry: the start of the run. */
  readonly startedAt: string;
  /** Of the page, ascending. */
  readonly items: readonly FeedItem[];
  /** Ids of alerts that are over for so long that they have left the feed. */
  readonly gone?: ReadonlySet<string>;
  /** `versionKey` of what can be had as CAP. */
  readonly documents?: ReadonlySet<string>;
}

/** Names one version of an item. */
export const versionKey = ({ id, version }: Pick<FeedItem, 'id' | 'version'>): string => `${id} ${version}`;

export interface AtomCategory {
  readonly scheme: string;
  readonly term: string;
}

/** One version of an item. */
export interface AtomEntry {
  readonly id: string;
  readonly item: FeedItem;
  /** BCP 47 tag of the texts: of the item, hence perhaps not the one asked for. */
  readonly language: string;
  readonly title: string;
  readonly summary?: string;
  readonly content: string;
  readonly author?: string;
  readonly categories: readonly AtomCategory[];
  /** Where it is as CAP, relative to the feed. */
  readonly cap?: string;
}

export interface AtomPage {
  readonly id: string;
  readonly language: string;
  readonly title: string;
  readonly updated: string;
  readonly epoch: number;
  readonly reason?: string;
  /** The newest first. */
  readonly entries: readonly AtomEntry[];
  /** `seq` below which the next, older page ends; undefined on the last. */
  readonly next?: number;
}

/** Which positions a page holds: those after `after` up to and with `last`. */
export function pageBefore(before: number): { after: number; last: number } {
  const last = before - 1;
  return { after: Math.max(0, last - ENTRIES_A_PAGE), last };
}

/** A page of an Atom feed (RFC 4287, RFC 5005) in a language, or in what comes closest to it. */
export function atomPage(source: AtomSource, wanted: string): AtomPage {
  const { epoch, reason, items } = source;
  const title = titleOf(source, wanted);
  const { entries, first } = entriesOf(source, wanted);
  return {
    id: xmlText(`urn:triwatch:${source.run}:${source.audience}`),
    language: title.language,
    title: xmlText(title.text),
    updated: items.at(-1)?.realAt ?? source.startedAt,
    epoch,
    ...(reason === undefined ? {} : { reason: xmlText(reason) }),
    entries,
    ...(first > 1 ? { next: first } : {}),
  };
}

/** As many entries as a page holds, the newest first, and the first position that it covers: 1 when nothing older is left. */
function entriesOf(source: AtomSource, wanted: string): { entries: AtomEntry[]; first: number } {
  const entries: AtomEntry[] = [];
  let bytes = 0;
  let first = source.items.at(-1)?.seq ?? 1;
  for (const item of source.items.toReversed()) {
    if (!(item.kind === 'alert' && source.gone?.has(item.id))) {
      const entry = atomEntry(source, item, wanted);
      bytes += ENTRY_BYTES + utf8Bytes(`${entry.title}${entry.summary ?? ''}${entry.content}`);
      if (bytes > PAGE_BYTES && entries.length > 0) {
        break;
      }
      entries.push(entry);
    }
    first = item.seq;
  }
  return { entries, first };
}

const utf8Bytes = (text: string): number => new TextEncoder().encode(text).length;

/** The id of an entry: an item that is told again in a later epoch, and every later version of it, is another entry. */
export const entryId = ({ run, audience }: Pick<AtomSource, 'run' | 'audience'>, { epoch, seq }: Cursor): string =>
  xmlText(`urn:triwatch:${run}:${audience}:${epoch}:${seq}`);

/** XML 1.0 has no way to write these, not even escaped; one of them would make the whole feed unreadable. */
const NOT_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** A text as XML 1.0 can hold it and every reader gets it: readers turn carriage returns into new lines by themselves. */
export const xmlText = (text: string): string => text.replace(NOT_XML, '').replace(/\r\n?/g, '\n');

function atomEntry(source: AtomSource, item: FeedItem, wanted: string): AtomEntry {
  const { texts, actor, mode, severity } = item.body;
  const language = pickLanguage(Object.keys(texts), wanted) ?? wanted;
  const { headline, description } = texts[language] ?? { headline: '' };
  const author = actor?.[pickLanguage(Object.keys(actor), language) ?? ''];
  const category = (scheme: string, term: string | undefined): AtomCategory[] =>
    term === undefined ? [] : [{ scheme: `urn:triwatch:${scheme}`, term: xmlText(term) }];
  return {
    id: entryId(source, { epoch: source.epoch, seq: item.seq }),
    item,
    language,
    title: xmlText(headline),
    ...(description === undefined ? {} : { summary: xmlText(description) }),
    // Whole paragraphs, so that each begins and ends with its marker.
    content: xmlText([headline, description, ...question(item, language)].filter(Boolean).join('\n\n')),
    ...(author === undefined ? {} : { author: xmlText(author) }),
    categories: [
      ...category('kind', item.kind),
      ...category('mode', mode),
      ...category('severity', severity),
      ...category('late', item.late ? 'late' : undefined),
    ],
    ...(item.kind === 'alert' && source.documents?.has(versionKey(item))
      ? { cap: `cap/${encodeURIComponent(item.id)}/${item.version}` }
      : {}),
  };
}

/** What an inject asks, which its headline need not say. */
function question({ body: { inject } }: FeedItem, language: string): (string | undefined)[] {
  const texts = inject?.question ?? {};
  const { headline, description } = texts[pickLanguage(Object.keys(texts), language) ?? ''] ?? {};
  return [headline, description];
}

/** The name of the run and of the audience, marked as everything else that a run says. */
function titleOf(source: AtomSource, wanted: string): { language: string; text: string } {
  const { runNames, audienceNames = {}, audience, job, mode } = source;
  const language = pickLanguage(Object.keys(runNames), wanted) ?? wanted;
  const audienceName = audienceNames[pickLanguage(Object.keys(audienceNames), language) ?? ''] ?? audience;
  const marking: Marking = job === 'replay' && mode !== 'actual' ? 'replay' : mode;
  const texts: Texts = { [language]: { headline: `${runNames[language] ?? source.run}: ${audienceName}` } };
  return { language, text: markedTexts(marking, texts)[language]?.headline ?? '' };
}
