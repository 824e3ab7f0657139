import { readdirSync, readFileSync } from 'node:fs';
import { parseScenario } from '../../src/core/scenario/scenario.parse.js';
import { scheduleOf, type ScheduledRow } from '../../src/core/scenario/scenario.schedule.js';
import type { Scenario } from '../../src/core/scenario/scenario.schema.js';

const FOLDER = new URL('../../scenarios/', import.meta.url);

/** The ids of all scenarios that are shipped. */
export const scenarioIds = (): string[] =>
  readdirSync(FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

/** A scenario that is shipped; throws with its faults when it has any. */
export function loadScenario(id: string): Scenario {
  const parsed = parseScenario(readFileSync(new URL(`${id}/scenario.yaml`, FOLDER), 'utf8'));
  if ('faults' in parsed) {
    throw new Error(`${id}: ${JSON.stringify(parsed.faults)}`);
  }
  return parsed.scenario;
}

/** What falls due in all chapters, in their order. */
export const rowsOf = (scenario: Scenario): ScheduledRow[] =>
  scenario.chapters.flatMap((chapter) => scheduleOf(scenario, chapter).rows);

/** An item by its id, a later version of it as in `count (2)`. */
export const nameOf = ({ itemId, version }: ScheduledRow): string =>
  version === 1 ? itemId : `${itemId} (${version})`;
