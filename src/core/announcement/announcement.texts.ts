import { markedTexts, type Marking } from '../scenario/marker.js';
import type { Mode } from '../scenario/mode.js';
import type { AnnouncementTerms, Area, Names, ObservedLaunch, Texts } from '../scenario/scenario.schema.js';
import { SHIPPED_LANGUAGES } from '../scenario/languages.js';
import { withCrossings } from '../threshold/crossing.texts.js';
import type { ThresholdCheck } from '../threshold/crossing.js';
import type { ThresholdsFile } from '../threshold/threshold.schema.js';
import { runTimeOf } from '../time/time.js';
import type { Angle, AnnouncementPhrases, HeadlineAndDescription } from './announcement.phrases.js';
import { english } from './announcement.phrases.en.js';
import { japanese } from './announcement.phrases.ja.js';
import { korean } from './announcement.phrases.ko.js';
import { zoneTimeOf } from './announcement.time.js';
import type { LaunchMatch } from './match-launch.js';
import type { ActReport, Stage } from './stage.js';
import { stateNames } from './state-names.js';

type Language = (typeof SHIPPED_LANGUAGES)[number];

const PHRASES: Record<Language, AnnouncementPhrases> = { 'ja-JP': japanese, 'ko-KR': korean, 'en-US': english };

/** A polygon with more points than this is not read out; its points travel with the item as data. */
const MAX_POINTS_READ_OUT = 6;

/**
 * Returns what desks read of an announcement, in every shipped language. Times are local to the readers of the language,
 * with UTC and its Z beside them. `byNames` names the announcing state; where a language is missing `stateNames` does.
 * `stage` says what the version does, which its headline begins with, and `report` what came of the act; `crossings` what
 * its measurements cross of which thresholds.
 * In a run that is not actual the marker of its mode stands first and last in every text.
 */
export function announcementTexts(
  mode: Mode,
  terms: AnnouncementTerms,
  byNames?: Names,
  {
    stage = 'announce',
    report,
    crossings,
  }: {
    stage?: Stage;
    report?: ActReport;
    crossings?: { file: ThresholdsFile; checks: readonly ThresholdCheck[] };
  } = {},
): Texts {
  const by = stateNames(terms.by, byNames);
  const texts = inEveryLanguage((phrases, language) => {
    const { headline, description } = phrases.notice({
      by: by[language] ?? '',
      act: terms.act,
      vehicleClass: terms.vehicleClass,
      ...windowIn(phrases, terms),
      launchArea: terms.launchArea && areaIn(phrases, terms.launchArea),
      impactAreas: terms.impactAreas.map((area) => areaIn(phrases, area)),
    });
    const told = report ? phrases.report(timeIn(phrases, report.occurredAt), report.outcome) : '';
    return { headline: phrases.stage[stage] + headline, description: told + description };
  });
  return markedTexts(mode, crossings ? withCrossings(texts, crossings.file, crossings.checks) : texts);
}

/**
 * Returns what desks read of a launch that was compared with the announcements, in every shipped language.
 * `terms` are those of the announcement that the match names, if it names one; `byNames` names the launching state.
 * The texts say whether there was a notice, never whether the launch was lawful.
 */
export function matchTexts(
  marking: Marking,
  verdict: LaunchMatch['verdict'],
  launch: ObservedLaunch,
  terms?: AnnouncementTerms,
  byNames?: Names,
): Texts {
  const by = launch.by === undefined ? {} : stateNames(launch.by, byNames);
  const texts = inEveryLanguage((phrases, language) =>
    phrases.match({
      verdict,
      by: by[language],
      at: timeIn(phrases, launch.at),
      position: positionIn(phrases, launch.latitude, launch.longitude),
      window: terms && verdict !== 'unannounced' ? windowIn(phrases, terms) : undefined,
    }),
  );
  return markedTexts(marking, texts);
}

function inEveryLanguage(write: (phrases: AnnouncementPhrases, language: Language) => HeadlineAndDescription): Texts {
  return Object.fromEntries(
    SHIPPED_LANGUAGES.map((language) => [language, write(PHRASES[language], language)] as const),
  );
}

function windowIn(
  phrases: AnnouncementPhrases,
  { windowStart, windowEnd }: AnnouncementTerms,
): { start: string; end: string } {
  return { start: timeIn(phrases, windowStart), end: timeIn(phrases, windowEnd) };
}

function timeIn(phrases: AnnouncementPhrases, instant: string): string {
  const at = runTimeOf(instant);
  return phrases.time(zoneTimeOf(at, 'UTC'), zoneTimeOf(at, phrases.timeZone));
}

function areaIn(phrases: AnnouncementPhrases, area: Area): string {
  if ('circle' in area) {
    const { latitude, longitude, radiusKm } = area.circle;
    return phrases.circle(positionIn(phrases, latitude, longitude), radiusKm);
  }
  return area.polygon.length > MAX_POINTS_READ_OUT
    ? phrases.longPolygon(area.polygon.length)
    : phrases.polygon(area.polygon.map(([latitude, longitude]) => positionIn(phrases, latitude, longitude)));
}

/** A position in degrees, as one language writes it. */
export function positionIn(phrases: AnnouncementPhrases, latitude: number, longitude: number): string {
  return phrases.position({
    latitude: angleOf(latitude, latitude < 0 ? 'S' : 'N'),
    longitude: angleOf(longitude, longitude < 0 ? 'W' : 'E'),
  });
}

function angleOf(value: number, hemisphere: Angle['hemisphere']): Angle {
  // Rounded as a whole, so that 59.96 minutes become the next degree and never 60.0.
  const tenths = Math.round(Math.abs(value) * 600);
  return { hemisphere, degrees: Math.floor(tenths / 600), minutes: String((tenths % 600) / 10) };
}
