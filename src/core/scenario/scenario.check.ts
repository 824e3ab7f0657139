import { BASIS_RULES } from './scenario.check-basis.js';
import { BRANCH_RULES } from './scenario.check-branches.js';
import { REFERENCE_RULES } from './scenario.check-references.js';
import { TIME_RULES } from './scenario.check-times.js';
import { UNIQUE_RULES } from './scenario.check-unique.js';
import type { ScenarioRule, UnplacedFault } from './scenario.faults.js';
import type { Scenario } from './scenario.schema.js';

const RULES: readonly ScenarioRule[] = [
  ...UNIQUE_RULES,
  ...REFERENCE_RULES,
  ...TIME_RULES,
  ...BASIS_RULES,
  ...BRANCH_RULES,
];

/** Returns every breach of the rules between the parts of a scenario whose form is right; an empty list means none. */
export function checkScenario(scenario: Scenario): UnplacedFault[] {
  return RULES.flatMap((rule) => [...rule(scenario)]);
}
