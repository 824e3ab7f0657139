import { announcementFaults } from '../announcement/announcement.errors.js';
import type { PathPart, ScenarioRule } from './scenario.faults.js';
import type { Scenario } from './scenario.schema.js';
import { SHIPPED_LANGUAGES } from './languages.js';

/** Why: a desk reads its own language first; a text that lacks it leaves that desk without the news. */
const languages: ScenarioRule = function* (scenario) {
  for (const [path, byLanguage] of textsOf(scenario)) {
    const missing = SHIPPED_LANGUAGES.filter((language) => !Object.hasOwn(byLanguage, language));
    if (missing.length > 0) {
      yield { code: 'SCENARIO_LANGUAGE_MISSING', path, message: `Add ${missing.join(', ')} here.` };
    }
  }
};

/** Why: consoles and the pipeline decide by the kind, so it and what the item carries must say the same. */
const kinds: ScenarioRule = function* ({ timeline }) {
  for (const [index, item] of timeline.entries()) {
    for (const part of ['announcement', 'inject'] as const) {
      if (item.kind === part && !item[part]) {
        yield {
          code: 'SCENARIO_KIND_WITHOUT_PART',
          path: ['timeline', index, 'kind'],
          message: `Add "${part}" to this item, or give it another kind.`,
        };
      } else if (item.kind !== part && item[part]) {
        yield {
          code: 'SCENARIO_PART_WITHOUT_KIND',
          path: ['timeline', index, part],
          pointAt: 'key',
          message: `Write "kind: ${part}" for this item, or remove "${part}".`,
        };
      }
    }
  }
};

/** Why: a notice in a scenario is checked and matched like one that a desk gives, so it must be as sound. */
const notices: ScenarioRule = function* ({ timeline }) {
  for (const [index, { announcement }] of timeline.entries()) {
    for (const fault of announcement ? announcementFaults(announcement) : []) {
      yield {
        code: `SCENARIO_${fault.code}`,
        path: ['timeline', index, 'announcement', ...fault.path],
        message: fault.message,
      };
    }
  }
};

/** Why: history without a source is rumour. An inject is a question put to today's desks and claims nothing. */
const sourced: ScenarioRule = function* ({ kind, timeline }) {
  for (const [index, item] of kind === 'historical' ? timeline.entries() : []) {
    if (item.sources.length === 0 && item.kind !== 'inject') {
      yield {
        code: 'SCENARIO_ITEM_WITHOUT_SOURCE',
        path: ['timeline', index],
        message: `Add at least one source to "${item.id}": every item of a historical scenario has one.`,
      };
    }
  }
};

/** Why: "as it was known then" is the promise of a replay, so each recorded moment of knowing is backed by a source. */
const knowledgeSourced: ScenarioRule = function* ({ kind, timeline }) {
  for (const [index, item] of kind === 'historical' ? timeline.entries() : []) {
    for (const [entry, { basis, sources }] of item.known.entries()) {
      if ((basis === 'recorded' || basis === 'published') && sources.length === 0) {
        yield {
          code: 'SCENARIO_KNOWN_WITHOUT_SOURCE',
          path: ['timeline', index, 'known', entry],
          message: `Add the source that says when this was known: the basis "${basis}" needs one.`,
        };
      }
    }
  }
};

/** Why: what an author invents has no place in what really happened. */
const nothingScripted: ScenarioRule = function* ({ kind, timeline }) {
  for (const [index, item] of kind === 'historical' ? timeline.entries() : []) {
    for (const [entry, { basis }] of item.known.entries()) {
      if (basis === 'scripted') {
        yield {
          code: 'SCENARIO_SCRIPTED_HISTORY',
          path: ['timeline', index, 'known', entry, 'basis'],
          message: 'Write own-act, recorded or published here: only a fictional scenario may use scripted.',
        };
      }
    }
  }
};

/** Why: the record must say who claimed or stated what; and what nobody stated must say that it is put there for study. */
const restraintSourced: ScenarioRule = function* ({ kind, timeline, declarations }) {
  for (const [index, { acts }] of kind === 'historical' ? timeline.entries() : []) {
    for (const [entry, { claims }] of acts.entries()) {
      for (const [number, { sources }] of claims.entries()) {
        if (sources.length === 0) {
          yield {
            code: 'SCENARIO_CLAIM_WITHOUT_SOURCE',
            path: ['timeline', index, 'acts', entry, 'claims', number],
            message: 'Add the source of what this party says.',
          };
        }
      }
    }
  }
  for (const [index, { basis, note, sources }] of declarations.entries()) {
    const sound = basis === 'posed' ? note !== undefined : kind === 'fictional' || sources.length > 0;
    if (!sound) {
      yield {
        code: 'SCENARIO_DECLARATION_WITHOUT_SOURCE',
        path: ['declarations', index],
        message:
          basis === 'posed'
            ? 'Add a "note" that says what this is laid beside the log for.'
            : 'Add the source of this declaration: what a party stated in history has one.',
      };
    }
  }
};

export const BASIS_RULES: readonly ScenarioRule[] = [
  languages,
  kinds,
  notices,
  sourced,
  knowledgeSourced,
  nothingScripted,
  restraintSourced,
];

function* textsOf(scenario: Scenario): Iterable<[PathPart[], Record<string, unknown>]> {
  yield [['names'], scenario.names];
  yield [['summary'], scenario.summary];
  for (const part of ['others', 'actors', 'places'] as const) {
    for (const [id, { names }] of Object.entries(scenario[part])) {
      yield [[part, id, 'names'], names];
    }
  }
  for (const [index, { names }] of scenario.flights.entries()) {
    yield [['flights', index, 'names'], names];
  }
  for (const [index, { names }] of scenario.chapters.entries()) {
    yield [['chapters', index, 'names'], names];
  }
  for (const [index, { texts, conflicts, inject, acts }] of scenario.timeline.entries()) {
    yield [['timeline', index, 'texts'], texts];
    yield* claimNotesOf(['timeline', index, 'acts'], acts);
    for (const [entry, { about, values }] of conflicts.entries()) {
      yield [['timeline', index, 'conflicts', entry, 'about'], about];
      for (const [alternative, { value }] of values.entries()) {
        yield [['timeline', index, 'conflicts', entry, 'values', alternative, 'value'], value];
      }
    }
    if (inject) {
      yield [['timeline', index, 'inject', 'question'], inject.question];
      for (const [option, { names }] of (inject.options ?? []).entries()) {
        yield [['timeline', index, 'inject', 'options', option, 'names'], names];
      }
    }
  }
}

function* claimNotesOf(
  path: PathPart[],
  acts: Scenario['timeline'][number]['acts'],
): Iterable<[PathPart[], Record<string, unknown>]> {
  for (const [entry, { claims }] of acts.entries()) {
    for (const [number, { note }] of claims.entries()) {
      if (note) {
        yield [[...path, entry, 'claims', number, 'note'], note];
      }
    }
  }
}
