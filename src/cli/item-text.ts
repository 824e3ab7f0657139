import type { ItemKind } from '../core/incident/item.js';
import { pickLanguage } from '../core/scenario/pick-language.js';
import type { Names, Texts } from '../core/scenario/scenario.schema.js';
import type { DeskView } from '../core/wire/desk.js';
import type { FeedItem } from '../core/wire/feed.js';
import { printable } from './columns.js';
import { delayText, shortTimeIn } from './time-format.js';

/** What a desk reads by. */
export type Reader = Pick<DeskView, 'language' | 'timeZone'>;

interface Words {
  kinds: Record<ItemKind, string>;
  late: string;
  answerBy: string;
  match: Record<'announced' | 'outside-window' | 'outside-area' | 'unannounced', string>;
}

const ENGLISH: Words = {
  kinds: {
    report: 'report',
    alert: 'ALERT',
    announcement: 'advance notice',
    inject: 'inject',
    message: 'message',
    decision: 'decision',
  },
  late: 'arrived late',
  answerBy: 'answer by',
  match: {
    announced: 'inside the announced window',
    'outside-window': 'outside the announced window',
    'outside-area': 'outside the announced launch area',
    unannounced: 'no advance notice',
  },
};

const WORDS: Record<string, Words> = {
  en: ENGLISH,
  ja: {
    kinds: {
      report: '状況報告',
      alert: '警報',
      announcement: '事前通告',
      inject: '状況付与',
      message: '連絡',
      decision: '決定',
    },
    late: '遅延受信',
    answerBy: '回答期限',
    match: {
      announced: '事前通告の期間内',
      'outside-window': '事前通告の期間外',
      'outside-area': '事前通告の発射区域外',
      unannounced: '事前通告なし',
    },
  },
  ko: {
    kinds: {
      report: '상황보고',
      alert: '경보',
      announcement: '사전 통보',
      inject: '상황부여',
      message: '연락',
      decision: '결정',
    },
    late: '지연 수신',
    answerBy: '답변 기한',
    match: {
      announced: '사전 통보 기간 내',
      'outside-window': '사전 통보 기간 외',
      'outside-area': '사전 통보 발사 구역 외',
      unannounced: '사전 통보 없음',
    },
  },
};

/** The entry in the reader's language; otherwise of the same primary language, then English, then any. */
export function inLanguage<T>(entries: Readonly<Record<string, T>>, language: string): T | undefined {
  const tag = pickLanguage(Object.keys(entries), language);
  return tag === undefined ? undefined : entries[tag];
}

const wordsFor = (language: string): Words => inLanguage(WORDS, language) ?? ENGLISH;

export const nameIn = (names: Names | undefined, language: string): string =>
  printable(inLanguage(names ?? {}, language) ?? '');

export const headlineIn = (texts: Texts, language: string): string =>
  printable(inLanguage(texts, language)?.headline ?? '');

/** `11-23 15:10:00 JST +0:36:00`: when this audience knew, and how long that was after the event. */
export function knownText(item: FeedItem, reader: Reader): string {
  const known = Date.parse(item.body.known.at);
  const event = item.body.event;
  const exact = event?.precision === 'exact' && (item.body.known.precision ?? 'exact') === 'exact';
  const delay = event ? ` ${exact ? '' : '~'}${delayText(known - Date.parse(event.at))}` : '';
  return `${shortTimeIn(reader.timeZone, known)}${delay}`;
}

/** `[状況報告] headline`, with the version of an update and what else must not be overlooked. */
export function titleText(item: FeedItem, reader: Reader): string {
  const words = wordsFor(reader.language);
  const match = item.body.match ? words.match[item.body.match.verdict] : undefined;
  const marks = [words.kinds[item.kind], item.version > 1 ? `v${item.version}` : '', match, item.late && words.late];
  return `[${marks.filter(Boolean).join(' · ')}] ${headlineIn(item.body.texts, reader.language)}`;
}

/** What stands below a headline when there is room: the description, and the question of an inject with its deadline. */
export function detailLines(item: FeedItem, reader: Reader): string[] {
  const lines: string[] = [];
  const description = inLanguage(item.body.texts, reader.language)?.description;
  if (description) {
    lines.push(printable(description));
  }
  const inject = item.body.inject;
  if (inject) {
    const deadline = shortTimeIn(reader.timeZone, Date.parse(inject.deadlineAt));
    lines.push(`${headlineIn(inject.question, reader.language)} (${wordsFor(reader.language).answerBy} ${deadline})`);
  }
  return lines;
}
