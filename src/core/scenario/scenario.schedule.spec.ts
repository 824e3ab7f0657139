import { readFileSync } from 'node:fs';
import { isoOf, runTimeOf } from '../time/time.js';
import { parseScenario } from './scenario.parse.js';
import {
  CONTROL,
  audienceOf,
  earliestKnowledge,
  notToldOf,
  scheduleOf,
  startOf,
  type Schedule,
  type ScheduledRow,
} from './scenario.schedule.js';
import type { Scenario, ScenarioChapter, ScenarioItem } from './scenario.schema.js';

function load(id: string): Scenario {
  const parsed = parseScenario(
    readFileSync(new URL(`../../../scenarios/${id}/scenario.yaml`, import.meta.url), 'utf8'),
  );
  if ('faults' in parsed) {
    throw new Error(JSON.stringify(parsed.faults));
  }
  return parsed.scenario;
}

const chapterOf = (scenario: Scenario, id?: string): ScenarioChapter =>
  scenario.chapters.find((each) => (id === undefined ? each.default : each.id === id))!;

const itemOf = (scenario: Scenario, id: string): ScenarioItem => scenario.timeline.find((item) => item.id === id)!;

const told = ({ rows }: Schedule, itemId: string): string[] =>
  rows
    .filter((row) => row.itemId === itemId && row.step === 'deliver')
    .map(({ audience, version, dueAt }) => `${audience} v${version} ${isoOf(dueAt).slice(11, 19)}`);

const rowKey = ({ itemId, version, audience, step }: ScheduledRow): string =>
  `${itemId} ${version} ${audience} ${step}`;

const yeonpyeong = load('yeonpyeong-2010');
const clash = load('notice-and-clash');
const theDay = scheduleOf(yeonpyeong, chapterOf(yeonpyeong));

describe('the day of Yeonpyeong', () => {
  it('shows control every timed item of the day, when it happened', () => {
    const { from, to } = chapterOf(yeonpyeong);
    const ofTheDay = yeonpyeong.timeline.flatMap((item) => {
      const at = startOf(item);
      return at !== undefined && at >= runTimeOf(from) && at <= runTimeOf(to) ? [`${item.id} ${isoOf(at)}`] : [];
    });
    const control = theDay.rows
      .filter(({ audience, step }) => audience === CONTROL && step === 'deliver')
      .map(({ itemId, dueAt }) => `${itemId} ${isoOf(dueAt)}`);
    expect(ofTheDay.length).toBeGreaterThan(30);
    expect(control).toEqual(ofTheDay);
  });

  it.each([
    // Seoul at once; Tokyo through the Cabinet Secretariat at 15:10 KST; US Forces Korea at 15:40 KST.
    ['first-barrage', ['control v1 05:34:00', 'jp v1 06:10:00', 'kr v1 05:34:00', 'us v1 06:40:00']],
    // Somewhere between 14:46 and 14:55: control at the earlier, Seoul when it is on record.
    ['first-barrage-ends', ['control v1 05:46:00', 'kr v1 05:55:00']],
    // Known to Seoul's agency, which is how Seoul knows; no record that another capital was told.
    ['jindogae-1', ['control v1 05:50:00', 'kr v1 05:50:00']],
    ['haneda-flight-held', ['control v1 06:30:00']],
  ])('tells of %s whom and when the record says', (itemId, rows) => {
    expect(told(theDay, itemId)).toEqual(rows);
  });

  it('says on whose word Tokyo knew of the first barrage', () => {
    const row = theDay.rows.find(({ itemId, audience }) => itemId === 'first-barrage' && audience === 'jp');
    expect(row?.known).toMatchObject({ basis: 'recorded' });
    expect(row?.known.sources).not.toEqual([]);
  });

  it.each([
    ['dprk-warning-message', ['JP', 'US']],
    ['first-barrage', []],
    ['jindogae-1', ['JP', 'US']],
    ['haneda-flight-held', ['JP', 'KR', 'US']],
  ])('lists for %s who is not on record as told', (id, parties) => {
    expect(notToldOf(yeonpyeong, itemOf(yeonpyeong, id))).toEqual(parties);
  });
});

