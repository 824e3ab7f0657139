import { MAX_FAULTS, MAX_SCENARIO_BYTES, parseScenario } from './scenario.parse.js';

const texts = (text: string): string =>
  `{ja-JP: {headline: ${text}}, ko-KR: {headline: ${text}}, en-US: {headline: ${text}}}`;
const names = (text: string): string => `{ja-JP: ${text}, ko-KR: ${text}, en-US: ${text}}`;

/** A small sound scenario; each case below breaks it in one place. The first timeline item begins on line 16. */
const SOUND = `format: triwatch/scenario/1
id: small
kind: fictional
job: exercise
names: ${names('Small')}
summary: ${names('Small')}
timeZone: Asia/Seoul
parties: [JP, KR, US]
actors:
  kpa: {names: ${names('KPA')}}
places: {}
chapters:
  - {id: day, names: ${names('Day')}, from: 2010-11-23T08:00:00+09:00, to: 2010-11-24T00:00:00+09:00, default: true}
  - {id: night, names: ${names('Night')}, from: 2010-11-24T00:00:00+09:00, to: 2010-11-24T06:00:00+09:00}
timeline:
  - id: first
    kind: report
    time: {precision: exact, at: 2010-11-23T14:34:00+09:00}
    actor: kpa
    texts: ${texts('Shells')}
    known:
      - {who: jp-cas, at: 2010-11-23T14:40:00+09:00, precision: exact, basis: scripted}
`;

const faultsOf = (text: string): string[] => {
  const result = parseScenario(text);
  return 'faults' in result
    ? result.faults.map(({ code, path, line, column }) => `${code} ${path} ${line}:${column}`)
    : [];
};

const broken = (from: string | RegExp, to: string): string => {
  const text = SOUND.replace(from, to);
  expect(text).not.toBe(SOUND);
  return text;
};

