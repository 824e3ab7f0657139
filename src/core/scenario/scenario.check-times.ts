import { durationMsOf, runTimeOf } from '../time/time.js';
import type { ScenarioRule } from './scenario.faults.js';
import { startOf } from './scenario.schedule.js';
import type { Scenario } from './scenario.schema.js';

/** Why: times are shown in this zone. Offsets are refused because Node 20 does not take them and later ones do. */
const timeZone: ScenarioRule = function* (scenario) {
  if (!isTimeZone(scenario.timeZone)) {
    yield {
      code: 'SCENARIO_UNKNOWN_TIME_ZONE',
      path: ['timeZone'],
      message: `Write an IANA time zone, as in Asia/Seoul: "${scenario.timeZone}" is none.`,
    };
  }
};

/** Why: a chapter that ends before it starts can play nothing. */
const chapterOrder: ScenarioRule = function* ({ chapters }) {
  for (const [index, { from, to }] of chapters.entries()) {
    if (runTimeOf(from) >= runTimeOf(to)) {
      yield {
        code: 'SCENARIO_CHAPTER_REVERSED',
        path: ['chapters', index, 'to'],
        message: 'Let the chapter end after it starts.',
      };
    }
  }
};

/** Why: a run started without a chapter plays the default one, so there must be no doubt which that is. */
const oneDefaultChapter: ScenarioRule = function* ({ chapters }) {
  const defaults = chapters.filter((chapter) => chapter.default).length;
  if (defaults !== 1) {
    yield {
      code: 'SCENARIO_DEFAULT_CHAPTER',
      path: ['chapters'],
      message: `Set "default: true" on exactly one chapter: now it is on ${defaults === 0 ? 'none' : defaults}.`,
    };
  }
};

/** Why: with overlapping chapters an item would belong to two stretches that are each meant to play by themselves. */
const chapterOverlap: ScenarioRule = function* ({ chapters }) {
  for (const [index, chapter] of chapters.entries()) {
    const other = chapters
      .slice(0, index)
      .find(({ from, to }) => runTimeOf(from) < runTimeOf(chapter.to) && runTimeOf(chapter.from) < runTimeOf(to));
    if (other) {
      yield {
        code: 'SCENARIO_CHAPTERS_OVERLAP',
        path: ['chapters', index, 'from'],
        message: `Move the limits of this chapter: it overlaps "${other.id}".`,
      };
    }
  }
};

/** Why: an item outside every chapter would never play, and nobody would notice. The limits belong to the chapter. */
const insideAChapter: ScenarioRule = function* ({ chapters, timeline }) {
  for (const [index, item] of timeline.entries()) {
    const at = startOf(item);
    if (at !== undefined && !chapters.some(({ from, to }) => runTimeOf(from) <= at && at <= runTimeOf(to))) {
      yield {
        code: 'SCENARIO_ITEM_OUTSIDE_CHAPTERS',
        path: ['timeline', index, 'time', item.time.precision === 'range' ? 'earliest' : 'at'],
        message: 'Widen a chapter to hold this item, or correct its time.',
      };
    }
  }
};

/** Why: an event that ends before it starts, or a range the wrong way round, is a slip of the pen. */
const eventOrder: ScenarioRule = function* ({ timeline }) {
  for (const [index, { time }] of timeline.entries()) {
    if (time.precision === 'range' && runTimeOf(time.earliest) > runTimeOf(time.latest)) {
      yield {
        code: 'SCENARIO_RANGE_REVERSED',
        path: ['timeline', index, 'time', 'latest'],
        message: 'Let "latest" be no earlier than "earliest".',
      };
    }
    if (
      (time.precision === 'exact' || time.precision === 'approximate') &&
      time.until &&
      runTimeOf(time.until) < runTimeOf(time.at)
    ) {
      yield {
        code: 'SCENARIO_UNTIL_REVERSED',
        path: ['timeline', index, 'time', 'until'],
        message: 'Let "until" be no earlier than "at".',
      };
    }
  }
};

/** Why: to know of a thing before it happens takes an explanation (a plan, a warning), or it is a slip of the pen. */
const knownBefore: ScenarioRule = function* ({ timeline }) {
  for (const [index, item] of timeline.entries()) {
    const start = startOf(item);
    for (const [entry, { at, note }] of item.known.entries()) {
      if (start !== undefined && runTimeOf(at) < start && note === undefined) {
        yield {
          code: 'SCENARIO_KNOWN_BEFORE_EVENT',
          path: ['timeline', index, 'known', entry, 'at'],
          message: 'Add a "note" that says how this was known before it happened, or correct the time.',
        };
      }
    }
  }
};

/** Why: when the chapter ends the run takes no more answers, so such a deadline could neither be met nor missed. */
const deadlineInChapter: ScenarioRule = function* ({ chapters, timeline }) {
  for (const [index, item] of timeline.entries()) {
    const startAt = startOf(item);
    const withinMs = item.inject && durationMsOf(item.inject.answerWithin);
    if (startAt === undefined || withinMs === undefined) {
      continue;
    }
    const short = chapters.find(
      ({ from, to }) => runTimeOf(from) <= startAt && startAt <= runTimeOf(to) && startAt + withinMs > runTimeOf(to),
    );
    if (short) {
      yield {
        code: 'SCENARIO_DEADLINE_AFTER_CHAPTER',
        path: ['timeline', index, 'inject', 'answerWithin'],
        message: `Ask earlier, give less time, or let the chapter "${short.id}" end later: it ends before the answer is due.`,
      };
    }
  }
};

/** Why: an act without a time stands in no order, and would vanish from the log unnoticed. */
const actTimes: ScenarioRule = function* ({ timeline }) {
  for (const [index, item] of timeline.entries()) {
    for (const [entry, { time = item.time }] of item.acts.entries()) {
      const path = ['timeline', index, 'acts', entry];
      if (time.precision === 'unknown') {
        yield { code: 'SCENARIO_ACT_WITHOUT_TIME', path, message: 'Give this act a time, or leave it out of the log.' };
      } else if (time.precision === 'range' && runTimeOf(time.earliest) > runTimeOf(time.latest)) {
        yield { code: 'SCENARIO_RANGE_REVERSED', path, message: 'Let "latest" be no earlier than "earliest".' };
      }
    }
  }
};

/** Why: a term that ends before it begins covers nothing. */
const declarationTerms: ScenarioRule = function* ({ declarations }) {
  for (const [index, { from, until }] of declarations.entries()) {
    if (until !== undefined && runTimeOf(until) <= runTimeOf(from)) {
      yield {
        code: 'SCENARIO_TERM_REVERSED',
        path: ['declarations', index, 'until'],
        message: 'Let the term end after it begins.',
      };
    }
  }
};

export const TIME_RULES: readonly ScenarioRule[] = [
  timeZone,
  chapterOrder,
  oneDefaultChapter,
  chapterOverlap,
  insideAChapter,
  eventOrder,
  knownBefore,
  deadlineInChapter,
  actTimes,
  declarationTerms,
];

function isTimeZone(name: Scenario['timeZone']): boolean {
  try {
    return !/^[+-]/.test(name) && Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}