describe.each([
  ['yeonpyeong-2010', yeonpyeong],
  ['notice-and-clash', clash],
])('every chapter of %s', (_, scenario) => {
  const schedules = scenario.chapters.map((chapter) => ({ chapter, schedule: scheduleOf(scenario, chapter) }));
  const untimedIds = scenario.timeline.filter((item) => startOf(item) === undefined).map(({ id }) => id);

  it('tells nobody before it happened', () => {
    for (const { schedule } of schedules) {
      for (const { id, version, item } of schedule.items) {
        const early = schedule.rows.filter(
          (row) => row.itemId === id && row.version === version && row.dueAt < startOf(item)!,
        );
        expect(early).toEqual([]);
      }
    }
  });

  it('lists what no source gives a time for, and never schedules it', () => {
    for (const { schedule } of schedules) {
      expect(schedule.untimed.map(({ item }) => item.id)).toEqual(untimedIds);
      expect(schedule.items.filter(({ item }) => untimedIds.includes(item.id))).toEqual([]);
      expect(schedule.rows.filter(({ itemId }) => untimedIds.includes(itemId))).toEqual([]);
    }
  });

  it('stays within its limits, with one row for each step of a version to an audience', () => {
    for (const { chapter, schedule } of schedules) {
      const { from, to } = chapter;
      expect(schedule.rows.filter(({ dueAt }) => dueAt < runTimeOf(from) || dueAt > runTimeOf(to))).toEqual([]);
      expect(new Set(schedule.rows.map(rowKey)).size).toBe(schedule.rows.length);
    }
  });

  it('has an item for each row and a row for each item', () => {
    for (const { schedule } of schedules) {
      const items = schedule.items.map(({ id, version }) => `${id} ${version}`);
      expect(new Set(schedule.rows.map(({ itemId, version }) => `${itemId} ${version}`))).toEqual(new Set(items));
    }
  });

  it('tells a party of everything but those items that name it as not told', () => {
    const rows = schedules.flatMap(({ schedule }) => schedule.rows);
    const versions = schedules.flatMap(({ schedule }) => schedule.items);
    for (const { id, version, item } of versions) {
      const notTold = scenario.parties.filter(
        (party) =>
          !rows.some((row) => row.itemId === id && row.version === version && row.audience === audienceOf(party)),
      );
      expect([id, version, notTold]).toEqual([id, version, notToldOf(scenario, item)]);
    }
  });

  it('gives the same schedule twice', () => {
    for (const { chapter, schedule } of schedules) {
      expect(JSON.stringify(scheduleOf(scenario, chapter))).toBe(JSON.stringify(schedule));
    }
  });
});

describe('the two hours of the clash', () => {
  const schedule = scheduleOf(clash, chapterOf(clash));

  it.each([
    [
      'test-notice',
      [
        // The notice of the day before still stands when the chapter begins.
        ...['control v1 00:00:00', 'jp v1 00:00:00', 'kr v1 00:00:00', 'us v1 00:00:00'],
        ...['control v2 00:04:00', 'jp v2 00:06:00', 'kr v2 00:11:00', 'us v2 00:14:00'],
      ],
    ],
    [
      'island-count',
      [
        ...['control v1 00:28:00', 'jp v1 00:42:00', 'kr v1 00:29:00', 'us v1 00:36:00'],
        ...['control v2 01:10:00', 'jp v2 01:21:00', 'kr v2 01:10:00', 'us v2 01:15:00'],
      ],
    ],
  ])('numbers the versions of %s along its updates, across chapters', (itemId, rows) => {
    expect(told(schedule, itemId)).toEqual(rows);
  });

  it('plays the first version of the notice in the chapter of the day before', () => {
    const dayBefore = scheduleOf(clash, chapterOf(clash, 'notice-day'));
    expect(told(dayBefore, 'test-notice')).toEqual([
      ...['control v1 23:00:00', 'jp v1 23:10:00', 'kr v1 23:40:00', 'us v1 00:30:00'],
    ]);
  });

  it('never uses the id of an update: it is a version of what it updates', () => {
    const updates = clash.timeline.filter(({ updates }) => updates !== undefined).map(({ id }) => id);
    expect(updates.length).toBeGreaterThan(0);
    expect(schedule.rows.filter(({ itemId }) => updates.includes(itemId))).toEqual([]);
  });

  it('matches each observed launch once, for control, at the instant of the launch', () => {
    const matches = schedule.rows.filter(({ step }) => step === 'match');
    expect(matches.map(({ itemId, audience, dueAt }) => [itemId, audience, isoOf(dueAt)])).toEqual(
      clash.timeline.flatMap(({ id, launch }) => (launch ? [[id, CONTROL, isoOf(runTimeOf(launch.at))]] : [])),
    );
    expect(matches).toHaveLength(2);
  });

  it.each([
    ['ask-posture', ['control', 'jp', 'kr', 'us']],
    ['ask-public-warning', ['control', 'jp', 'kr']],
  ])('puts %s to its audiences and control, all at once', (itemId, audiences) => {
    const rows = schedule.rows.filter((row) => row.itemId === itemId);
    expect(rows.map(({ audience }) => audience)).toEqual(audiences);
    expect(new Set(rows.map(({ dueAt }) => dueAt)).size).toBe(1);
  });

  it.each([
    ['ask-posture', []],
    ['ask-public-warning', ['US']],
    ['protest-message', ['JP']],
  ])('lists for %s who is not told', (id, parties) => {
    expect(notToldOf(clash, itemOf(clash, id))).toEqual(parties);
  });
});

