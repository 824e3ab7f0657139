import type { Clock } from '../../core/clock/clock.js';
import type { JumpPlan } from '../../core/clock/jump.js';
import { notToldOf, scheduleOf } from '../../core/scenario/scenario.schedule.js';
import type { Scenario } from '../../core/scenario/scenario.schema.js';
import { isoOf } from '../../core/time/time.js';
import type { PartiesService } from '../parties/parties.service.js';
import type { ClockOutcome, JumpedRow } from './clock.service.js';
import type { RunWithClock } from './run.js';

/** A clock on the wire; run time now = runAt + (now - realAt) * rate, never past endAt. */
export function clockView(clock: Clock): object {
  return {
    revision: clock.revision,
    state: clock.state,
    speed: clock.speed,
    rate: clock.segment.rate,
    realAt: isoOf(clock.segment.realAt),
    runAt: isoOf(clock.segment.runAt),
    startAt: clock.startAt === undefined ? null : isoOf(clock.startAt),
    endAt: clock.endAt === undefined ? null : isoOf(clock.endAt),
  };
}

export function runView({ run, clock, audiences, createdAt }: RunWithClock, parties: PartiesService): object {
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
      names: party && parties.party(party)?.names,
      desks: desks.flatMap((deskId) => {
        const desk = parties.desk(deskId);
        return desk ? [{ id: desk.id, names: desk.names, language: desk.language, timeZone: desk.timeZone }] : [];
      }),
    })),
  };
}

export function outcomeView({ clock, plan }: ClockOutcome): object {
  return { clock: clockView(clock), plan: plan && planView(plan) };
}

function planView(plan: JumpPlan<JumpedRow>): object {
  const row = ({ kind, itemId, version, audience, step, dueAt }: JumpedRow): object => ({
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

/** A scenario in the library's list. */
export function scenarioView(scenario: Scenario): object {
  const { id, kind, job, names, summary, timeZone, parties, chapters, timeline } = scenario;
  return { id, kind, job, names, summary, timeZone, parties, chapters, items: timeline.length };
}

/** A scenario with what it cannot play: items without a time, and who is not on record as having been told. */
export function scenarioDetail(scenario: Scenario): object {
  const untimed = scenario.chapters[0] ? scheduleOf(scenario, scenario.chapters[0]).untimed : [];
  return {
    ...scenarioView(scenario),
    untimed: untimed.map(({ id, item }) => ({
      id,
      texts: item.texts,
      note: item.time.precision === 'unknown' ? item.time.note : undefined,
    })),
    notKnown: scenario.timeline
      .map((item) => ({ id: item.id, parties: notToldOf(scenario, item) }))
      .filter(({ parties }) => parties.length > 0),
    places: scenario.places,
    sources: scenario.sources,
  };
}
