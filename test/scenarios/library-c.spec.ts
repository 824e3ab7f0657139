import { readFileSync } from 'node:fs';
import { runTimeAt, startClock, wallTimeAt } from '../../src/core/clock/clock.js';
import { byDueOrder } from '../../src/core/delivery/due.js';
import { parseScenario } from '../../src/core/scenario/scenario.parse.js';
import { CONTROL, scheduleOf, startOf, type ScheduledRow } from '../../src/core/scenario/scenario.schedule.js';
import { SHIPPED_LANGUAGES, type Scenario } from '../../src/core/scenario/scenario.schema.js';
import { runTimeOf, wallTime } from '../../src/core/time/time.js';

/** Who has been told of an item by a time (KST, which is also JST), and who has not: one line a finding of the record. */
type Moment = [at: string, item: string, told: string[], notTold: string[]];

const MOMENTS: Record<string, Moment[]> = {
  'pla-missiles-2022-08-04': [
    ['2022-08-02T23:49', 'closed-areas', ['jp', 'kr', 'us'], []],
    ['2022-08-04T16:09', 'taiwan-first-release', [], ['jp', 'kr', 'us']],
    ['2022-08-04T16:10', 'taiwan-first-release', ['jp', 'kr', 'us'], []],
    // The public had the tracks from Japan: Tokyo first, by its own words, then whoever heard them.
    ['2022-08-04T20:38', 'missile-6', ['control'], ['jp', 'kr', 'us']],
    ['2022-08-04T20:39', 'missile-6', ['jp'], ['kr', 'us']],
    ['2022-08-04T20:43', 'missile-6', ['jp', 'kr', 'us'], []],
    ['2022-08-05T05:00', 'long-range-fire', ['control'], ['jp', 'kr', 'us']],
  ],
  'dmz-crisis-2015-08': [
    ['2015-08-20T15:53', 'first-round', ['kr'], ['jp', 'us']],
    ['2015-08-20T17:00', 'ultimatum', ['kr'], ['jp', 'us']],
    ['2015-08-21T02:29', 'ultimatum', ['jp', 'kr', 'us'], []],
    ['2015-08-21T23:59', 'evacuation-yeoncheon', ['kr'], ['jp', 'us']],
    // Announced in the morning for the evening, so that it is known before it takes effect.
    ['2015-08-21T11:00', 'quasi-war-state', ['jp', 'kr', 'us'], ['control']],
    ['2015-08-21T23:59', 'contact-proposed', ['kr'], ['jp', 'us']],
    ['2015-08-22T15:31', 'contact-proposed', ['jp', 'kr', 'us'], []],
  ],
  'yeonpyeong-2024-01-05': [
    // The fire had ended at 11:00; the order came for the fire of the other side.
    ['2024-01-05T11:17', 'coastal-artillery', ['control'], ['jp', 'kr', 'us']],
    ['2024-01-05T11:18', 'coastal-artillery', ['kr'], ['jp', 'us']],
    ['2024-01-05T12:02', 'shelter-order', ['kr'], ['jp', 'us']],
    ['2024-01-05T13:34', 'shelter-order', ['jp', 'kr', 'us'], []],
    ['2024-01-05T16:30', 'rok-marines-fire', ['kr'], ['jp', 'us']],
  ],
  'unha3-2012-12-12': [
    ['2012-12-02T20:17', 'notice-to-neighbours', ['jp', 'kr', 'us'], []],
    ['2012-12-12T09:49', 'launch', ['us'], ['jp', 'kr']],
    ['2012-12-12T09:52', 'launch', ['kr', 'us'], ['jp']],
    ['2012-12-12T09:55', 'launch', ['jp', 'kr', 'us'], []],
    ['2012-12-12T20:00', 'j-alert', ['jp'], ['kr', 'us']],
    ['2012-12-12T10:19', 'overflight', ['jp'], ['kr', 'us']],
    ['2012-12-12T10:20', 'overflight', ['jp', 'kr', 'us'], []],
  ],
  'drones-2022-12-26': [
    ['2022-12-26T10:25', 'track-seen', ['kr'], ['jp', 'us']],
    ['2022-12-26T17:08', 'track-seen', ['jp', 'kr', 'us'], []],
    ['2022-12-26T23:00', 'capital-command', ['kr'], ['jp', 'us']],
    ['2022-12-26T23:00', 'durumi', ['kr'], ['jp', 'us']],
    ['2022-12-26T13:08', 'gimpo-stopped', ['kr'], ['jp', 'us']],
  ],
  'taiwan-strait-1996-03': [
    ['1996-03-06T02:00', 'missile-test-notice', ['jp', 'kr', 'us'], []],
    ['1996-03-08T14:00', 'three-missiles', ['us'], ['jp', 'kr']],
    ['1996-03-09T01:50', 'three-missiles', ['jp', 'kr', 'us'], []],
  ],
  'taiwan-alert-2024-01-09': [
    // 16:17 in Japan and Korea is 15:17 in Taiwan: phones there ring, and no capital is on record as told.
    ['2024-01-09T16:17', 'phone-alert', ['control'], ['jp', 'kr', 'us']],
    ['2024-01-09T17:15', 'phone-alert', ['jp', 'kr', 'us'], []],
    ['2024-01-09T20:17', 'reported-in-japanese', ['jp'], ['kr', 'us']],
  ],
};

