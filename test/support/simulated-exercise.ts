import { decideDelivery, type Act, type Shown } from '../../src/core/delivery/delivery.js';
import { byDueOrder } from '../../src/core/delivery/due.js';
import { branchStanding, decideBranch, type BranchFacts, type Given } from '../../src/core/exercise/branch.js';
import { deadlineOf } from '../../src/core/exercise/inject.js';
import { conditionsOf, deciderId, type BranchCondition, type Decider } from '../../src/core/scenario/branch.js';
import { NO_ANSWER } from '../../src/core/scenario/no-answer.js';
import { scheduleOf, type ScheduledRow } from '../../src/core/scenario/scenario.schedule.js';
import type { InjectTerms, Scenario } from '../../src/core/scenario/scenario.schema.js';
import { durationMsOf, type RunTime } from '../../src/core/time/time.js';

/** Whose answer, by `inject decider` as in `ask-posture jp`; who is not in it answers nothing. */
export type GivenAnswers = Readonly<Record<string, string>>;

/** What an audience was told, in the order in which it was. */
export interface Told {
  readonly audience: string;
  readonly item: string;
  readonly version: number;
  readonly at: RunTime;
}

export const pointKey = (point: Decider & { inject: string }): string => `${point.inject} ${deciderId(point)}`;

/** The places at which the story of a scenario parts, each with the answers that something follows on. */
export function pointsOf(scenario: Scenario): Map<string, Set<string>> {
  const points = new Map<string, Set<string>>();
  for (const condition of conditionsOf(scenario.timeline).values()) {
    const key = pointKey(condition);
    points.set(key, (points.get(key) ?? new Set()).add(condition.answer));
  }
  return points;
}

export type Play = (answers: GivenAnswers) => { told: Told[]; open: string[] };

/** Plays the default chapter of a scenario with given answers, by core's decisions alone, each as the pipeline asks for it. */
export function playerOf(scenario: Scenario): Play {
  const chapter = scenario.chapters.find((each) => each.default)!;
  const rows = scheduleOf(scenario, chapter).rows.sort((a, b) =>
    byDueOrder({ ...a, origin: 'scenario' }, { ...b, origin: 'scenario' }),
  );
  const injects = new Map(scenario.timeline.flatMap(({ id, inject }) => (inject ? [[id, inject] as const] : [])));
  return (answers) => {
    const run = new ExerciseRun(injects, answers);
    rows.forEach((row) => run.take(row));
    return { told: run.told, open: [...run.open] };
  };
}

/** Every combination of answers that can be reached: one more answer is asked for where the play meets a parting without one. */
export function reachableAnswers(scenario: Scenario, play: Play): GivenAnswers[] {
  const points = pointsOf(scenario);
  const found: GivenAnswers[] = [];
  const follow = (answers: GivenAnswers): void => {
    const [key] = play(answers).open;
    if (key === undefined) {
      found.push(answers);
      return;
    }
    const inject = scenario.timeline.find(({ id }) => id === key.split(' ')[0])?.inject;
    const led = points.get(key) ?? new Set();
    // Of the options that nothing follows on one stands for all.
    const idle = (inject?.options ?? []).map(({ id }) => id).find((id) => !led.has(id));
    for (const answer of new Set([...led, NO_ANSWER, ...(idle === undefined ? [] : [idle])])) {
      follow({ ...answers, [key]: answer });
    }
  };
  follow({});
  return found;
}

class ExerciseRun {
  readonly told: Told[] = [];
  /** Partings that were judged without a given answer, in their order. */
  readonly open = new Set<string>();
  private readonly shown = new Map<string, Shown>();
  private readonly put = new Map<string, RunTime>();
  private readonly leftOut = new Set<string>();

  constructor(
    private readonly injects: ReadonlyMap<string, InjectTerms>,
    private readonly answers: GivenAnswers,
  ) {}

  take(row: ScheduledRow): void {
    const thread = `${row.audience} ${row.itemId}`;
    const decision = row.branch ? decideBranch(row.branch, this.factsOf(row.branch), row.dueAt) : { kind: 'tell' };
    if (decision.kind === 'wait') {
      throw new Error(`${row.itemId} falls due before its answer is final.`);
    }
    if (decision.kind === 'leave-out') {
      this.leftOut.add(thread);
      return;
    }
    const candidate = { version: row.version, act: (row.version === 1 ? 'alert' : 'update') as Act };
    if (row.step !== 'deliver' || decideDelivery(candidate, this.shown.get(thread)).kind === 'suppress') {
      return;
    }
    this.shown.set(thread, candidate);
    this.put.set(thread, this.put.get(thread) ?? row.dueAt);
    this.told.push({ audience: row.audience, item: row.itemId, version: row.version, at: row.dueAt });
  }

  private factsOf(condition: BranchCondition): BranchFacts {
    const { inject: id, audience, desk } = condition;
    const inject = this.injects.get(id);
    const putAt = this.put.get(`${audience} ${id}`);
    const deadlineAt = putAt === undefined ? undefined : deadlineOf(putAt, durationMsOf(inject!.answerWithin)!);
    const answer = this.answers[pointKey(condition)];
    const given: Given[] =
      putAt === undefined || answer === undefined || answer === NO_ANSWER
        ? []
        : [{ audience, desk: desk ?? `${audience}-desk`, option: answer, answeredAt: putAt }];
    const facts: BranchFacts = {
      asked: deadlineAt === undefined
        ? this.leftOut.has(`${audience} ${id}`) ? { state: 'left-out', deadlineAt: 0 as RunTime } : undefined
        : { state: 'put', deadlineAt }, // prettier-ignore
      given,
    };
    if (answer === undefined && branchStanding(condition, facts, deadlineAt ?? (0 as RunTime)).kind !== 'not-asked') {
      this.open.add(pointKey(condition));
    }
    return facts;
  }
}
