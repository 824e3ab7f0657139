import { checkScenario } from './scenario.check.js';
import { pathText } from './scenario.faults.js';
import type { PathPart } from './scenario.faults.js';
import type { Scenario } from './scenario.schema.js';
import { scenarioSchema } from './scenario.schema.js';

type Draft = Record<PathPart, unknown>;
type Change = (draft: Draft) => void;

const names = (text: string): Draft => ({ 'ja-JP': text, 'ko-KR': text, 'en-US': text });
const texts = (headline: string): Draft => ({ 'ja-JP': { headline }, 'ko-KR': { headline }, 'en-US': { headline } });

const at = (clock: string): string => `2010-11-23T${clock}:00+09:00`;

const item = (id: string, more: Draft = {}): Draft => ({
  id,
  kind: 'report',
  time: { precision: 'exact', at: at('14:34') },
  actor: 'kpa',
  texts: texts(id),
  sources: ['s1'],
  ...more,
});

const known = (more: Draft = {}): Draft => ({
  who: 'JP',
  at: at('14:40'),
  precision: 'exact',
  basis: 'recorded',
  sources: ['s1'],
  ...more,
});

const notice = (more: Draft = {}): Draft => ({
  by: 'KP',
  act: 'missile-test',
  windowStart: at('20:00'),
  windowEnd: at('22:00'),
  ...more,
});

const act = (more: Draft = {}): Draft => ({ act: 'fire', by: 'KP', against: ['KR'], ...more });

const pledge = (more: Draft = {}): Draft => ({
  ...{ id: 'pledge', party: 'KP', basis: 'stated', item: 'first', acts: ['fire'], from: at('08:00'), sources: ['s1'] },
  ...more,
});

const question = (more: Draft = {}): Draft => ({ to: ['jp'], answerWithin: 'PT30M', question: texts('?'), ...more });

const chapter = (id: string, from: string, to: string, more: Draft = {}): Draft => ({
  id,
  names: names(id),
  from: at(from),
  to: at(to),
  ...more,
});

const sound = (): Draft => ({
  format: 'triwatch/scenario/1',
  id: 'sound',
  kind: 'historical',
  job: 'replay',
  names: names('Sound'),
  summary: names('Sound'),
  timeZone: 'Asia/Seoul',
  parties: ['JP', 'KR', 'US'],
  others: { unc: { names: names('UNC') } },
  actors: { kpa: { names: names('KPA') } },
  places: {
    island: { names: names('Island'), point: { latitude: 37, longitude: 125, uncertaintyKm: 1, sources: ['s1'] } },
  },
  sources: { s1: { title: 'T', publisher: 'P', date: '2010-11-23', url: 'https://example.org/', tier: 'B' } },
  chapters: [chapter('day', '08:00', '16:00', { default: true }), chapter('evening', '16:00', '23:00')],
  timeline: [
    item('first', {
      place: 'island',
      known: [known(), known({ who: 'kr-jcs', basis: 'own-act', sources: [] }), known({ who: 'unc' })],
    }),
    item('second', { updates: 'first', time: { precision: 'range', earliest: at('15:00'), latest: at('15:00') } }),
    item('untimed', { time: { precision: 'unknown', note: 'No source gives a time.' } }),
  ],
});

const check = (change: Change): string[] => {
  const draft = sound();
  change(draft);
  const scenario: Scenario = scenarioSchema.parse(draft);
  return checkScenario(scenario).map(({ code, path }) => `${code} ${pathText(path)}`);
};

/** Puts a value at a path of the draft, or removes what is there. */
const put =
  (path: PathPart[], value?: unknown): Change =>
  (draft) => {
    const parent = path.slice(0, -1).reduce<Draft>((node, part) => node[part] as Draft, draft);
    const last = path.at(-1) ?? '';
    if (value === undefined) {
      Reflect.deleteProperty(parent, last);
    } else {
      parent[last] = value;
    }
  };

const all =
  (...changes: Change[]): Change =>
  (draft) => {
    changes.forEach((change) => {
      change(draft);
    });
  };

/** Puts an item at the end of the time line, as number 3. */
const adding = (id: string, more: Draft, index = 3): Change => put(['timeline', index], item(id, more));

/** Changes the first item. */
const first = (more: Draft): Change =>
  all(...Object.entries(more).map(([name, value]) => put(['timeline', 0, name], value)));

const choice = [
  { id: 'raise', names: names('a') },
  { id: 'keep', names: names('b') },
];

