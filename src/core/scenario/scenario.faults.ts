import type { Scenario } from './scenario.schema.js';

/** One step of a path into a scenario file: a field name, or the index of a list entry. */
export type PathPart = string | number;

/** A fault as a rule finds it, before it is known where in the text it stands. */
export interface UnplacedFault {
  /** Stable, upper case: `SCENARIO_YAML`, `SCENARIO_FORM`, or the code of the rule that was broken. */
  code: string;
  path: PathPart[];
  /** One sentence that says what to do. */
  message: string;
  /** `key` where the field itself is too much; otherwise the fault stands at the value. */
  pointAt?: 'key' | 'value';
}

/** A rule that needs two places of a scenario at once. It has its own stable code and yields each breach of it. */
export type ScenarioRule = (scenario: Scenario) => Iterable<UnplacedFault>;

/** A fault of a scenario file, with the place in the text where an author mends it. Lines and columns count from 1. */
export interface ScenarioFault {
  code: string;
  /** As in `timeline[3].known[0].at`; empty for the file as a whole. */
  path: string;
  line: number;
  column: number;
  message: string;
}

/** Writes a path as `timeline[3].known[0].at`; a name with other signs than letters, digits, `-` and `_` is quoted. */
export function pathText(path: readonly PathPart[]): string {
  return path
    .map((part, index) => {
      if (typeof part === 'number') {
        return `[${part}]`;
      }
      if (!/^[\w-]+$/.test(part)) {
        return `[${JSON.stringify(part)}]`;
      }
      return index === 0 ? part : `.${part}`;
    })
    .join('');
}

/** Orders faults as an author meets them when reading the file from its top. */
export function byPlace(a: ScenarioFault, b: ScenarioFault): number {
  return (
    a.line - b.line || a.column - b.column || a.path.localeCompare(b.path, 'en') || a.code.localeCompare(b.code, 'en')
  );
}