describe('parseScenario', () => {
  it('returns the scenario of a sound file', () => {
    const result = parseScenario(SOUND);
    expect(result).toMatchObject({ scenario: { id: 'small', timeline: [{ severity: 'Unknown', sources: [] }] } });
  });

  it.each<[string, string, string[]]>([
    ['an empty text', '', ['SCENARIO_FORM  1:1']],
    ['a text that is a list', '- a', ['SCENARIO_FORM  1:1']],
    ['a missing bracket', broken('[JP, KR, US]', '[JP, KR, US'), ['SCENARIO_YAML  9:1']],
    ['a tab as indentation', broken('  kpa:', '\tkpa:'), ['SCENARIO_YAML  10:1']],
    ['a key twice', broken('id: small', 'id: small\nid: other'), ['SCENARIO_YAML  3:1']],
    ['a key of several parts', broken('id: small', '? [a, b]\n: c\nid: small'), ['SCENARIO_YAML  1:1']],
    ['a custom tag', broken('id: small', 'id: !!js/function small'), ['SCENARIO_YAML  2:5']],
    ['an undefined alias', broken('id: small', 'id: *nothing'), ['SCENARIO_YAML  2:5']],
    ['two documents', `${SOUND}---\na: 1\n`, ['SCENARIO_YAML  23:1']],
    ['a missing field', broken('kind: fictional\n', ''), ['SCENARIO_FORM kind 1:1']],
    ['a missing field in a list entry', broken('    actor: kpa\n', ''), ['SCENARIO_FORM timeline[0].actor 16:5']],
    [
      'an unknown field',
      broken('    actor: kpa', '    actr: x\n    actor: kpa'),
      ['SCENARIO_FORM timeline[0].actr 19:5'],
    ],
    [
      'an instant without offset',
      broken('14:40:00+09:00', '14:40:00'),
      ['SCENARIO_FORM timeline[0].known[0].at 22:27'],
    ],
    ['a bad language tag', broken('en-US: KPA', 'english: KPA'), ['SCENARIO_FORM actors.kpa.names.english 10:41']],
    ['a merge key', broken('places: {}', 'places: {}\n<<: {a: 1}'), ['SCENARIO_FORM ["<<"] 12:1']],
    ['a key of the prototype', broken('places: {}', 'places: {}\n__proto__: {a: 1}'), ['SCENARIO_FORM __proto__ 12:1']],
    [
      'a wrong precision',
      broken('precision: exact, at: 2010-11-23T14:34', 'precision: sharp, at: 2010-11-23T14:34'),
      ['SCENARIO_FORM timeline[0].time.precision 18:23'],
    ],
    [
      'a rule between parts',
      broken('who: jp-cas', 'who: cn-mfa'),
      ['SCENARIO_UNKNOWN_WHO timeline[0].known[0].who 22:15'],
    ],
    [
      'a prototype name as actor',
      broken('actor: kpa', 'actor: constructor'),
      ['SCENARIO_UNKNOWN_ACTOR timeline[0].actor 19:12'],
    ],
  ])('places the fault of %s', (_, text, expected) => {
    expect(faultsOf(text)).toEqual(expected);
  });

  it('reports all faults at once, in the order of the lines', () => {
    const text = SOUND.replace('who: jp-cas', 'who: 5')
      .replace('kind: report', 'kind: rumour')
      .replace('id: small', 'id: SMALL');
    expect(faultsOf(text)).toEqual([
      'SCENARIO_FORM id 2:5',
      'SCENARIO_FORM timeline[0].kind 17:11',
      'SCENARIO_FORM timeline[0].known[0].who 22:15',
    ]);
  });

  it.each<[string, string, string]>([
    ['missing', broken('    actor: kpa\n', ''), 'Add the field "actor" here: it is required.'],
    [
      'misspelt',
      broken('actor: kpa', 'actr: kpa\n    actor: kpa'),
      'Remove "actr" or correct its spelling: there is no such field here.',
    ],
    ['of the wrong type', broken('id: small', 'id: 7'), 'Write a text (put it in quotes) here.'],
    ['of no listed value', broken('job: exercise', 'job: play'), 'Write one of "replay", "exercise" here.'],
    ['too short', broken('[JP, KR, US]', '[]'), 'Give at least 1 entry here.'],
    ['of the wrong pattern', broken('[JP, KR, US]', '[JPN]'), 'Use the two capital letters of the party, as in JP.'],
    [
      'of two forms at once',
      broken(
        '    actor: kpa',
        '    announcement: {by: KP, act: missile-test, windowStart: 2010-11-23T14:40:00Z, windowEnd: 2010-11-24T14:40:00Z, launchArea: {}}\n    actor: kpa',
      ),
      'Write exactly one of these fields here: polygon, circle.',
    ],
    [
      'of one form and wrong in it',
      broken(
        '    actor: kpa',
        '    announcement: {by: KP, act: missile-test, windowStart: 2010-11-23T14:40:00Z, windowEnd: 2010-11-24T14:40:00Z, launchArea: {circle: {latitude: 95, longitude: 0, radiusKm: 1}}}\n    actor: kpa',
      ),
      'Give a number that is at most 90 here.',
    ],
  ])('says what to do about a field that is %s', (_, text, message) => {
    const result = parseScenario(text);
    expect('faults' in result && result.faults.map((fault) => fault.message)).toEqual([message]);
  });

  it('points at an alias for its value, and where the alias leads for what is inside', () => {
    const value = SOUND.replace('id: small', 'id: &name SMALL').replace('id: day', 'id: *name');
    expect(faultsOf(value)).toEqual(['SCENARIO_FORM id 2:11', 'SCENARIO_FORM chapters[0].id 13:10']);
    const inside = SOUND.replace('names: {', 'names: &n {x: y, ').replace(/summary: .*/, 'summary: *n');
    expect(faultsOf(inside)).toEqual(['SCENARIO_FORM names.x 5:12', 'SCENARIO_FORM summary.x 5:12']);
  });

  it.each<[string, string]>([
    ['brackets', '['.repeat(1_000_000)],
    ['maps in brackets', 'a: {'.repeat(500_000)],
    ['list marks', '- '.repeat(1_000_000)],
    ['maps in a line', 'a: '.repeat(600_000)],
    ['indentation', Array.from({ length: 2000 }, (_x, depth) => `${' '.repeat(depth)}a:`).join('\n')],
  ])('refuses a text that nests too deeply: %s', (_, text) => {
    const result = parseScenario(text);
    expect(result).toMatchObject({
      faults: [{ code: 'SCENARIO_YAML', message: expect.stringContaining('Nest less deeply') }],
    });
  });

  it('reads brackets inside a text as text', () => {
    expect(faultsOf(broken('headline: Shells', `headline: "${'['.repeat(300)}"`))).toEqual([]);
  });

  it('refuses aliases that multiply, and too many of them', () => {
    const bomb = ['a: &a [1,1,1,1,1,1,1,1,1]'];
    for (const [name, of] of ['ba', 'cb', 'dc', 'ed'].map((pair) => [...pair])) {
      bomb.push(`${name}: &${name} [${Array.from({ length: 9 }, () => `*${of}`).join(',')}]`);
    }
    expect(faultsOf(bomb.join('\n'))).toEqual(['SCENARIO_YAML  1:1']);
    expect(faultsOf(`a: &a 1\nb: [${'*a,'.repeat(200)}]`)).toEqual(['SCENARIO_YAML  2:305']);
  });

  it('refuses a text over 2 MiB, counted in bytes', () => {
    expect(faultsOf('#'.repeat(MAX_SCENARIO_BYTES + 1))).toEqual(['SCENARIO_TOO_LARGE  1:1']);
    expect(faultsOf('あ'.repeat(MAX_SCENARIO_BYTES / 2))).toEqual(['SCENARIO_TOO_LARGE  1:1']);
  });

  it.each<[string, string]>([
    ['unknown fields', Array.from({ length: 5000 }, (_x, index) => `k${index}: 1`).join('\n')],
    ['repeated fields', 'a: 1\n'.repeat(150_000)],
    ['syntax', 'a: b: c\n'.repeat(5000)],
  ])('reports a bounded number of faults for a hostile text: %s', (_, text) => {
    expect(faultsOf(text)).toHaveLength(MAX_FAULTS);
  });
});
