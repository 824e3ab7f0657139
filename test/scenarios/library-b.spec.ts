import { readFileSync } from 'node:fs';
import { matchLaunch } from '../../src/core/announcement/match-launch.js';
import { startClock, runTimeAt, wallTimeAt } from '../../src/core/clock/clock.js';
import { byDueOrder } from '../../src/core/delivery/due.js';
import { parseScenario } from '../../src/core/scenario/scenario.parse.js';
import {
  CONTROL,
  earliestKnowledge,
  scheduleOf,
  type ScheduledRow,
} from '../../src/core/scenario/scenario.schedule.js';
import { SHIPPED_LANGUAGES, type Scenario } from '../../src/core/scenario/scenario.schema.js';
import { runTimeOf, wallTime } from '../../src/core/time/time.js';

/** Who knows an item at a time, and who does not, or not yet: one line a finding of the record. */
type Moment = [at: string, item: string, knows: string[], doesNot: string[]];

const MOMENTS: Record<string, Moment[]> = {
  'hawaii-2018-01-13': [
    // The State runs its drill and nobody else is on record as told; the alert is public; that it is false comes later.
    ['2018-01-13T08:06:00-10:00', 'drill-begins', ['control'], ['us', 'jp', 'kr']],
    ['2018-01-13T08:07:00-10:00', 'phone-alert', ['us'], ['jp', 'kr']],
    ['2018-01-13T08:09:00-10:00', 'no-launch-confirmed', [], ['control', 'us']],
    ['2018-01-13T08:10:00-10:00', 'no-launch-confirmed', ['us'], ['jp', 'kr']],
    ['2018-01-13T09:00:00-10:00', 'rebroadcast-stopped', ['control'], ['us', 'jp', 'kr']],
    ['2018-01-13T08:44:00-10:00', 'phone-alert (2)', [], ['us']],
    ['2018-01-13T08:45:00-10:00', 'phone-alert (2)', ['us'], ['jp', 'kr']],
  ],
  'malligyong-2023-11-21': [
    ['2023-11-21T02:29:00+09:00', 'launch-notice', ['jp'], ['kr', 'us']],
    ['2023-11-21T02:40:00+09:00', 'launch-notice', ['jp', 'kr', 'us'], []],
    ['2023-11-21T22:44:00+09:00', 'launch', ['control'], ['jp', 'kr', 'us']],
    ['2023-11-21T22:46:00+09:00', 'launch', ['jp', 'us'], ['kr']],
    ['2023-11-21T22:47:00+09:00', 'launch', ['jp', 'kr', 'us'], []],
    ['2023-11-22T00:30:00+09:00', 'j-alert', ['jp'], ['kr', 'us']],
    ['2023-11-21T23:14:00+09:00', 'passage', ['control'], ['jp', 'kr', 'us']],
    ['2023-11-21T23:15:00+09:00', 'j-alert (2)', ['jp'], ['kr', 'us']],
  ],
  'chollima-2023-08-24': [
    ['2023-08-22T04:49:00+09:00', 'launch-notice', ['control'], ['jp', 'kr', 'us']],
    ['2023-08-22T04:50:00+09:00', 'launch-notice', ['jp', 'kr', 'us'], []],
    ['2023-08-24T03:54:00+09:00', 'launch', ['jp'], ['kr', 'us']],
    ['2023-08-24T04:07:00+09:00', 'j-alert (2)', ['jp'], ['kr', 'us']],
    ['2023-08-24T09:00:00+09:00', 'part-pacific', ['control'], ['jp', 'kr', 'us']],
    ['2023-08-24T06:15:00+09:00', 'kcna-failure', ['jp', 'kr', 'us'], []],
  ],
  'japan-false-launch-2009-04-04': [
    ['2009-04-04T18:00:00+09:00', 'akita-mail', ['control'], ['jp', 'kr', 'us']],
    ['2009-04-04T12:16:00+09:00', 'em-net', ['jp'], ['kr', 'us']],
    // Tokyo has it that nothing was seen a minute before ships and airlines are warned, and four before it says so.
    ['2009-04-04T12:17:00+09:00', 'target-lost', ['jp'], ['kr', 'us']],
    ['2009-04-04T12:20:00+09:00', 'em-net (2)', [], ['control', 'jp', 'kr', 'us']],
    ['2009-04-04T12:21:00+09:00', 'em-net (2)', ['jp'], ['kr', 'us']],
    ['2009-04-04T17:20:00+09:00', 'minister-explains', ['jp', 'kr', 'us'], []],
  ],
  'unha2-2009-04-05': [
    ['2009-03-13T23:59:00+09:00', 'launch-notice', ['control'], ['jp', 'kr', 'us']],
    ['2009-03-14T00:00:00+09:00', 'launch-notice', ['jp', 'kr', 'us'], []],
    ['2009-04-05T11:30:00+09:00', 'launch', ['control'], ['jp', 'kr', 'us']],
    ['2009-04-05T11:31:00+09:00', 'launch', ['jp', 'us'], ['kr']],
    ['2009-04-05T11:40:00+09:00', 'launch', ['jp', 'kr', 'us'], []],
    ['2009-04-05T12:00:00+09:00', 'em-net', ['jp'], ['kr', 'us']],
    ['2009-04-05T12:00:00+09:00', 'second-stage', ['control'], ['jp', 'kr', 'us']],
  ],
  'unha3-2012-04-13': [
    ['2012-03-20T00:00:00+09:00', 'launch-notice', ['jp'], ['kr', 'us']],
    ['2012-04-13T07:39:00+09:00', 'launch', ['control'], ['jp', 'kr', 'us']],
    ['2012-04-13T07:39:49+09:00', 'launch', ['kr'], ['jp', 'us']],
    ['2012-04-13T07:40:00+09:00', 'launch', ['jp', 'kr', 'us'], []],
    // What Tokyo sends at 08:03 the others have from the bulletin that repeats it; Korean television was first.
    ['2012-04-13T07:50:00+09:00', 'ytn-report', ['jp', 'kr', 'us'], []],
    ['2012-04-13T08:03:00+09:00', 'em-net', ['jp'], ['kr', 'us']],
    ['2012-04-13T12:30:00+09:00', 'formal-report', ['jp'], ['kr', 'us']],
  ],
  'nhk-2018-01-16': [
    ['2018-01-16T18:59:00+09:00', 'bulletin', ['jp'], ['kr', 'us']],
    ['2018-01-16T18:59:00+09:00', 'bulletin (2)', [], ['control', 'jp']],
    ['2018-01-16T19:00:00+09:00', 'bulletin (2)', ['jp'], ['kr', 'us']],
  ],
};

