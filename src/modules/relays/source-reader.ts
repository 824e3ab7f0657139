import { Injectable } from '@nestjs/common';
import { DomainError } from '../../core/domain-error.js';
import { GuardedHttp, type GuardedAnswer } from '../../platform/net/guarded-http.js';
import { OperationalError } from '../../platform/operational-error.js';
import type { CapFeedEntry } from '../../platform/xml/cap-feed.js';
import { CapWorkers } from '../../platform/xml/cap-workers.js';
import { XmlRefusal } from '../../platform/xml/xml-refusal.js';
import type { LeasedSource } from './sources.repository.js';

/** Google asks for feeds of 900 KB at most; some agencies embed every alert. */
const FEED_LIMITS = { bytes: 5_000_000, depth: 40, elements: 100_000, prefixes: 20 };
const DOCUMENT_BYTES = 1_000_000;
const REQUEST_MS = 15_000;
const MOST_REDIRECTS = 3;
/** What an answer may call itself; servers that know no better call XML a text. */
const XML_TYPE = /^$|xml|^text\/plain|^application\/octet-stream/;
const ACCEPT = 'application/cap+xml, application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.9';

export interface ReadFeed {
  readonly entries: readonly CapFeedEntry[];
  /** Where it was found in the end: links are relative to it. */
  readonly url: string;
  readonly etag?: string;
  readonly lastModified?: string;
}

/** Fetches what sources publish, whatever they answer with. */
@Injectable()
export class SourceReader {
  constructor(
    private readonly http: GuardedHttp,
    private readonly workers: CapWorkers,
  ) {}

  /**
   * The feed of a source; undefined when it is as it was. Throws OperationalError: those of GuardedHttp, and SOURCE_STATUS,
   * SOURCE_REDIRECTS, SOURCE_TYPE, SOURCE_FORM.
   */
  async feed(source: LeasedSource, signal: AbortSignal): Promise<ReadFeed | undefined> {
    const known = {
      ...(source.etag === undefined ? {} : { 'if-none-match': source.etag }),
      ...(source.lastModified === undefined ? {} : { 'if-modified-since': source.lastModified }),
    };
    const { answer, url } = await this.get(source.url, known, FEED_LIMITS.bytes, signal);
    if (answer.status === 304) {
      return undefined;
    }
    const { etag, 'last-modified': lastModified } = answer.headers;
    return { entries: await this.entriesOf(answer), url, etag: short(etag), lastModified: short(lastModified) };
  }

  /** The document of an entry. Throws as `feed` does. */
  async document(link: string, feedUrl: string, signal: AbortSignal): Promise<Uint8Array> {
    if (!URL.canParse(link, feedUrl)) {
      throw new OperationalError('TARGET_REFUSED', 'The link of the entry is no address.');
    }
    return (await this.get(new URL(link, feedUrl).href, {}, DOCUMENT_BYTES, signal)).answer.body;
  }

  private async entriesOf({ body }: GuardedAnswer): Promise<CapFeedEntry[]> {
    const entries = await this.workers.run('feed', { xml: body, limits: FEED_LIMITS }).catch((error: unknown) => {
      throw formFault(error);
    });
    if (!entries) {
      throw new OperationalError('SOURCE_FORM', 'What the source sent is neither Atom, RSS nor CAP.');
    }
    return entries;
  }

  /** Every address on the way is checked like the first, and none leads from HTTPS back to HTTP. */
  private async get(
    target: string,
    headers: Record<string, string>,
    maxBytes: number,
    signal: AbortSignal,
  ): Promise<{ answer: GuardedAnswer; url: string }> {
    let url = target;
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
      const answer = await this.http.request(url, {
        method: 'GET',
        headers: { accept: ACCEPT, ...headers },
        timeoutMs: REQUEST_MS,
        maxBytes,
        signal,
      });
      if (![301, 302, 303, 307, 308].includes(answer.status)) {
        return { answer: checked(answer), url };
      }
      url = redirected(answer.headers['location'] ?? '', url);
    }
    throw new OperationalError('SOURCE_REDIRECTS', `The source redirects more than ${MOST_REDIRECTS} times.`);
  }
}

function redirected(location: string, from: string): string {
  const to = URL.canParse(location, from) ? new URL(location, from) : undefined;
  if (!to || (from.startsWith('https:') && to.protocol !== 'https:')) {
    throw new OperationalError('SOURCE_REDIRECTS', 'The source redirects to no address, or from HTTPS to less.');
  }
  return to.href;
}

function checked(answer: GuardedAnswer): GuardedAnswer {
  if (answer.status !== 200 && answer.status !== 304) {
    throw new OperationalError('SOURCE_STATUS', `The source answered ${answer.status}.`);
  }
  const type = answer.headers['content-type']?.toLowerCase().trim() ?? '';
  if (answer.status === 200 && !XML_TYPE.test(type)) {
    throw new OperationalError('SOURCE_TYPE', `The source sent ${type.slice(0, 60)}, which is no XML.`);
  }
  return answer;
}

function formFault(error: unknown): unknown {
  if (error instanceof XmlRefusal) {
    return new OperationalError('SOURCE_FORM', `The feed cannot be read (${error.rule}): ${error.message}.`, { cause: error }); // prettier-ignore
  }
  return error instanceof DomainError ? new OperationalError(error.code, error.message, { cause: error }) : error;
}

/** A validator is sent back with every look, so it must be one that fits. */
const short = (value: string | undefined): string | undefined =>
  value !== undefined && value.length <= 500 ? value : undefined;
