import { durationMsOf, isoOf, runTime, runTimeOf, type RunTime } from '../time/time.js';
import { deciderOf } from './branch.js';
import { NO_ANSWER } from './no-answer.js';
import type { PathPart, ScenarioRule, UnplacedFault } from './scenario.faults.js';
import { startOf } from './scenario.schedule.js';
import type { BranchTerms, InjectTerms, Scenario, ScenarioItem } from './scenario.schema.js';

/** An item on a branch, with the inject that it hangs on. */
interface Branched {
  readonly index: number;
  readonly item: ScenarioItem;
  readonly branch: BranchTerms;
  /** Undefined where there is none of that id. */
  readonly asked?: ScenarioItem & { inject: InjectTerms };
}

/** Why: what happened did not hang on the answers of those who replay it. */
const noneInHistory: ScenarioRule = function* (scenario) {
  for (const { index } of scenario.kind === 'historical' ? branchesOf(scenario) : []) {
    yield {
      ...faultAt(index, 'SCENARIO_BRANCH_IN_HISTORY', 'Remove "branch": only a fictional scenario may have one.'),
      pointAt: 'key',
    };
  }
};

/** Why: an item that hangs on a question which is never put would never be told. A later version of an inject asks nothing anew. */
const injects: ScenarioRule = function* (scenario) {
  for (const { index, branch, asked } of branchesOf(scenario)) {
    if (!asked) {
      yield faultAt(
        index,
        'SCENARIO_BRANCH_UNKNOWN_INJECT',
        `Name an inject of this scenario (its first version): "${branch.inject}" is none.`,
        'inject',
      );
    }
  }
};

/** Why: with several who answer, or nobody of those asked, nobody could tell which answer decides. */
const deciders: ScenarioRule = function* (scenario) {
  for (const { index, branch, asked } of branchesOf(scenario)) {
    if (asked && !deciderOf(branch.by, asked.inject.to)) {
      const choice = asked.inject.to.map((audience) => audience.toUpperCase()).join(', ');
      yield branch.by === undefined
        ? faultAt(index, 'SCENARIO_BRANCH_WITHOUT_BY', `Add "by" with one of those who are asked: ${choice}.`)
        : faultAt(
            index,
            'SCENARIO_BRANCH_UNKNOWN_BY',
            `Name one of those who are asked (${choice}), or a desk of one (as in ${asked.inject.to[0]}-abc): "${branch.by}" is none.`,
            'by',
          );
    }
  }
};

/** Why: an answer that nobody can give leaves the item untold in every run. */
const answers: ScenarioRule = function* (scenario) {
  for (const { index, branch, asked } of branchesOf(scenario)) {
    const choice = [...(asked?.inject.options ?? []).map(({ id }) => id), NO_ANSWER];
    if (asked && !choice.includes(branch.answer)) {
      yield faultAt(
        index,
        'SCENARIO_BRANCH_UNKNOWN_ANSWER',
        `Write one of ${choice.join(', ')} here: "${branch.answer}" is no option of "${asked.id}".`,
        'answer',
      );
    }
  }
};

/** Why: the answer must be final when an item that hangs on it is due. So no branch can hang on itself, by whatever way. */
const afterTheAnswer: ScenarioRule = function* (scenario) {
  for (const { index, item, branch, asked } of branchesOf(scenario)) {
    const finalAt = asked && answeredBy(asked);
    if (asked && finalAt === undefined) {
      yield faultAt(
        index,
        'SCENARIO_BRANCH_INJECT_UNTIMED',
        `Give the inject "${asked.id}" a time, or hang the item on another.`,
        'inject',
      );
    }
    for (const [path, at] of finalAt === undefined ? [] : instantsOf(item)) {
      if (finalAt !== undefined && at < finalAt) {
        yield {
          code: 'SCENARIO_BRANCH_BEFORE_ANSWER',
          path: ['timeline', index, ...path],
          message: `Move this to ${isoOf(finalAt)} or later: until then "${branch.inject}" may be answered.`,
        };
      }
    }
  }
};

/** Why: a run plays one chapter, and nobody answers in it what another one asks. */
const inOneChapter: ScenarioRule = function* (scenario) {
  for (const { index, item, branch, asked } of branchesOf(scenario)) {
    const at = startOf(item);
    const askedAt = asked && startOf(asked);
    if (at === undefined || askedAt === undefined) {
      continue;
    }
    const together = scenario.chapters.some(({ from, to }) =>
      [at, askedAt].every((each) => runTimeOf(from) <= each && each <= runTimeOf(to)),
    );
    if (!together) {
      yield faultAt(
        index,
        'SCENARIO_BRANCH_OF_OTHER_CHAPTER',
        `Hang the item on an inject of its own chapter: "${branch.inject}" is of another.`,
        'inject',
      );
    }
  }
};

/** Why: a desk that is told version 1 and then version 3 knows that something was kept from it. */
const versions: ScenarioRule = function* ({ timeline }) {
  const latest = new Map<string, ScenarioItem>();
  const roots = new Map<string, string>();
  for (const [index, item] of timeline.entries()) {
    const root = (item.updates !== undefined && roots.get(item.updates)) || item.id;
    const before = latest.get(root);
    if (before?.branch && !isSameBranch(before.branch, item.branch)) {
      yield {
        code: 'SCENARIO_BRANCH_OF_VERSION',
        path: ['timeline', index, 'updates'],
        message: `Make this an item of its own, or put it on the branch of "${before.id}": versions after one on a branch are on the same.`,
      };
    }
    roots.set(item.id, root);
    latest.set(root, item);
  }
};

export const BRANCH_RULES: readonly ScenarioRule[] = [
  noneInHistory,
  injects,
  deciders,
  answers,
  afterTheAnswer,
  inOneChapter,
  versions,
];

function* branchesOf({ timeline }: Scenario): Iterable<Branched> {
  const asking = new Map(
    timeline.flatMap((item) =>
      item.inject && item.updates === undefined ? [[item.id, { ...item, inject: item.inject }] as const] : [],
    ),
  );
  for (const [index, item] of timeline.entries()) {
    if (item.branch) {
      yield { index, item, branch: item.branch, asked: asking.get(item.branch.inject) };
    }
  }
}

/** When the last answer to an inject may come, as planned. */
function answeredBy(asked: ScenarioItem & { inject: InjectTerms }): RunTime | undefined {
  const askedAt = startOf(asked);
  return askedAt === undefined ? undefined : runTime(askedAt + (durationMsOf(asked.inject.answerWithin) ?? 0));
}

/** Every instant at which something of an item falls due, with its path within the item. */
function instantsOf(item: ScenarioItem): [PathPart[], RunTime][] {
  const startAt = startOf(item);
  return [
    ...(startAt === undefined
      ? []
      : [[['time', item.time.precision === 'range' ? 'earliest' : 'at'], startAt] as [PathPart[], RunTime]]),
    ...item.known.map(({ at }, entry): [PathPart[], RunTime] => [['known', entry, 'at'], runTimeOf(at)]),
    ...(item.launch ? [[['launch', 'at'], runTimeOf(item.launch.at)] as [PathPart[], RunTime]] : []),
  ];
}

function faultAt(index: number, code: string, message: string, field?: keyof BranchTerms): UnplacedFault {
  return { code, path: ['timeline', index, 'branch', ...(field ? [field] : [])], message };
}

const isSameBranch = (one: BranchTerms, other: BranchTerms | undefined): boolean =>
  one.inject === other?.inject && one.by === other.by && one.answer === other.answer;
