import type { z } from 'zod';
import { scenarioSchema } from './scenario.schema.js';
import type { PathPart, UnplacedFault } from './scenario.faults.js';

type Issue = z.core.$ZodIssue;

const KIND_OF_VALUE: Record<string, string> = {
  object: 'named fields (name: value)',
  record: 'named fields (name: value)',
  array: 'a list (lines that begin with "- ")',
  tuple: 'a list of the form [a, b]',
  string: 'a text (put it in quotes)',
  number: 'a number',
  boolean: 'true or false',
};

/** Returns every way in which a value is not of the form of a scenario file; an empty list means that it is. */
export function formFaults(value: unknown): UnplacedFault[] {
  const result = scenarioSchema.safeParse(value);
  return result.success ? [] : result.error.issues.flatMap((issue) => faultsOf(issue, [], value));
}

function faultsOf(issue: Issue, base: PathPart[], root: unknown): UnplacedFault[] {
  const path = [...base, ...issue.path.map((part) => (typeof part === 'number' ? part : String(part)))];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      ...fault([...path, key], `Remove "${key}" or correct its spelling: there is no such field here.`),
      pointAt: 'key',
    }));
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    return unionFaults(issue.errors, path, root);
  }
  if (issue.code === 'invalid_key') {
    return [
      {
        ...fault(path, `Rename "${String(path.at(-1))}": ${issue.issues[0]?.message ?? 'no such name is allowed'}.`),
        pointAt: 'key',
      },
    ];
  }
  if (isMissing(path, root)) {
    return [fault(path, `Add the field "${String(path.at(-1))}" here: it is required.`)];
  }
  return [fault(path, advice(issue))];
}

/**
 * Of the forms a value may have, an author meant the one that knows all the field names used:
 * only the faults of that form are worth reading.
 */
function unionFaults(branches: readonly Issue[][], path: PathPart[], root: unknown): UnplacedFault[] {
  const meant = branches.filter((issues) => !issues.some((issue) => issue.code === 'unrecognized_keys'));
  const best = meant.length === 1 ? meant[0] : undefined;
  if (best) {
    return best.flatMap((issue) => faultsOf(issue, path, root));
  }
  const forms = branches.flatMap((issues) => issues.map((issue) => issue.path[0])).filter((name) => name !== undefined);
  return [fault(path, `Write exactly one of these fields here: ${[...new Set(forms.map(String))].join(', ')}.`)];
}

function advice(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `Write ${KIND_OF_VALUE[issue.expected] ?? issue.expected} here.`;
    case 'invalid_value':
      return `Write ${alternatives(issue.values)} here.`;
    case 'invalid_union':
      // A discriminated union names what would have selected one of its forms.
      return `Write ${alternatives((issue as { options?: unknown[] }).options ?? [])} here.`;
    case 'too_small':
      return `Give ${amount(issue.origin, issue.inclusive === false ? 'more than' : 'at least', issue.minimum)} here.`;
    case 'too_big':
      return `Give ${amount(issue.origin, issue.inclusive === false ? 'less than' : 'at most', issue.maximum)} here.`;
    case 'invalid_format':
      return issue.format === 'url'
        ? 'Write a full address here, as in https://example.org/page.'
        : sentence(issue.message);
    default:
      return sentence(issue.message);
  }
}

function alternatives(values: readonly unknown[]): string {
  const quoted = values.map((value) => JSON.stringify(value));
  return quoted.length > 1 ? `one of ${quoted.join(', ')}` : (quoted[0] ?? 'an allowed value');
}

const UNITS: Record<string, [one: string, many: string]> = {
  string: ['character', 'characters'],
  array: ['entry', 'entries'],
  record: ['field', 'fields'],
};

function amount(origin: string, comparison: string, limit: number | bigint): string {
  const unit = UNITS[origin];
  return unit
    ? `${comparison} ${limit} ${unit[Number(limit) === 1 ? 0 : 1]}`
    : `a number that is ${comparison} ${limit}`;
}

function sentence(message: string): string {
  return `${message.charAt(0).toUpperCase()}${message.slice(1).replace(/\.$/, '')}.`;
}

function fault(path: PathPart[], message: string): UnplacedFault {
  return { code: 'SCENARIO_FORM', path, message };
}

/** The schema reports a missing field and a wrong value alike; only the value itself tells them apart. */
function isMissing(path: PathPart[], root: unknown): boolean {
  let value = root;
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) {
      return true;
    }
    value = (value as Record<PathPart, unknown>)[part];
  }
  return value === undefined;
}
