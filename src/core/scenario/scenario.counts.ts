import { conditionsOf, deciderId } from './branch.js';
import { audienceOf, CONTROL } from './scenario.schedule.js';
import type { Scenario } from './scenario.schema.js';

/**
 * What a scenario is made of. `branches` counts the places at which the story parts, each an inject and whose answer to it
 * decides; `audiences` counts that of the controllers too; `languages` are those that every item is told in.
 */
export function scenarioCounts(
  scenario: Scenario,
): Record<
  | 'items'
  | 'injects'
  | 'branches'
  | 'audiences'
  | 'languages'
  | 'untimed'
  | 'chapters'
  | 'places'
  | 'sources'
  | 'conflicts',
  number
> {
  const { timeline, parties, chapters, places, sources } = scenario;
  return {
    items: timeline.length,
    injects: timeline.filter(({ kind }) => kind === 'inject').length,
    branches: branchPoints(scenario).size,
    audiences: new Set([...parties.map(audienceOf), CONTROL]).size,
    languages: Object.keys(scenario.names).filter((tag) => timeline.every(({ texts }) => Object.hasOwn(texts, tag)))
      .length,
    untimed: timeline.filter(({ time }) => time.precision === 'unknown').length,
    chapters: chapters.length,
    places: Object.keys(places).length,
    sources: Object.keys(sources).length,
    conflicts: timeline.reduce((sum, { conflicts }) => sum + conflicts.length, 0),
  };
}

function branchPoints({ timeline }: Scenario): Set<string> {
  return new Set([...conditionsOf(timeline).values()].map((each) => `${each.inject} ${deciderId(each)}`));
}
