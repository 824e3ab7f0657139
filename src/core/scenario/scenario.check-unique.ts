import type { PathPart, ScenarioRule, UnplacedFault } from './scenario.faults.js';

/** Why: an item is addressed by its id in feeds, receipts and reports. */
const itemIds: ScenarioRule = ({ timeline }) =>
  repeats(
    'SCENARIO_DUPLICATE_ITEM',
    timeline.map(({ id }, index) => [id, ['timeline', index, 'id']]),
    'item',
  );

/** Why: a run is started on a chapter by its id. */
const chapterIds: ScenarioRule = ({ chapters }) =>
  repeats(
    'SCENARIO_DUPLICATE_CHAPTER',
    chapters.map(({ id }, index) => [id, ['chapters', index, 'id']]),
    'chapter',
  );

/** Why: each party is one audience, and an audience listed twice would be sent everything twice. */
const parties: ScenarioRule = (scenario) =>
  repeats(
    'SCENARIO_DUPLICATE_PARTY',
    scenario.parties.map((party, index) => [party, ['parties', index]]),
    'party',
  );

/** Why: an answer names its option by id. */
const optionIds: ScenarioRule = ({ timeline }) =>
  timeline.flatMap(({ inject }, index) =>
    repeats(
      'SCENARIO_DUPLICATE_OPTION',
      (inject?.options ?? []).map(({ id }, option) => [id, ['timeline', index, 'inject', 'options', option, 'id']]),
      'option',
    ),
  );

/** Why: an inject goes to an audience once; a second entry would start a second deadline. */
const injectAudiences: ScenarioRule = ({ timeline }) =>
  timeline.flatMap(({ inject }, index) =>
    repeats(
      'SCENARIO_DUPLICATE_AUDIENCE',
      (inject?.to ?? []).map((audience, entry) => [audience, ['timeline', index, 'inject', 'to', entry]]),
      'audience',
    ),
  );

/** Why: somebody comes to know a thing once; with two times, which one plays would be chance. */
const knowers: ScenarioRule = ({ timeline }) =>
  timeline.flatMap(({ known }, index) =>
    repeats(
      'SCENARIO_DUPLICATE_WHO',
      known.map(({ who }, entry) => [who, ['timeline', index, 'known', entry, 'who']]),
      'who',
    ),
  );

/** Why: a ledger names a declaration by its id. */
const declarationIds: ScenarioRule = ({ declarations }) =>
  repeats(
    'SCENARIO_DUPLICATE_DECLARATION',
    declarations.map(({ id }, index) => [id, ['declarations', index, 'id']]),
    'declaration',
  );

export const UNIQUE_RULES: readonly ScenarioRule[] = [
  itemIds,
  chapterIds,
  parties,
  optionIds,
  injectAudiences,
  knowers,
  declarationIds,
];

function repeats(code: string, entries: readonly (readonly [string, PathPart[]])[], noun: string): UnplacedFault[] {
  const seen = new Set<string>();
  return entries.flatMap(([id, path]) => {
    if (seen.has(id)) {
      return [{ code, path, message: `Rename or remove this one: the ${noun} "${id}" is listed before.` }];
    }
    seen.add(id);
    return [];
  });
}
