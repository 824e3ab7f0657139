import { checkAnnouncement } from '../regime/regime.js';
import { usUssr1988 } from '../regime/us-ussr-1988.js';
import { markedTexts, markingOfScenario, type Marking } from '../scenario/marker.js';
import type { Mode } from '../scenario/mode.js';
import type { AnnouncementTerms, InjectTerms, Scenario, ScenarioItem } from '../scenario/scenario.schema.js';
import { startOf } from '../scenario/scenario.schedule.js';
import { checkMeasurements } from '../threshold/crossing.js';
import { withCrossings } from '../threshold/crossing.texts.js';
import type { ThresholdsFile } from '../threshold/threshold.schema.js';
import { durationMsOf, isoOf, runTime, runTimeOf, type RunTime } from '../time/time.js';
import type { AnnouncementBody, InjectBody, ItemBody } from './item.js';

/** What an item says whoever is told; `known` and an inject's deadline are added for each audience when it is told. */
export type ItemContent = Omit<ItemBody, 'known' | 'inject'> & {
  inject?: Omit<InjectBody, 'deadlineAt'> & { answerWithinMs: number };
};

/**
 * How one audience comes to know; `at` is given where it knew before it is told. `cited` holds the sources of that knowledge alone,
 * which no other audience is shown.
 */
export type ItemKnowledge = Omit<ItemBody['known'], 'at'> &
  Partial<Pick<ItemBody['known'], 'at'>> & { cited?: NonNullable<ItemBody['sources']> };

/**
 * The content of a scenario's item, with its actor, place and sources written out so that a console needs no second file.
 * With `thresholds` a notice that carries measurements says which of them they cross.
 */
export function contentOf(
  scenario: Scenario,
  item: ScenarioItem,
  mode: Mode,
  thresholds?: ThresholdsFile,
): ItemContent {
  const marking = markingOfScenario(scenario, mode);
  const place = item.place === undefined ? undefined : scenario.places[item.place];
  const sources = sourcesOf(scenario, [
    ...item.sources,
    ...item.conflicts.flatMap((conflict) => conflict.values.flatMap((value) => value.sources)),
  ]);
  const checks = thresholds && checkMeasurements(thresholds, item.announcement?.measurements ?? []);
  return withoutUndefined({
    mode,
    texts: markedTexts(marking, thresholds && checks ? withCrossings(item.texts, thresholds, checks) : item.texts),
    actor: scenario.actors[item.actor]?.names,
    event: eventOf(item),
    severity: item.severity,
    place: place && withoutUndefined({ names: place.names, ...pointOf(place.point), note: place.note }),
    conflicts: item.conflicts.length > 0 ? item.conflicts : undefined,
    sources: sources.length > 0 ? sources : undefined,
    announcement:
      item.announcement &&
      announcementBody(item.announcement, startOf(item) ?? runTimeOf(item.announcement.windowStart), {
        thresholds: checks?.length ? checks : undefined,
      }),
    launch: item.launch,
    inject: item.inject && injectContent(item.inject, marking),
    note: item.note,
  });
}

/** The full sources of these ids, each once, in the order of the scenario file. */
export function sourcesOf(scenario: Scenario, ids: readonly string[]): NonNullable<ItemBody['sources']> {
  return Object.entries(scenario.sources)
    .filter(([id]) => ids.includes(id))
    .map(([id, source]) => ({ id, ...source }));
}

/** The body that one audience is shown at `dueAt`: the content, when and how it came to know, and until when it may answer. */
export function bodyOf(content: ItemContent, knowledge: ItemKnowledge, dueAt: RunTime): ItemBody {
  const { inject, ...common } = content;
  const { cited = [], ...known } = knowledge;
  const shown = common.sources ?? [];
  const sources = [...shown, ...cited.filter((source) => !shown.some(({ id }) => id === source.id))];
  return withoutUndefined({
    ...common,
    sources: sources.length > 0 ? sources : undefined,
    inject: inject && deadlineOf(inject, dueAt),
    known: withoutUndefined({ at: isoOf(dueAt), ...known }),
  });
}

function deadlineOf({ answerWithinMs, ...inject }: NonNullable<ItemContent['inject']>, shownAt: RunTime): InjectBody {
  return { deadlineAt: isoOf(runTime(shownAt + answerWithinMs)), ...inject };
}

function injectContent(terms: InjectTerms, marking: Marking): ItemContent['inject'] {
  return withoutUndefined({
    answerWithinMs: durationMsOf(terms.answerWithin) ?? 0,
    question: markedTexts(marking, terms.question),
    options: terms.options,
  });
}

/** An announcement as consoles show it: its terms, when it was received, and how it stands against the regime. */
export function announcementBody(
  terms: AnnouncementTerms,
  receivedAt: RunTime,
  more: Pick<AnnouncementBody, 'stage' | 'embargo' | 'releasedBy' | 'report' | 'thresholds'> = {},
): AnnouncementBody {
  const findings = checkAnnouncement(usUssr1988, terms, { receivedAt });
  return {
    ...terms,
    receivedAt: isoOf(receivedAt),
    ...withoutUndefined(more),
    check: {
      regime: usUssr1988.id,
      findings: findings.map(({ rule, verdict, detail }) => ({ rule, verdict, detail })),
    },
  };
}

function eventOf(item: ScenarioItem): ItemBody['event'] {
  switch (item.time.precision) {
    case 'unknown':
      return undefined;
    case 'range':
      return { precision: 'range', at: utc(item.time.earliest), until: utc(item.time.latest) };
    case 'exact':
    case 'approximate':
      return withoutUndefined({
        precision: item.time.precision,
        at: utc(item.time.at),
        until: item.time.until && utc(item.time.until),
      });
  }
}

function pointOf(point: Scenario['places'][string]['point']): Partial<NonNullable<ItemBody['place']>> {
  return point ? { latitude: point.latitude, longitude: point.longitude, uncertaintyKm: point.uncertaintyKm } : {};
}

const utc = (instant: string): string => isoOf(runTimeOf(instant));

/** Leaves out what is undefined, so that the same content always gives the same bytes. */
export function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as T;
}
