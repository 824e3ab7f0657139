import type { Names, Scenario, ScenarioAct, ScenarioDeclaration, ScenarioItem } from '../scenario/scenario.schema.js';
import { versionsOf } from '../scenario/scenario.schedule.js';
import { durationMsOf, runTime, runTimeOf } from '../time/time.js';
import { APPROXIMATE_MS } from './ledger.js';
import type { Declaration, LoggedAct, Span } from './restraint.js';

/** An act of a scenario, with the item and version that a run tells it by. */
export interface ScenarioLogEntry {
  readonly item: string;
  readonly version: number;
  readonly act: LoggedAct;
}

/** The event log of a scenario: the acts of its items, in the order of the file. An act without any time is in no log. */
export function logOf(scenario: Scenario): ScenarioLogEntry[] {
  return versionsOf(scenario).flatMap(({ id, version, item }) =>
    item.acts.flatMap((act, index): ScenarioLogEntry[] => {
      const logged = loggedActOf(scenario, item, act, index);
      return logged ? [{ item: id, version, act: logged }] : [];
    }),
  );
}

function loggedActOf(
  scenario: Scenario,
  item: ScenarioItem,
  { act, by, against, time = item.time, place: placeId = item.place, claims, sources }: ScenarioAct,
  index: number,
): LoggedAct | undefined {
  const begins = spanOf(time);
  if (!begins || time.precision === 'unknown') {
    return undefined;
  }
  const place = placeId === undefined ? undefined : scenario.places[placeId];
  return {
    id: index === 0 ? item.id : `${item.id}.${index + 1}`,
    act,
    by,
    against,
    begins,
    precision: time.precision,
    ...(place?.point ? { position: positionOf(place.point) } : {}),
    ...(place ? { place: place.names } : {}),
    texts: headlinesOf(item),
    claims: claims.map((claim) => ({ ...claim })),
    sources: sources ?? item.sources,
  };
}

/** The declarations of a scenario. */
export const declarationsOf = ({ declarations }: Scenario): Declaration[] => declarations.map(declarationOf);

function declarationOf({ item, unless, from, until, withdrawnAt, ...rest }: ScenarioDeclaration): Declaration {
  const withinMs = unless?.within === undefined ? undefined : durationMsOf(unless.within);
  return {
    ...rest,
    ...(unless
      ? {
          unless: {
            kind: unless.kind,
            ...(unless.by ? { by: unless.by } : {}),
            ...(withinMs === undefined ? {} : { withinMs }),
          },
        }
      : {}),
    from: runTimeOf(from),
    ...(until === undefined ? {} : { until: runTimeOf(until) }),
    ...(withdrawnAt === undefined ? {} : { withdrawnAt: runTimeOf(withdrawnAt) }),
  };
}

function spanOf(time: ScenarioItem['time']): Span | undefined {
  switch (time.precision) {
    case 'exact':
      return { earliest: runTimeOf(time.at), latest: runTimeOf(time.at) };
    case 'approximate':
      return {
        earliest: runTime(runTimeOf(time.at) - APPROXIMATE_MS),
        latest: runTime(runTimeOf(time.at) + APPROXIMATE_MS),
      };
    case 'range':
      return { earliest: runTimeOf(time.earliest), latest: runTimeOf(time.latest) };
    case 'unknown':
      return undefined;
  }
}

const positionOf = ({
  latitude,
  longitude,
  uncertaintyKm,
}: NonNullable<Scenario['places'][string]['point']>): LoggedAct['position'] => ({ latitude, longitude, uncertaintyKm });

const headlinesOf = ({ texts }: ScenarioItem): Names =>
  Object.fromEntries(Object.entries(texts).map(([language, { headline }]) => [language, headline]));