/** How a launch stands to the notice that a party has been told of when it is told of the launch. */
const VERDICTS: [scenario: string, party: string, verdict: string, reason: string][] = [
  ['malligyong-2023-11-21', 'JP', 'outside-window', '1 h 17 min before the announced window opened'],
  ['malligyong-2023-11-21', 'KR', 'outside-window', '1 h 17 min before the announced window opened'],
  ['malligyong-2023-11-21', 'US', 'outside-window', '1 h 17 min before the announced window opened'],
  ['chollima-2023-08-24', 'JP', 'announced', 'inside the announced window'],
];

/** The script that each language is written in, and none of the others. */
const SCRIPTS: Record<(typeof SHIPPED_LANGUAGES)[number], { has: RegExp; lacks: RegExp }> = {
  'ja-JP': { has: /[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}]/u, lacks: /\p{sc=Hangul}/u },
  'ko-KR': { has: /\p{sc=Hangul}/u, lacks: /[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}]/u },
  'en-US': { has: /[A-Za-z]/, lacks: /[\p{sc=Hangul}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}]/u },
};

const SPEED = 3600;
const T0 = wallTime(0);

function load(id: string): Scenario {
  const parsed = parseScenario(readFileSync(new URL(`../../scenarios/${id}/scenario.yaml`, import.meta.url), 'utf8'));
  if ('faults' in parsed) {
    throw new Error(`${id}: ${JSON.stringify(parsed.faults)}`);
  }
  return parsed.scenario;
}

