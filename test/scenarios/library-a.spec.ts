import { readFileSync } from 'node:fs';
import { parseScenario } from '../../src/core/scenario/scenario.parse.js';
import { CONTROL, scheduleOf, startOf, type ScheduledRow } from '../../src/core/scenario/scenario.schedule.js';
import { SHIPPED_LANGUAGES, type Scenario } from '../../src/core/scenario/scenario.schema.js';
import { runTimeOf } from '../../src/core/time/time.js';

/** Who knows an item at a time of Korea and Japan, and who does not, or not yet: one line a finding of the record. */
interface Moment {
  readonly scenario: string;
  readonly at: string;
  readonly item: string;
  readonly knows: readonly string[];
  readonly doesNot: readonly string[];
}

const moment = (
  scenario: string,
  at: string,
  item: string,
  knows: readonly string[],
  doesNot: readonly string[],
): Moment => ({ scenario, at: `${at}:00+09:00`, item, knows, doesNot });

const MOMENTS: readonly Moment[] = [
  // The 2nd Fleet has had the call since 21:28; the desks of the ROK stand for the Joint Chiefs, who are told at 21:43.
  moment('cheonan-2010-03-26', '2010-03-26T21:42', 'ship-sinking', ['control'], ['kr', 'jp', 'us']),
  moment('cheonan-2010-03-26', '2010-03-26T21:43', 'ship-sinking', ['kr'], ['jp', 'us']),
  moment('cheonan-2010-03-26', '2010-03-26T22:05', 'ship-sinking', ['kr', 'us'], ['jp']),
  moment('cheonan-2010-03-26', '2010-03-27T10:30', 'torpedo-text', ['control'], ['kr', 'jp', 'us']),
  moment('cheonan-2010-03-26', '2010-03-27T06:29', 'seismic-event', ['control'], ['kr', 'jp', 'us']),
  moment('cheonan-2010-03-26', '2010-03-27T00:23', 'first-briefing', ['kr', 'jp', 'us'], []),

  moment('hokkaido-jalert-2023-04-13', '2023-04-13T07:25', 'launch', ['kr'], ['jp', 'us']),
  moment('hokkaido-jalert-2023-04-13', '2023-04-13T07:26', 'launch', ['jp', 'kr', 'us'], []),
  moment('hokkaido-jalert-2023-04-13', '2023-04-13T11:00', 'j-alert', ['jp'], ['kr', 'us']),
  moment('hokkaido-jalert-2023-04-13', '2023-04-13T09:08', 'jcs-first-account', ['jp', 'kr', 'us'], []),

  // Seoul's National Security Council is the first that is on record; when its Joint Chiefs announced the launch is not.
  moment('hwasong12-2017-08-29', '2017-08-29T06:01', 'launch', ['us'], ['jp', 'kr']),
  moment('hwasong12-2017-08-29', '2017-08-29T06:02', 'j-alert-launch', ['jp'], ['kr', 'us']),
  moment('hwasong12-2017-08-29', '2017-08-29T06:40', 'splashdown', ['jp', 'kr', 'us'], []),
  moment('hwasong12-2017-08-29', '2017-08-29T10:30', 'trains-restart', ['control'], ['jp', 'kr', 'us']),

  moment('chollima-2023-05-31', '2023-05-29T10:19', 'launch-notice', ['jp'], ['kr', 'us']),
  moment('chollima-2023-05-31', '2023-05-31T06:29', 'launch', ['kr'], ['jp', 'us']),
  moment('chollima-2023-05-31', '2023-05-31T06:41', 'seoul-text', ['kr'], ['jp', 'us']),
  moment('chollima-2023-05-31', '2023-05-31T07:04', 'j-alert-release', ['jp'], ['kr', 'us']),
  moment('chollima-2023-05-31', '2023-05-31T07:05', 'coast-guard-fallen', ['jp', 'kr', 'us'], []),

  // What the alert of 08:00 says did not happen; it stands until the correction of 08:30, and at 07:48 nobody is told of anything.
  moment('jalert-2022-11-03', '2022-11-03T09:45', 'stated-passage', ['control'], ['jp', 'kr', 'us']),
  moment('jalert-2022-11-03', '2022-11-03T08:18', 'j-alert-passage', ['jp'], ['kr', 'us']),
  moment('jalert-2022-11-03', '2022-11-03T08:19', 'j-alert-passage', ['jp', 'kr', 'us'], []),
  moment('jalert-2022-11-03', '2022-11-03T08:30', 'mod-correction', ['jp', 'kr', 'us'], []),
  moment('jalert-2022-11-03', '2022-11-03T09:24', 'em-net-correction', ['jp'], ['kr', 'us']),

  moment('nll-missile-2022-11-02', '2022-11-02T08:55', 'air-raid-alert', ['kr'], ['jp', 'us']),
  moment('nll-missile-2022-11-02', '2022-11-02T09:48', 'air-raid-alert', ['jp', 'kr', 'us'], []),
  moment('nll-missile-2022-11-02', '2022-11-02T14:30', 'app-message', ['kr'], ['jp', 'us']),
  moment('nll-missile-2022-11-02', '2022-11-02T14:00', 'air-raid-alert-replaced', ['kr'], ['jp', 'us']),

  moment('hwasong12-2017-09-15', '2017-09-15T06:59', 'launch', ['kr', 'us'], ['jp']),
  moment('hwasong12-2017-09-15', '2017-09-15T07:39', 'hyunmoo-2', ['kr'], ['jp', 'us']),
  moment('hwasong12-2017-09-15', '2017-09-15T08:30', 'j-alert-passage', ['jp'], ['kr', 'us']),
  moment('hwasong12-2017-09-15', '2017-09-15T07:30', 'splashdown', ['jp', 'kr', 'us'], []),
];

