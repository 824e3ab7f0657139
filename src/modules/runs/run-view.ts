import { clockView } from '../../core/clock/clock-view.js';
import type { JumpPlan } from '../../core/clock/jump.js';
import { notToldOf, scheduleOf } from '../../core/scenario/scenario.schedule.js';
import type { Scenario, ScenarioChapter } from '../../core/scenario/scenario.schema.js';
import { isoOf } from '../../core/time/time.js';
import type { ClockAnswer, JumpPlanRow, JumpPlanView } from '../../core/wire/clock.js';
import type { RunView } from '../../core/wire/run.js';
import type { ScenarioDetail, ScenarioView, UntimedView } from '../../core/wire/scenario.js';
import type { Role } from '../../core/wire/session.js';
import type { PartiesService } from '../parties/parties.service.js';
import type { ClockOutcome, JumpedRow } from './clock.service.js';
import type { RunWithClock } from './run.js';

export function runView({ run, clock, audiences, createdAt }: RunWithClock, parties: PartiesService): RunView {
  const { id, job, mode, scenario, chapter, names, timeZone, seed, arrangement } = run;
  return {
    id,
    job,
    mode,
    scenario,
    chapter,
    names,
    timeZone,
    seed,
    arrangement,
    createdAt: createdAt.toISOString(),
    clock: clockView(clock),
    audiences: audiences.map(({ audience, party, desks }) => ({
      audience,
      party,
      names: party === undefined ? undefined : parties.party(party)?.names,
      desks: desks.flatMap((deskId) => {
        const desk = parties.desk(deskId);
        return desk ? [{ id: desk.id, names: desk.names, language: desk.language, timeZone: desk.timeZone }] : [];
      }),
    })),
  };
}

export function outcomeView({ clock, plan }: ClockOutcome): ClockAnswer {
  return { clock: clockView(clock), plan: plan && planView(plan) };
}

function planView(plan: JumpPlan<JumpedRow>): JumpPlanView {
  const row = ({ kind, itemId, version, audience, step, dueAt }: JumpedRow): JumpPlanRow => ({
    kind,
    id: itemId,
    version,
    audience,
    step,
    dueAt: isoOf(dueAt),
  });
  return {
    direction: plan.direction,
    sent: plan.sent.map(row),
    skipped: plan.skipped.map(row),
    cancelled: plan.cancelled.map(row),
  };
}

/** A scenario in the library's list, for somebody of that role. */
export function scenarioView(scenario: Scenario, role: Role): ScenarioView {
  if (scenario.kind === 'fictional' && role !== 'controller') {
    // Whoever is to play it must not read beforehand what will happen, nor when or how much.
    const { id, kind, job, names, timeZone, parties } = scenario;
    return { id, kind, job, names, timeZone, parties };
  }
  return fullView(scenario);
}

function fullView(scenario: Scenario): Required<ScenarioView> {
  const { id, kind, job, names, timeZone, parties, summary, chapters, timeline } = scenario;
  return { id, kind, job, names, timeZone, parties, summary, chapters, items: timeline.length };
}

/** A scenario with what it cannot play: items without a time, and who is not on record as having been told. */
export function scenarioDetail(scenario: Scenario): ScenarioDetail {
  return {
    ...fullView(scenario),
    // What has no time belongs to no chapter: it is the same for each.
    untimed: scenario.chapters[0] ? untimedOf(scenario, scenario.chapters[0]) : [],
    notKnown: scenario.timeline
      .map((item) => ({ id: item.id, parties: notToldOf(scenario, item) }))
      .filter(({ parties }) => parties.length > 0),
    places: scenario.places,
    sources: scenario.sources,
  };
}

/** What a chapter cannot play, as no source gives a time. */
export function untimedOf(scenario: Scenario, chapter: ScenarioChapter): UntimedView[] {
  return scheduleOf(scenario, chapter).untimed.map(({ id, item }) => ({
    id,
    texts: item.texts,
    note: item.time.precision === 'unknown' ? item.time.note : undefined,
  }));
}