const rowsOf = (scenario: Scenario): ScheduledRow[] =>
  scenario.chapters.flatMap((chapter) => scheduleOf(scenario, chapter).rows);

const nameOf = ({ itemId, version }: ScheduledRow): string => (version === 1 ? itemId : `${itemId} (${version})`);

describe.each(Object.entries(MOMENTS))('%s', (id, moments) => {
  const scenario = load(id);
  const rows = rowsOf(scenario);

  it('has the same schedule each time that it is read', () => {
    expect(scenario.id).toBe(id);
    expect(rowsOf(load(id))).toEqual(rows);
  });

  it('lets each item with a time fall due once, in the order of the file', () => {
    const played = rows.filter(({ audience, step }) => audience === CONTROL && step === 'deliver');
    expect(played).toHaveLength(scenario.timeline.filter(({ time }) => time.precision !== 'unknown').length);
    expect(new Set(played.map(nameOf)).size).toBe(played.length);
    const dueAt = played.map((row) => row.dueAt);
    expect(dueAt).toEqual([...dueAt].sort((a, b) => a - b));
  });

  it.each(scenario.chapters)('plays chapter $id on a clock of its own, every row when it is due', (chapter) => {
    const line = { startAt: runTimeOf(chapter.from), endAt: runTimeOf(chapter.to) };
    const clock = startClock(T0, line, SPEED, false);
    const due = scheduleOf(scenario, chapter).rows.map((row) => ({ ...row, origin: 'scenario' as const }));
    expect(due).not.toEqual([]);
    for (const { dueAt } of due.sort(byDueOrder)) {
      expect(runTimeAt(clock, wallTimeAt(clock, dueAt)!)).toBe(dueAt);
    }
  });

  it.each(SHIPPED_LANGUAGES)('says every item in %s', (language) => {
    const texts = scenario.timeline.flatMap((item) => {
      const { headline = '', description = headline } = item.texts[language] ?? {};
      return [headline, description];
    });
    const { has, lacks } = SCRIPTS[language];
    expect(texts.filter((text) => (!has.test(text) && !/^[\d:]+[.。]?$/.test(text)) || lacks.test(text))).toEqual([]);
  });

  it.each(moments)('at %s of %s know %j, not %j', (at, item, knows, doesNot) => {
    expect(rows.map(nameOf)).toContain(item);
    const told = rows
      .filter((row) => nameOf(row) === item && row.step === 'deliver' && row.dueAt <= runTimeOf(at))
      .map(({ audience }) => audience);
    expect(knows.filter((audience) => !told.includes(audience))).toEqual([]);
    expect(doesNot.filter((audience) => told.includes(audience))).toEqual([]);
  });
});

it.each(VERDICTS)('the launch of %s, as %s has it, is %s', (id, party, verdict, reason) => {
  const { timeline } = load(id);
  const launch = timeline.find((item) => item.launch)!;
  const knownAt = runTimeOf(earliestKnowledge(launch, party)!.at);
  const notices = timeline.flatMap(({ id: notice, announcement, ...item }) => {
    const known = announcement && earliestKnowledge({ id: notice, ...item }, party);
    return known && runTimeOf(known.at) <= knownAt
      ? [{ id: notice, version: 1, terms: announcement, receivedAt: runTimeOf(known.at), cancelled: false }]
      : [];
  });
  expect(matchLaunch(launch.launch!, notices)).toMatchObject({ verdict, reason: expect.stringContaining(reason) });
});
