import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml';
import type { Document, Node, YAMLMap } from 'yaml';
import { tooDeepAt } from './scenario.depth.js';
import type { PathPart, ScenarioFault, UnplacedFault } from './scenario.faults.js';
import { pathText } from './scenario.faults.js';

/** A text read as YAML: its plain value, and where each part of that value stands in the text. */
export interface YamlText {
  value: unknown;
  place(fault: UnplacedFault): ScenarioFault;
}

/** References to another place of the file are a convenience; more than this many are a way to blow a small file up. */
const MAX_ALIASES = 100;

/**
 * Reads YAML 1.2 (core schema: no dates, no yes/no booleans, no custom tags), strictly and with unique keys.
 * Returns all syntax faults at once, or the value with a way back from its paths to lines and columns.
 */
export function readYaml(text: string): YamlText | { faults: ScenarioFault[] } {
  const lines = new LineCounter();
  const faultAt = (offset: number, message: string): ScenarioFault => ({
    code: 'SCENARIO_YAML',
    path: '',
    ...lineAndColumn(lines, offset),
    message,
  });
  const deep = tooDeepAt(text);
  if (deep) {
    return {
      faults: [
        {
          code: 'SCENARIO_YAML',
          path: '',
          ...deep,
          message: 'Nest less deeply here: no scenario needs that many levels.',
        },
      ],
    };
  }
  const document = parseDocument(text, {
    lineCounter: lines,
    schema: 'core',
    version: '1.2',
    strict: true,
    merge: false,
    resolveKnownTags: false,
    prettyErrors: false,
    // The library compares each key with all others, which takes minutes for a hostile file; see repeatedKeys.
    uniqueKeys: false,
  });
  const faults = [
    ...[...document.errors, ...document.warnings].map((error) =>
      faultAt(error.pos[0], `Correct the YAML here: ${error.message.replace(/\.$/, '')}.`),
    ),
    ...repeatedKeys(document, faultAt),
    ...badAliases(document, faultAt),
  ];
  if (faults.length > 0) {
    return { faults };
  }
  try {
    const value: unknown = document.toJS({ maxAliasCount: MAX_ALIASES });
    return { value, place: (fault) => placed(fault, document, lines) };
  } catch (error) {
    // The only thing that a well-formed document can still do wrong is to grow without bound through its aliases.
    if (error instanceof ReferenceError) {
      return {
        faults: [faultAt(0, 'Write the repeated parts out: the aliases of this file grow too large together.')],
      };
    }
    throw error;
  }
}

type FaultAt = (offset: number, message: string) => ScenarioFault;

function repeatedKeys(document: Document.Parsed, faultAt: FaultAt): ScenarioFault[] {
  const faults: ScenarioFault[] = [];
  visit(document, {
    Map: (_, map) => {
      const seen = new Set<unknown>();
      for (const { key } of map.items) {
        if (!isScalar(key)) {
          faults.push(faultAt(startOf(map) ?? 0, 'Use a plain text as the name of a field.'));
        } else if (seen.has(String(key.value))) {
          faults.push(faultAt(startOf(key) ?? 0, `Remove or rename "${String(key.value)}": the field is here twice.`));
        } else {
          seen.add(String(key.value));
        }
      }
    },
  });
  return faults;
}

function badAliases(document: Document.Parsed, faultAt: FaultAt): ScenarioFault[] {
  const faults: ScenarioFault[] = [];
  let count = 0;
  visit(document, {
    Alias: (_, alias) => {
      count += 1;
      if (count > MAX_ALIASES) {
        faults.push(
          faultAt(startOf(alias) ?? 0, `Write this part out: a scenario may use at most ${MAX_ALIASES} aliases.`),
        );
        return visit.BREAK;
      }
      if (!alias.resolve(document)) {
        faults.push(faultAt(startOf(alias) ?? 0, `Define &${alias.source} before this line, or write the value out.`));
      }
      return undefined;
    },
  });
  return faults;
}

/** Follows the path as far as the document goes: a missing field is placed at the part that lacks it. */
function placed(fault: UnplacedFault, document: Document.Parsed, lines: LineCounter): ScenarioFault {
  let node: Node | null = resolved(document.contents, document);
  let offset = startOf(node) ?? 0;
  fault.path.forEach((part, depth) => {
    const pair = isMap(node) ? pairOf(node, part) : undefined;
    const next: unknown = isSeq(node) ? node.items[Number(part)] : pair?.value;
    node = isNode(next) ? resolved(next, document) : null;
    const keyIsMeant = fault.pointAt === 'key' && depth === fault.path.length - 1;
    offset = (keyIsMeant ? startOf(pair?.key) : startOf(next)) ?? offset;
  });
  return { code: fault.code, path: pathText(fault.path), ...lineAndColumn(lines, offset), message: fault.message };
}

function pairOf(map: YAMLMap, name: PathPart): YAMLMap['items'][number] | undefined {
  return map.items.find(({ key }) => isScalar(key) && String(key.value) === String(name));
}

function resolved(node: Node | null, document: Document.Parsed): Node | null {
  return isAlias(node) ? (node.resolve(document) ?? null) : node;
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}

function lineAndColumn(lines: LineCounter, offset: number): { line: number; column: number } {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}
