import { branchStanding, type Asked, type BranchFacts, type BranchStanding } from '../../core/exercise/branch.js';
import { deadlineOf } from '../../core/exercise/inject.js';
import type { ItemContent } from '../../core/incident/item-body.js';
import { deciderId, type BranchCondition, type Decider } from '../../core/scenario/branch.js';
import { CONTROL } from '../../core/scenario/scenario.schedule.js';
import { isoOf, runTimeOf, type RunTime } from '../../core/time/time.js';
import type { BranchItem, BranchView } from '../../core/wire/branch.js';
import { BRANCH_NOT_TAKEN, type DueRow } from '../runs/due-row.js';
import { contentKey, type DueRowState } from '../runs/due-rows.repository.js';
import type { BranchSetting } from './branches.repository.js';
import type { Inject, Response } from './injects.repository.js';

/** A due row on a branch. */
export type BranchRow = DueRowState & { readonly branch: BranchCondition };

/** What the branches of a run are judged by. */
export interface BranchState {
  readonly injects: readonly Inject[];
  /** Of injects. */
  readonly rows: readonly DueRowState[];
  readonly responses: readonly Response[];
  readonly settings: readonly BranchSetting[];
}

/** A place at which the story parts, with everything that hangs on it. */
export interface BranchPoint {
  readonly inject: string;
  readonly decider: Decider;
  readonly rows: readonly BranchRow[];
}

/** The places at which a story parts, by inject and whose answer decides, in the order of their first items. */
export function branchPoints(rows: readonly DueRowState[]): BranchPoint[] {
  const points = new Map<string, BranchPoint & { rows: BranchRow[] }>();
  for (const row of rows.filter(isOnBranch)) {
    const { inject, audience, desk } = row.branch;
    const key = `${inject} ${deciderId(row.branch)}`;
    const point = points.get(key) ?? { inject, decider: { audience, desk }, rows: [] };
    point.rows.push(row);
    points.set(key, point);
  }
  return [...points.values()];
}

/** What the branch that hangs on an inject and a decider is judged by. */
export function branchFacts(
  { inject: id, audience, desk }: Pick<BranchCondition, 'inject'> & Decider,
  { injects, rows, responses, settings }: BranchState,
): BranchFacts {
  const inject = injects.find((each) => each.id === id);
  const row = rows.find(
    (each) => each.itemId === id && each.version === 1 && each.step === 'deliver' && each.audience === audience,
  );
  return {
    asked: inject && row && { state: askedState(row), deadlineAt: deadlineOf(row.dueAt, inject.answerWithinMs) },
    given: responses
      .filter((response) => response.inject === id)
      .map((response) => ({
        audience: response.audience,
        desk: response.desk,
        option: response.body.option,
        answeredAt: runTimeOf(response.body.answeredAt),
      })),
    set: settings.find((each) => each.inject === id && each.decider === deciderId({ audience, desk }))?.answer,
  };
}

/** Whether a row has fallen due at a run time; one that a jump skipped has told nobody anything. */
export const hasFallenDue = (row: BranchRow, now: RunTime): boolean =>
  row.state === 'done' ||
  (row.state === 'suppressed' && row.reason === BRANCH_NOT_TAKEN) ||
  (row.state === 'pending' && row.dueAt <= now);

export function branchView(
  point: BranchPoint,
  state: BranchState,
  contents: ReadonlyMap<string, { content: ItemContent }>,
  now: RunTime,
): BranchView {
  const { inject, decider, rows } = point;
  const standing = branchStanding(decider, branchFacts({ inject, ...decider }, state), now);
  const decided = standing.kind === 'decided' ? standing : undefined;
  return {
    inject,
    by: deciderId(decider),
    answer: decided?.answer,
    decidedBy: decided?.by,
    canSet: !rows.some((row) => hasFallenDue(row, now)),
    ways: [...new Set(rows.map(({ branch }) => branch.answer))].map((answer) => ({
      answer,
      state: wayState(standing, answer),
      items: rows.filter((row) => row.branch.answer === answer && isEvent(row)).map((row) => itemOf(row, contents)),
    })),
  };
}

const isOnBranch = (row: DueRowState): row is BranchRow => row.branch !== undefined;

/** Control is told of everything when it happens. */
const isEvent = ({ audience, step }: DueRow): boolean => audience === CONTROL && step === 'deliver';

function wayState(standing: BranchStanding, answer: string): BranchView['ways'][number]['state'] {
  if (standing.kind === 'open') {
    return 'open';
  }
  return standing.kind === 'decided' && standing.answer === answer ? 'taken' : 'not-taken';
}

function itemOf(
  { kind, itemId, version, dueAt }: BranchRow,
  contents: ReadonlyMap<string, { content: ItemContent }>,
): BranchItem {
  const texts = contents.get(contentKey(itemId, version))?.content.texts ?? {};
  return { kind, id: itemId, version, texts, dueAt: isoOf(dueAt) };
}

function askedState({ state, reason }: DueRowState): Asked['state'] {
  switch (state) {
    case 'done':
      return 'put';
    case 'pending':
      return 'planned';
    case 'suppressed':
      return reason === BRANCH_NOT_TAKEN ? 'left-out' : 'put';
    case 'skipped':
    case 'cancelled':
    case 'void':
      return 'skipped';
  }
}
