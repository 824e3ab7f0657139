import { runTimeAt, startClock, wallTimeAt } from '../../src/core/clock/clock.js';
import { byDueOrder } from '../../src/core/delivery/due.js';
import { CONTROL, scheduleOf, startOf } from '../../src/core/scenario/scenario.schedule.js';
import { SHIPPED_LANGUAGES } from '../../src/core/scenario/languages.js';
import { runTimeOf, wallTime } from '../../src/core/time/time.js';
import { loadScenario, nameOf, rowsOf, scenarioIds } from '../support/scenario-files.js';

/** The script that each language is written in, and none of the others. */
const SCRIPTS: Record<(typeof SHIPPED_LANGUAGES)[number], { has: RegExp; lacks: RegExp }> = {
  'ja-JP': { has: /[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}]/u, lacks: /\p{sc=Hangul}/u },
  'ko-KR': { has: /\p{sc=Hangul}/u, lacks: /[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}]/u },
  'en-US': { has: /[A-Za-z]/, lacks: /[\p{sc=Hangul}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}]/u },
};
/** A time alone is right in every language. */
const TIME_ALONE = /^[\d:]+[.。]?$/;

const SPEED = 3600;
const STARTED = wallTime(0);

describe.each(scenarioIds())('%s', (id) => {
  const scenario = loadScenario(id);
  const rows = rowsOf(scenario);

  it('has the same schedule each time that it is read', () => {
    expect(scenario.id).toBe(id);
    expect(rowsOf(loadScenario(id))).toEqual(rows);
  });

  it('lets each item with a time happen once, in the order of the file where it is a record', () => {
    const happened = rows.filter(
      ({ audience, step, knownSince }) => audience === CONTROL && step === 'deliver' && knownSince === undefined,
    );
    const timed = scenario.timeline.filter((item) => startOf(item) !== undefined);
    expect(happened.map(({ itemId }) => itemId)).toEqual(timed.map((item) => item.updates ?? item.id));
    expect(new Set(happened.map(nameOf)).size).toBe(happened.length);
    const dueAt = happened.map((row) => row.dueAt);
    // An exercise may be written strand by strand.
    expect(scenario.kind === 'fictional' ? [] : dueAt.filter((at, index) => at < (dueAt[index - 1] ?? 0))).toEqual([]);
  });

  it.each(scenario.chapters)('plays chapter $id on a virtual clock, every row when it is due', (chapter) => {
    const line = { startAt: runTimeOf(chapter.from), endAt: runTimeOf(chapter.to) };
    const clock = startClock(STARTED, line, SPEED, false);
    const due = scheduleOf(scenario, chapter).rows.map((row) => ({ ...row, origin: 'scenario' as const }));
    expect(due).not.toEqual([]);
    for (const { dueAt } of due.sort(byDueOrder)) {
      expect(runTimeAt(clock, wallTimeAt(clock, dueAt)!)).toBe(dueAt);
    }
  });

  it.each(SHIPPED_LANGUAGES)('says every item in %s', (language) => {
    const { has, lacks } = SCRIPTS[language];
    const texts = scenario.timeline.flatMap((item) => {
      const { headline = '', description = headline } = item.texts[language] ?? {};
      return [headline, description];
    });
    expect(texts.filter((text) => (!has.test(text) && !TIME_ALONE.test(text)) || lacks.test(text))).toEqual([]);
  });
});
