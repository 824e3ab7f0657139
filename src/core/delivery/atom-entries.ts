import type { Job, Mode } from '../scenario/mode.js';
import { markedTexts, type Marking } from '../scenario/marker.js';
import { pickLanguage } from '../scenario/pick-language.js';
import type { Names, Texts } from '../scenario/scenario.schema.js';
import type { Cursor, FeedItem } from '../wire/feed.js';

/** How many entries a page holds. */
export const ENTRIES_A_PAGE = 100;

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
}

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
  const first = items[0]?.seq ?? 1;
  return {
    id: xmlText(`urn:triwatch:${source.run}:${source.audience}`),
    language: title.language,
    title: xmlText(title.text),
    updated: items.at(-1)?.realAt ?? source.startedAt,
    epoch,
    ...(reason === undefined ? {} : { reason: xmlText(reason) }),
    entries: items.map((item) => atomEntry(source, item, wanted)).reverse(),
    ...(first > 1 ? { next: first } : {}),
  };
}

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