const SCENARIOS = [...new Set(MOMENTS.map(({ scenario }) => scenario))];

/** Letters that a text in a language has, and letters of the others that it must not have. */
const SCRIPTS: Record<(typeof SHIPPED_LANGUAGES)[number], { has: RegExp; lacks: RegExp }> = {
  'ja-JP': { has: /[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}]/u, lacks: /\p{sc=Hangul}/u },
  'ko-KR': { has: /\p{sc=Hangul}/u, lacks: /[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}]/u },
  'en-US': { has: /[A-Za-z]/, lacks: /[\p{sc=Hangul}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}]/u },
};

function load(id: string): Scenario {
  const parsed = parseScenario(readFileSync(new URL(`../../scenarios/${id}/scenario.yaml`, import.meta.url), 'utf8'));
  expect('faults' in parsed ? parsed.faults : []).toEqual([]);
  return (parsed as { scenario: Scenario }).scenario;
}

const rowsOf = (scenario: Scenario): ScheduledRow[] =>
  scenario.chapters.flatMap((chapter) => scheduleOf(scenario, chapter).rows);

describe.each(SCENARIOS)('%s', (id) => {
  const scenario = load(id);
  const rows = rowsOf(scenario);

  it('has the same schedule each time that it is read', () => {
    expect(rowsOf(load(id))).toEqual(rows);
  });

  it('lets each item that has a time fall due once, in the order of the file', () => {
    const played = rows.filter(({ audience, step }) => audience === CONTROL && step === 'deliver');
    const timed = scenario.timeline.filter((item) => startOf(item) !== undefined);
    expect(played.map(({ itemId, version }) => `${itemId} ${version}`)).toEqual(
      timed.map((item) => `${item.updates ?? item.id} ${item.updates ? 2 : 1}`),
    );
    const dueAt = played.map((row) => row.dueAt);
    expect(dueAt).toEqual([...dueAt].sort((a, b) => a - b));
  });

  it.each(SHIPPED_LANGUAGES)('says every item in %s', (language) => {
    const { has, lacks } = SCRIPTS[language];
    const texts = scenario.timeline.map((item) => item.texts[language]?.headline ?? '');
    expect(texts.filter((text) => !has.test(text) || lacks.test(text))).toEqual([]);
  });

  it.each(MOMENTS.filter((each) => each.scenario === id))(
    'at $at $knows know $item, $doesNot do not',
    ({ at, item, knows, doesNot }) => {
      const told = rows
        .filter(({ itemId, dueAt }) => itemId === item && dueAt <= runTimeOf(at))
        .map(({ audience }) => audience);
      expect(told).toEqual(expect.arrayContaining([CONTROL, ...knows]));
      expect(doesNot.filter((audience) => told.includes(audience))).toEqual([]);
    },
  );
});