describe('earliestKnowledge', () => {
  const item = (known: [who: string, minute: number][]): ScenarioItem => ({
    ...itemOf(yeonpyeong, 'first-barrage'),
    known: known.map(([who, minute]) => ({
      who,
      at: `2010-11-23T15:${String(minute).padStart(2, '0')}:00+09:00`,
      precision: 'exact',
      basis: 'recorded',
      sources: [],
    })),
  });

  it.each<[string, [string, number][], string | undefined]>([
    ['nobody', [], undefined],
    ['another party', [['KR', 1]], undefined],
    ['the party', [['JP', 5]], 'JP'],
    ['an agency of the party', [['jp-cas', 5]], 'jp-cas'],
    [
      'the first of several, in whatever order they are listed',
      [
        ['JP', 30],
        ['jp-mod', 7],
        ['jp-cas', 10],
      ],
      'jp-mod',
    ],
    [
      'the first listed where two knew at the same instant',
      [
        ['jp-cas', 5],
        ['JP', 5],
      ],
      'jp-cas',
    ],
    ['a body whose name only begins alike', [['jpx-office', 1]], undefined],
    ['one of the others', [['un-command', 1]], undefined],
  ])('finds %s', (_, known, who) => {
    expect(earliestKnowledge(item(known), 'JP')?.who).toBe(who);
  });

  it('compares instants and not texts: offsets differ', () => {
    const { known, ...rest } = item([
      ['jp-cas', 5],
      ['jp-mod', 0],
    ]);
    const inWashington = { ...known[1]!, at: '2010-11-23T01:04:00-05:00' };
    expect(earliestKnowledge({ ...rest, known: [known[0]!, inWashington] }, 'JP')?.who).toBe('jp-mod');
  });
});

describe('a notice of an earlier chapter', () => {
  const unha3 = load('unha3-2012-12-12');
  const theLaunch = scheduleOf(unha3, chapterOf(unha3, '12-december'));

  it('is told first, in the version that each audience had last, while its window is open', () => {
    const notices = theLaunch.rows.filter(({ itemId }) => itemId === 'launch-notice');
    expect(notices.map(({ version }) => version)).toEqual(notices.map(() => 2));
    expect(told(theLaunch, 'launch-notice')).toContain('control v2 00:30:00');
    // Known since it was received, not since the chapter began.
    expect(notices.find(({ audience }) => audience === CONTROL)?.knownSince).toBe(
      runTimeOf('2012-12-10T00:00:00+09:00'),
    );
  });

  it('is not told again when its window is over, and other items stay with their chapter', () => {
    const [notice, ...rest] = unha3.timeline.filter(({ announcement }) => announcement);
    const over = { ...notice!.announcement!, windowEnd: '2012-12-12T00:29:00Z' };
    const timeline = unha3.timeline.map((item) => (item.announcement ? { ...item, announcement: over } : item));
    const { rows } = scheduleOf({ ...unha3, timeline }, chapterOf(unha3, '12-december'));
    expect(rest).not.toEqual([]);
    expect(rows.filter(({ itemId }) => itemId === 'launch-notice')).toEqual([]);
    expect(rows.filter(({ knownSince }) => knownSince)).toEqual([]);
    expect(rows).toHaveLength(theLaunch.rows.filter(({ knownSince }) => !knownSince).length);
  });
});