/** The script that each language is written in, and none of the others. */
const SCRIPTS: Record<(typeof SHIPPED_LANGUAGES)[number], { has: RegExp; lacks: RegExp }> = {
  'ja-JP': { has: /[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}]/u, lacks: /\p{sc=Hangul}/u },
  'ko-KR': { has: /\p{sc=Hangul}/u, lacks: /[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}]/u },
  'en-US': { has: /[A-Za-z]/, lacks: /[\p{sc=Hangul}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}]/u },
};

const SPEED = 3600;
const STARTED = wallTime(0);

function load(id: string): Scenario {
  const parsed = parseScenario(readFileSync(new URL(`../../scenarios/${id}/scenario.yaml`, import.meta.url), 'utf8'));
  if ('faults' in parsed) {
    throw new Error(`${id}: ${JSON.stringify(parsed.faults)}`);
  }
  return parsed.scenario;
}

const rowsOf = (scenario: Scenario): ScheduledRow[] =>
  scenario.chapters.flatMap((chapter) => scheduleOf(scenario, chapter).rows);

describe.each(Object.entries(MOMENTS))('%s', (id, moments) => {
  const scenario = load(id);
  const rows = rowsOf(scenario);

  it('has the same schedule each time that it is read', () => {
    expect(scenario.id).toBe(id);
    expect(rowsOf(load(id))).toEqual(rows);
  });

  it('lets each item with a time happen once, in the order of the file', () => {
    const happened = rows.filter(({ audience, step }) => audience === CONTROL && step === 'deliver');
    const timed = scenario.timeline.filter((item) => startOf(item) !== undefined);
    expect(happened.map(({ itemId }) => itemId)).toEqual(timed.map((item) => item.updates ?? item.id));
    const dueAt = happened.map((row) => row.dueAt);
    expect(dueAt).toEqual([...dueAt].sort((a, b) => a - b));
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
    const texts = scenario.timeline.flatMap(({ texts: { [language]: text } }) => [
      text?.headline ?? '',
      text?.description ?? text?.headline ?? '',
    ]);
    expect(texts.filter((text) => !has.test(text) || lacks.test(text))).toEqual([]);
  });

  it.each(moments)('by %s, %s is told to %j and not to %j', (at, item, told, notTold) => {
    expect(scenario.timeline.map((each) => each.id)).toContain(item);
    const audiences = rows
      .filter(
        ({ itemId, step, dueAt }) => itemId === item && step === 'deliver' && dueAt <= runTimeOf(`${at}:00+09:00`),
      )
      .map(({ audience }) => audience);
    expect(audiences).toEqual(expect.arrayContaining(told));
    expect(notTold.filter((audience) => audiences.includes(audience))).toEqual([]);
  });
});
