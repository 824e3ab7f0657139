import { isLaunch, type AnnouncementPhrases } from '../announcement/announcement.phrases.js';
import { english } from '../announcement/announcement.phrases.en.js';
import { japanese } from '../announcement/announcement.phrases.ja.js';
import { korean } from '../announcement/announcement.phrases.ko.js';
import { positionIn } from '../announcement/announcement.texts.js';
import { zoneTimeOf } from '../announcement/announcement.time.js';
import { stateNames } from '../announcement/state-names.js';
import { radiusKmOf, type Notice, type NoticeArea } from '../regime/notice.js';
import type { SHIPPED_LANGUAGES } from '../scenario/languages.js';
import type { RunTime } from '../time/time.js';
import { englishPage, japanesePage, koreanPage, type PageWords } from './notice-page.words.js';

export const PAGE_LANGUAGES = ['ja', 'ko', 'en'] as const;
export type PageLanguage = (typeof PAGE_LANGUAGES)[number];

const PAGES: Record<
  PageLanguage,
  { tag: (typeof SHIPPED_LANGUAGES)[number]; phrases: AnnouncementPhrases; words: PageWords }
> = {
  ja: { tag: 'ja-JP', phrases: japanese, words: japanesePage },
  ko: { tag: 'ko-KR', phrases: korean, words: koreanPage },
  en: { tag: 'en-US', phrases: english, words: englishPage },
};

/**
 * A notice as one page of text for a duty desk: every item of the form stands there, and what the notice does not give is
 * said to be missing. Times are those of the readers' zone with UTC beside them; each radius has its unit.
 */
export function noticePage(notice: Notice, language: PageLanguage): string {
  const { tag, phrases, words } = PAGES[language];
  const { labels, none } = words;
  const time = (at: RunTime | undefined): string | undefined =>
    at === undefined ? undefined : phrases.time(zoneTimeOf(at, 'UTC'), zoneTimeOf(at, phrases.timeZone));
  const area = (each: NoticeArea): string => areaText(each, phrases, words);
  const rows: [string, string | undefined][] = [
    [labels.by, notice.by && stateNames(notice.by)[tag]],
    [labels.received, receivedText(notice, time, words)],
    [labels.act, notice.act && words.acts[notice.act]],
    [labels.start, time(notice.windowStart)],
    [labels.end, time(notice.windowEnd)],
    ...(notice.daily ? [[labels.daily, words.daily(notice.daily)] as [string, string]] : []),
    ...(notice.act === undefined || isLaunch({ act: notice.act }) ? launchRows(notice, area, words) : []),
    [labels.areas, notice.impactAreas.length > 0 ? listed(notice.impactAreas.map(area)) : notice.impactPlace],
    [labels.subject, notice.subject],
  ];
  const lines = rows.map(([label, text], index) => `${index + 1}. ${label}${words.colon}${text ?? none}`);
  return [words.title, '', ...lines, '', words.times, words.noJudgement].join('\n');
}

function launchRows(
  notice: Notice,
  area: (each: NoticeArea) => string,
  { labels }: PageWords,
): [string, string | undefined][] {
  return [
    [labels.vehicleClass, notice.vehicleClass],
    [labels.launchArea, notice.launchPlace ?? (notice.launchArea && area(notice.launchArea))],
  ];
}

function receivedText(
  { received }: Notice,
  time: (at: RunTime | undefined) => string | undefined,
  words: PageWords,
): string | undefined {
  const [earliest, latest] = [time(received?.earliest), time(received?.latest)];
  return earliest === undefined || latest === undefined || earliest === latest
    ? earliest
    : words.between(earliest, latest);
}

const listed = (areas: readonly string[]): string =>
  areas.length === 1 ? areas[0]! : areas.map((area, index) => `\n   (${index + 1}) ${area}`).join('');

function areaText(area: NoticeArea, phrases: AnnouncementPhrases, words: PageWords): string {
  if ('polygon' in area) {
    return phrases.polygon(area.polygon.map(([latitude, longitude]) => positionIn(phrases, latitude, longitude)));
  }
  const { latitude, longitude, radius, unit } = area.circle;
  const centre = positionIn(phrases, latitude, longitude);
  // A place that was given as a point is kept as a circle of a metre.
  return unit === 'km' && radius <= 0.001
    ? centre
    : words.circle(centre, radius, unit, Math.round(radiusKmOf(area.circle) * 100) / 100);
}
