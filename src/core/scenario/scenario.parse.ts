import { checkScenario } from './scenario.check.js';
import { byPlace } from './scenario.faults.js';
import type { ScenarioFault, UnplacedFault } from './scenario.faults.js';
import { formFaults } from './scenario.form-faults.js';
import type { Scenario } from './scenario.schema.js';
import { scenarioSchema } from './scenario.schema.js';
import { readYaml } from './scenario.yaml.js';

/** A longer text is refused unread: the longest scenario of the library is a tenth of it. */
export const MAX_SCENARIO_BYTES = 2 * 1024 * 1024;

/** Nobody reads more faults than this, and placing each costs time. */
export const MAX_FAULTS = 500;

export type ParsedScenario = { scenario: Scenario } | { faults: ScenarioFault[] };

/**
 * Reads a scenario file. Returns the scenario, or every fault that the text has, in the order of its lines:
 * faults of the YAML; if there are none, of the form; if there are none, of the rules between its parts.
 */
export function parseScenario(text: string): ParsedScenario {
  if (text.length > MAX_SCENARIO_BYTES || new TextEncoder().encode(text).length > MAX_SCENARIO_BYTES) {
    return {
      faults: [
        {
          code: 'SCENARIO_TOO_LARGE',
          path: '',
          line: 1,
          column: 1,
          message: 'Shorten the file: a scenario may have at most 2 MiB.',
        },
      ],
    };
  }
  const yaml = readYaml(text);
  if ('faults' in yaml) {
    return { faults: yaml.faults.sort(byPlace).slice(0, MAX_FAULTS) };
  }
  const place = (faults: UnplacedFault[]): ParsedScenario => ({
    faults: faults.slice(0, MAX_FAULTS).map(yaml.place).sort(byPlace),
  });
  const wrongForm = formFaults(yaml.value);
  if (wrongForm.length > 0) {
    return place(wrongForm);
  }
  const scenario = scenarioSchema.parse(yaml.value);
  const broken = checkScenario(scenario);
  return broken.length > 0 ? place(broken) : { scenario };
}
