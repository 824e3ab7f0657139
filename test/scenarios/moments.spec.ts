import { matchLaunch } from '../../src/core/announcement/match-launch.js';
import { earliestKnowledge } from '../../src/core/scenario/scenario.schedule.js';
import { runTimeOf } from '../../src/core/time/time.js';
import { loadScenario, nameOf, rowsOf } from '../support/scenario-files.js';

/** Who knows an item at a time, and who does not, or not yet: one line a finding of the record. */
type Moment = [at: string, item: string, knows: string[], doesNot: string[]];

const MOMENTS: Record<string, Moment[]> = {
  'cheonan-2010-03-26': [
    // The 2nd Fleet has had the call since 21:28; the desks of the ROK stand for the Joint Chiefs, who are told at 21:43.
    ['2010-03-26T21:42:00+09:00', 'ship-sinking', ['control'], ['kr', 'jp', 'us']],
    ['2010-03-26T21:43:00+09:00', 'ship-sinking', ['kr'], ['jp', 'us']],
    ['2010-03-26T22:05:00+09:00', 'ship-sinking', ['kr', 'us'], ['jp']],
    ['2010-03-27T10:30:00+09:00', 'torpedo-text', ['control'], ['kr', 'jp', 'us']],
    ['2010-03-27T06:29:00+09:00', 'seismic-event', ['control'], ['kr', 'jp', 'us']],
    ['2010-03-27T00:23:00+09:00', 'first-briefing', ['kr', 'jp', 'us'], []],
  ],
  'hokkaido-jalert-2023-04-13': [
    ['2023-04-13T07:25:00+09:00', 'launch', ['kr'], ['jp', 'us']],
    ['2023-04-13T07:26:00+09:00', 'launch', ['jp', 'kr', 'us'], []],
    ['2023-04-13T11:00:00+09:00', 'j-alert', ['jp'], ['kr', 'us']],
    ['2023-04-13T09:08:00+09:00', 'jcs-first-account', ['jp', 'kr', 'us'], []],
  ],
  'hwasong12-2017-08-29': [
    // Seoul's National Security Council is the first that is on record; when its Joint Chiefs announced the launch is not.
    ['2017-08-29T06:01:00+09:00', 'launch', ['us'], ['jp', 'kr']],
    ['2017-08-29T06:02:00+09:00', 'j-alert-launch', ['jp'], ['kr', 'us']],
    ['2017-08-29T06:40:00+09:00', 'splashdown', ['jp', 'kr', 'us'], []],
    ['2017-08-29T10:30:00+09:00', 'trains-restart', ['control'], ['jp', 'kr', 'us']],
  ],
  'chollima-2023-05-31': [
    ['2023-05-29T10:19:00+09:00', 'launch-notice', ['jp'], ['kr', 'us']],
    ['2023-05-31T06:29:00+09:00', 'launch', ['kr'], ['jp', 'us']],
    ['2023-05-31T06:41:00+09:00', 'seoul-text', ['kr'], ['jp', 'us']],
    ['2023-05-31T07:04:00+09:00', 'j-alert-release', ['jp'], ['kr', 'us']],
    ['2023-05-31T07:05:00+09:00', 'coast-guard-fallen', ['jp', 'kr', 'us'], []],
  ],
  'jalert-2022-11-03': [
    // What the alert of 08:00 says did not happen; it stands until the correction of 08:30, and at 07:48 nobody is told of anything.
    ['2022-11-03T09:45:00+09:00', 'stated-passage', ['control'], ['jp', 'kr', 'us']],
    ['2022-11-03T08:18:00+09:00', 'j-alert-passage', ['jp'], ['kr', 'us']],
    ['2022-11-03T08:19:00+09:00', 'j-alert-passage', ['jp', 'kr', 'us'], []],
    ['2022-11-03T08:30:00+09:00', 'mod-correction', ['jp', 'kr', 'us'], []],
    ['2022-11-03T09:24:00+09:00', 'em-net-correction', ['jp'], ['kr', 'us']],
  ],
  'nll-missile-2022-11-02': [
    ['2022-11-02T08:55:00+09:00', 'air-raid-alert', ['kr'], ['jp', 'us']],
    ['2022-11-02T09:48:00+09:00', 'air-raid-alert', ['jp', 'kr', 'us'], []],
    ['2022-11-02T14:30:00+09:00', 'app-message', ['kr'], ['jp', 'us']],
    ['2022-11-02T14:00:00+09:00', 'air-raid-alert-replaced', ['kr'], ['jp', 'us']],
  ],
  'hwasong12-2017-09-15': [
    ['2017-09-15T06:59:00+09:00', 'launch', ['kr', 'us'], ['jp']],
    ['2017-09-15T07:39:00+09:00', 'hyunmoo-2', ['kr'], ['jp', 'us']],
    ['2017-09-15T08:30:00+09:00', 'j-alert-passage', ['jp'], ['kr', 'us']],
    ['2017-09-15T07:30:00+09:00', 'splashdown', ['jp', 'kr', 'us'], []],
  ],
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
  'pla-missiles-2022-08-04': [
    ['2022-08-02T23:49:00+09:00', 'closed-areas', ['jp', 'kr', 'us'], []],
    ['2022-08-04T16:09:00+09:00', 'taiwan-first-release', [], ['jp', 'kr', 'us']],
    ['2022-08-04T16:10:00+09:00', 'taiwan-first-release', ['jp', 'kr', 'us'], []],
    // The public had the tracks from Japan: Tokyo first, by its own words, then whoever heard them.
    ['2022-08-04T20:38:00+09:00', 'missile-6', ['control'], ['jp', 'kr', 'us']],
    ['2022-08-04T20:39:00+09:00', 'missile-6', ['jp'], ['kr', 'us']],
    ['2022-08-04T20:43:00+09:00', 'missile-6', ['jp', 'kr', 'us'], []],
    ['2022-08-05T05:00:00+09:00', 'long-range-fire', ['control'], ['jp', 'kr', 'us']],
  ],
  'dmz-crisis-2015-08': [
    ['2015-08-20T15:53:00+09:00', 'first-round', ['kr'], ['jp', 'us']],
    ['2015-08-20T17:00:00+09:00', 'ultimatum', ['kr'], ['jp', 'us']],
    ['2015-08-21T02:29:00+09:00', 'ultimatum', ['jp', 'kr', 'us'], []],
    ['2015-08-21T23:59:00+09:00', 'evacuation-yeoncheon', ['kr'], ['jp', 'us']],
    // Announced in the morning for the evening, so that it is known before it takes effect.
    ['2015-08-21T11:00:00+09:00', 'quasi-war-state', ['jp', 'kr', 'us'], ['control']],
    ['2015-08-21T23:59:00+09:00', 'contact-proposed', ['kr'], ['jp', 'us']],
    ['2015-08-22T15:31:00+09:00', 'contact-proposed', ['jp', 'kr', 'us'], []],
  ],
  'yeonpyeong-2024-01-05': [
    // The fire had ended at 11:00; the order came for the fire of the other side.
    ['2024-01-05T11:17:00+09:00', 'coastal-artillery', ['control'], ['jp', 'kr', 'us']],
    ['2024-01-05T11:18:00+09:00', 'coastal-artillery', ['kr'], ['jp', 'us']],
    ['2024-01-05T12:02:00+09:00', 'shelter-order', ['kr'], ['jp', 'us']],
    ['2024-01-05T13:34:00+09:00', 'shelter-order', ['jp', 'kr', 'us'], []],
    ['2024-01-05T16:30:00+09:00', 'rok-marines-fire', ['kr'], ['jp', 'us']],
  ],
  'unha3-2012-12-12': [
    ['2012-12-02T20:17:00+09:00', 'notice-to-neighbours', ['jp', 'kr', 'us'], []],
    ['2012-12-12T09:49:00+09:00', 'launch', ['us'], ['jp', 'kr']],
    ['2012-12-12T09:52:00+09:00', 'launch', ['kr', 'us'], ['jp']],
    ['2012-12-12T09:55:00+09:00', 'launch', ['jp', 'kr', 'us'], []],
    ['2012-12-12T20:00:00+09:00', 'j-alert', ['jp'], ['kr', 'us']],
    ['2012-12-12T10:19:00+09:00', 'overflight', ['jp'], ['kr', 'us']],
    ['2012-12-12T10:20:00+09:00', 'overflight', ['jp', 'kr', 'us'], []],
  ],
  'drones-2022-12-26': [
    ['2022-12-26T10:25:00+09:00', 'track-seen', ['kr'], ['jp', 'us']],
    ['2022-12-26T17:08:00+09:00', 'track-seen', ['jp', 'kr', 'us'], []],
    ['2022-12-26T23:00:00+09:00', 'capital-command', ['kr'], ['jp', 'us']],
    ['2022-12-26T23:00:00+09:00', 'durumi', ['kr'], ['jp', 'us']],
    ['2022-12-26T13:08:00+09:00', 'gimpo-stopped', ['kr'], ['jp', 'us']],
  ],
  'taiwan-strait-1996-03': [
    ['1996-03-06T02:00:00+09:00', 'missile-test-notice', ['jp', 'kr', 'us'], []],
    ['1996-03-08T14:00:00+09:00', 'three-missiles', ['us'], ['jp', 'kr']],
    ['1996-03-09T01:50:00+09:00', 'three-missiles', ['jp', 'kr', 'us'], []],
  ],
  'taiwan-alert-2024-01-09': [
    // 16:17 in Japan and Korea is 15:17 in Taiwan: phones there ring, and no capital is on record as told.
    ['2024-01-09T16:17:00+09:00', 'phone-alert', ['control'], ['jp', 'kr', 'us']],
    ['2024-01-09T17:15:00+09:00', 'phone-alert', ['jp', 'kr', 'us'], []],
    ['2024-01-09T20:17:00+09:00', 'reported-in-japanese', ['jp'], ['kr', 'us']],
  ],
};

/** How a launch stands to the notice that a party has been told of when it is told of the launch. */
const VERDICTS: [scenario: string, party: string, verdict: string, reason: string][] = [
  ['malligyong-2023-11-21', 'JP', 'outside-window', '1 h 17 min before the announced window opened'],
  ['malligyong-2023-11-21', 'KR', 'outside-window', '1 h 17 min before the announced window opened'],
  ['malligyong-2023-11-21', 'US', 'outside-window', '1 h 17 min before the announced window opened'],
  ['chollima-2023-08-24', 'JP', 'announced', 'inside the announced window'],
];

describe.each(Object.entries(MOMENTS))('%s', (id, moments) => {
  const rows = rowsOf(loadScenario(id));

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
  const { timeline } = loadScenario(id);
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