/** A fiction with a question at 14:34, to be answered by 15:04, and an item at 15:04 that hangs on it. */
const branched = (branch: Draft, more: Draft = {}, asked: Draft = {}): Change =>
  all(
    put(['kind'], 'fictional'),
    adding('ask', { kind: 'inject', inject: question({ options: choice, ...asked }) }),
    adding(
      'then',
      {
        time: { precision: 'exact', at: at('15:04') },
        branch: { inject: 'ask', answer: 'raise', ...branch },
        ...more,
      },
      4,
    ),
  );

/** The next version of the item that hangs on the question. */
const version = (more: Draft): Change =>
  adding('then-2', { updates: 'then', time: { precision: 'exact', at: at('15:30') }, ...more }, 5);

describe('checkScenario', () => {
  it.each<[string, Change]>([
    ['the sound scenario', all()],
    ['an update of an update', adding('third', { updates: 'second' })],
    [
      'an item at the very start and end of the chapters',
      all(
        adding('early', { time: { precision: 'exact', at: at('08:00') } }),
        adding('late', { time: { precision: 'approximate', at: at('23:00') } }, 4),
      ),
    ],
    [
      'knowledge before the event with a note',
      first({ known: [known({ at: at('14:00'), note: 'A warning was given.' })] }),
    ],
    [
      'knowledge of an untimed item',
      adding('x', { time: { precision: 'unknown', note: 'n' }, known: [known({ at: at('10:00') })] }),
    ],
    ['an end at the same moment', first({ time: { precision: 'exact', at: at('14:34'), until: at('14:34') } })],
    ['an inject without a source in history', adding('ask', { kind: 'inject', inject: question(), sources: [] })],
    [
      'an inject whose answer is due as the chapter ends',
      adding('ask', { kind: 'inject', inject: question(), time: { precision: 'exact', at: at('15:30') } }),
    ],
    [
      'an inject without a time',
      adding('ask', { kind: 'inject', inject: question(), time: { precision: 'unknown', note: 'n' } }),
    ],
    ['a notice', adding('notice', { kind: 'announcement', announcement: notice() })],
    [
      'a scripted item without sources in fiction',
      all(put(['kind'], 'fictional'), adding('x', { sources: [], known: [known({ basis: 'scripted', sources: [] })] })),
    ],
    ['a branch of the one party that is asked', branched({})],
    ['a branch of a party', branched({ by: 'KR' }, {}, { to: ['jp', 'kr'] })],
    ['a branch of a desk', branched({ by: 'jp-mod', answer: 'none' }, {}, { to: ['jp', 'kr'] })],
    ['a branch of a question without options', branched({ answer: 'none' }, {}, { options: undefined })],
    [
      'an inject on a branch, and a branch of that',
      all(
        branched({}, { kind: 'inject', inject: question({ options: choice }) }),
        adding(
          'last',
          { time: { precision: 'exact', at: at('15:34') }, branch: { inject: 'then', answer: 'keep' } },
          5,
        ),
      ),
    ],
    ['versions on one branch', all(branched({}), version({ branch: { inject: 'ask', answer: 'raise' } }))],
    ['a version on a branch after one that everybody is told', branched({}, { updates: 'first' })],
    ['a further language', put(['names', 'zh-TW'], 'x')],
    ['an act with a time of its own', first({ acts: [act({ time: { precision: 'exact', at: at('14:00') } })] })],
    ['a declaration', put(['declarations'], [pledge()])],
    [
      'a declaration posed',
      put(['declarations'], [pledge({ basis: 'posed', item: undefined, sources: [], note: 'n' })]),
    ],
  ])('finds nothing in %s', (_, change) => {
    expect(check(change)).toEqual([]);
  });

  it.each<[string, Change]>([
    ['SCENARIO_DUPLICATE_ITEM timeline[3].id', adding('first', {})],
    ['SCENARIO_DUPLICATE_CHAPTER chapters[1].id', put(['chapters', 1, 'id'], 'day')],
    ['SCENARIO_DUPLICATE_DECLARATION declarations[1].id', put(['declarations'], [pledge(), pledge()])],
    ['SCENARIO_DECLARATION_WITHOUT_ITEM declarations[0]', put(['declarations'], [pledge({ item: 'x' })])],
    ['SCENARIO_DECLARATION_WITHOUT_SOURCE declarations[0]', put(['declarations'], [pledge({ sources: [] })])],
    ['SCENARIO_DECLARATION_WITHOUT_SOURCE declarations[0]', put(['declarations'], [pledge({ basis: 'posed' })])],
    ['SCENARIO_UNKNOWN_SOURCE declarations[0].sources[0]', put(['declarations'], [pledge({ sources: ['s2'] })])],
    ['SCENARIO_TERM_REVERSED declarations[0].until', put(['declarations'], [pledge({ until: at('08:00') })])],
    ['SCENARIO_UNKNOWN_PLACE timeline[0].acts[0].place', first({ acts: [act({ place: 'x' })] })],
    ['SCENARIO_UNKNOWN_SOURCE timeline[0].acts[0].sources[0]', first({ acts: [act({ sources: ['s2'] })] })],
    [
      'SCENARIO_CLAIM_WITHOUT_SOURCE timeline[0].acts[0].claims[0]',
      first({ acts: [act({ claims: [{ by: 'KP', says: 'none', sources: [] }] })] }),
    ],
    [
      'SCENARIO_LANGUAGE_MISSING timeline[0].acts[0].claims[0].note',
      first({ acts: [act({ claims: [{ by: 'KP', says: 'none', sources: ['s1'], note: { 'en-US': 'x' } }] })] }),
    ],
    ['SCENARIO_ACT_WITHOUT_TIME timeline[2].acts[0]', put(['timeline', 2, 'acts'], [act()])],
    [
      'SCENARIO_RANGE_REVERSED timeline[0].acts[0]',
      first({ acts: [act({ time: { precision: 'range', earliest: at('15:00'), latest: at('14:00') } })] }),
    ],
    ['SCENARIO_DUPLICATE_PARTY parties[3]', put(['parties', 3], 'JP')],
    ['SCENARIO_DUPLICATE_WHO timeline[0].known[1].who', first({ known: [known(), known()] })],
    [
      'SCENARIO_DUPLICATE_OPTION timeline[3].inject.options[1].id',
      adding('ask', {
        kind: 'inject',
        inject: question({
          options: [
            { id: 'a', names: names('a') },
            { id: 'a', names: names('b') },
          ],
        }),
      }),
    ],
    [
      'SCENARIO_DUPLICATE_AUDIENCE timeline[3].inject.to[1]',
      adding('ask', { kind: 'inject', inject: question({ to: ['jp', 'jp'] }) }),
    ],
    ['SCENARIO_UNKNOWN_SOURCE timeline[0].sources[0]', first({ sources: ['s2'] })],
    ['SCENARIO_UNKNOWN_SOURCE timeline[0].sources[0]', first({ sources: ['toString'] })],
    ['SCENARIO_UNKNOWN_SOURCE timeline[0].known[0].sources[1]', first({ known: [known({ sources: ['s1', 's2'] })] })],
    ['SCENARIO_UNKNOWN_SOURCE places.island.point.sources[0]', put(['places', 'island', 'point', 'sources'], ['s2'])],
    [
      'SCENARIO_UNKNOWN_SOURCE timeline[0].conflicts[0].values[1].sources[0]',
      first({
        conflicts: [
          {
            about: names('end'),
            values: [
              { value: names('a'), sources: ['s1'] },
              { value: names('b'), sources: ['s2'] },
            ],
          },
        ],
      }),
    ],
    ['SCENARIO_UNKNOWN_PLACE timeline[0].place', first({ place: 'elsewhere' })],
    ['SCENARIO_UNKNOWN_ACTOR timeline[0].actor', first({ actor: 'nobody' })],
    ['SCENARIO_UPDATE_OF_UNKNOWN timeline[1].updates', put(['timeline', 1, 'updates'], 'untimed')],
    ['SCENARIO_UPDATE_OF_UNKNOWN timeline[1].updates', put(['timeline', 1, 'updates'], 'second')],
    ['SCENARIO_UPDATE_OF_OTHER_KIND timeline[3].updates', adding('x', { kind: 'message', updates: 'first' })],
    ['SCENARIO_UNKNOWN_WHO timeline[0].known[0].who', first({ known: [known({ who: 'CN' })] })],
    ['SCENARIO_UNKNOWN_WHO timeline[0].known[0].who', first({ known: [known({ who: 'cn-mfa' })] })],
    ['SCENARIO_UNKNOWN_WHO timeline[0].known[0].who', first({ known: [known({ who: 'jp' })] })],
    ['SCENARIO_UNKNOWN_WHO timeline[0].known[0].who', first({ known: [known({ who: 'jp-' })] })],
    [
      'SCENARIO_UNKNOWN_AUDIENCE timeline[3].inject.to[1]',
      adding('ask', { kind: 'inject', inject: question({ to: ['jp', 'JP'] }) }),
    ],
    ['SCENARIO_UNKNOWN_TIME_ZONE timeZone', put(['timeZone'], 'Asia/Soul')],
    ['SCENARIO_UNKNOWN_TIME_ZONE timeZone', put(['timeZone'], '+09:00')],
    ['SCENARIO_CHAPTER_REVERSED chapters[2].to', put(['chapters', 2], chapter('x', '23:30', '23:30'))],
    ['SCENARIO_DEFAULT_CHAPTER chapters', put(['chapters', 0, 'default'], false)],
    ['SCENARIO_DEFAULT_CHAPTER chapters', put(['chapters', 1, 'default'], true)],
    ['SCENARIO_CHAPTERS_OVERLAP chapters[1].from', put(['chapters', 1, 'from'], at('15:59'))],
    [
      'SCENARIO_ITEM_OUTSIDE_CHAPTERS timeline[3].time.at',
      adding('x', { time: { precision: 'exact', at: at('23:01') } }),
    ],
    [
      'SCENARIO_ITEM_OUTSIDE_CHAPTERS timeline[3].time.earliest',
      adding('x', { time: { precision: 'range', earliest: at('07:00'), latest: at('09:00') } }),
    ],
    [
      'SCENARIO_RANGE_REVERSED timeline[3].time.latest',
      adding('x', { time: { precision: 'range', earliest: at('10:00'), latest: at('09:00') } }),
    ],
    [
      'SCENARIO_UNTIL_REVERSED timeline[0].time.until',
      first({ time: { precision: 'exact', at: at('14:34'), until: at('14:33') } }),
    ],
    ['SCENARIO_KNOWN_BEFORE_EVENT timeline[0].known[0].at', first({ known: [known({ at: at('14:33') })] })],
    [
      'SCENARIO_DEADLINE_AFTER_CHAPTER timeline[3].inject.answerWithin',
      adding('ask', { kind: 'inject', inject: question(), time: { precision: 'exact', at: at('22:31') } }),
    ],
    [
      // The end of one chapter and the start of the next: the first plays it too, and has no time left for it.
      'SCENARIO_DEADLINE_AFTER_CHAPTER timeline[3].inject.answerWithin',
      adding('ask', { kind: 'inject', inject: question(), time: { precision: 'exact', at: at('16:00') } }),
    ],
    ['SCENARIO_LANGUAGE_MISSING names', put(['names', 'ko-KR'])],
    ['SCENARIO_LANGUAGE_MISSING summary', put(['summary', 'ja-JP'])],
    ['SCENARIO_LANGUAGE_MISSING others.unc.names', put(['others', 'unc', 'names', 'ja-JP'])],
    ['SCENARIO_LANGUAGE_MISSING places.island.names', put(['places', 'island', 'names', 'ja-JP'])],
    ['SCENARIO_LANGUAGE_MISSING actors.kpa.names', put(['actors', 'kpa', 'names', 'ja-JP'])],
    ['SCENARIO_LANGUAGE_MISSING chapters[1].names', put(['chapters', 1, 'names', 'en-US'])],
    ['SCENARIO_LANGUAGE_MISSING timeline[0].texts', put(['timeline', 0, 'texts', 'en-US'])],
    [
      'SCENARIO_LANGUAGE_MISSING timeline[3].inject.question',
      adding('ask', { kind: 'inject', inject: question({ question: {} }) }),
    ],
    [
      'SCENARIO_LANGUAGE_MISSING timeline[3].inject.options[0].names',
      adding('ask', {
        kind: 'inject',
        inject: question({
          options: [
            { id: 'a', names: {} },
            { id: 'b', names: names('b') },
          ],
        }),
      }),
    ],
    ['SCENARIO_KIND_WITHOUT_PART timeline[3].kind', adding('x', { kind: 'announcement' })],
    ['SCENARIO_KIND_WITHOUT_PART timeline[3].kind', adding('x', { kind: 'inject' })],
    ['SCENARIO_PART_WITHOUT_KIND timeline[0].announcement', first({ announcement: notice() })],
    ['SCENARIO_PART_WITHOUT_KIND timeline[0].inject', first({ inject: question() })],
    [
      'SCENARIO_WINDOW_REVERSED timeline[3].announcement.windowEnd',
      adding('x', { kind: 'announcement', announcement: notice({ windowEnd: at('20:00') }) }),
    ],
    [
      'SCENARIO_POLYGON_DEGENERATE timeline[3].announcement.launchArea.polygon',
      adding('x', {
        kind: 'announcement',
        announcement: notice({
          launchArea: {
            polygon: [
              [1, 1],
              [1, 1],
              [2, 2],
            ],
          },
        }),
      }),
    ],
    ['SCENARIO_ITEM_WITHOUT_SOURCE timeline[0]', first({ sources: [] })],
    ['SCENARIO_KNOWN_WITHOUT_SOURCE timeline[0].known[0]', first({ known: [known({ sources: [] })] })],
    [
      'SCENARIO_KNOWN_WITHOUT_SOURCE timeline[0].known[0]',
      first({ known: [known({ basis: 'published', sources: [] })] }),
    ],
    ['SCENARIO_BRANCH_IN_HISTORY timeline[4].branch', all(branched({}), put(['kind'], 'historical'))],
    ['SCENARIO_BRANCH_UNKNOWN_INJECT timeline[4].branch.inject', branched({ inject: 'nothing' })],
    ['SCENARIO_BRANCH_UNKNOWN_INJECT timeline[4].branch.inject', branched({ inject: 'first' })],
    ['SCENARIO_BRANCH_WITHOUT_BY timeline[4].branch', branched({}, {}, { to: ['jp', 'kr'] })],
    ['SCENARIO_BRANCH_UNKNOWN_BY timeline[4].branch.by', branched({ by: 'US' }, {}, { to: ['jp', 'kr'] })],
    ['SCENARIO_BRANCH_UNKNOWN_BY timeline[4].branch.by', branched({ by: 'us-usfk' })],
    ['SCENARIO_BRANCH_UNKNOWN_BY timeline[4].branch.by', branched({ by: 'jp-' })],
    ['SCENARIO_BRANCH_UNKNOWN_ANSWER timeline[4].branch.answer', branched({ answer: 'lower' })],
    ['SCENARIO_BRANCH_UNKNOWN_ANSWER timeline[4].branch.answer', branched({}, {}, { options: undefined })],
    [
      'SCENARIO_BRANCH_BEFORE_ANSWER timeline[4].time.at',
      branched({}, { time: { precision: 'approximate', at: at('15:03') } }),
    ],
    [
      'SCENARIO_BRANCH_BEFORE_ANSWER timeline[4].time.earliest',
      branched({}, { time: { precision: 'range', earliest: at('15:03'), latest: at('15:10') } }),
    ],
    [
      'SCENARIO_BRANCH_BEFORE_ANSWER timeline[4].known[1].at',
      branched({}, { known: [known({ at: at('15:04') }), known({ who: 'KR', at: at('15:03'), note: 'A warning.' })] }),
    ],
    [
      'SCENARIO_BRANCH_BEFORE_ANSWER timeline[4].launch.at',
      branched({}, { launch: { at: at('15:03'), latitude: 40, longitude: 129 } }),
    ],
    [
      // A circle: whichever of two comes first would wait for an answer that comes later.
      'SCENARIO_BRANCH_BEFORE_ANSWER timeline[3].time.at',
      all(
        branched({}, { kind: 'inject', inject: question({ options: choice }) }),
        put(['timeline', 3, 'branch'], { inject: 'then', answer: 'keep' }),
      ),
    ],
    [
      'SCENARIO_BRANCH_INJECT_UNTIMED timeline[4].branch.inject',
      all(branched({}), put(['timeline', 3, 'time'], { precision: 'unknown', note: 'n' })),
    ],
    [
      'SCENARIO_BRANCH_OF_OTHER_CHAPTER timeline[4].branch.inject',
      branched({}, { time: { precision: 'exact', at: at('16:30') } }),
    ],
    ['SCENARIO_BRANCH_OF_VERSION timeline[5].updates', all(branched({}), version({}))],
    [
      'SCENARIO_BRANCH_OF_VERSION timeline[5].updates',
      all(branched({}), version({ branch: { inject: 'ask', answer: 'keep' } })),
    ],
    ['SCENARIO_SCRIPTED_HISTORY timeline[0].known[0].basis', first({ known: [known({ basis: 'scripted' })] })],
  ])('finds %s', (expected, change) => {
    expect(check(change)).toEqual([expected]);
  });

  it('names the missing languages and says what to do in one sentence', () => {
    const draft = { ...sound(), names: { 'ja-JP': 'x' } };
    expect(checkScenario(scenarioSchema.parse(draft))).toEqual([
      { code: 'SCENARIO_LANGUAGE_MISSING', path: ['names'], message: 'Add ko-KR, en-US here.' },
    ]);
  });
});
