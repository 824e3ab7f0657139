import { runTime } from '../time/time.js';
import { actAt, claim, pledge } from './acts.fixture.js';
import { judge } from './judge.js';
import type { Declaration, LoggedAct } from './restraint.js';

const MINUTE_MS = 60_000;
const at = (minutes: number) => runTime(minutes * MINUTE_MS);
const disputed = { claims: [claim('KP', 'fire'), claim('KR', 'none')] };
const island = { circle: { latitude: 37, longitude: 125, radiusKm: 10 } };
const position = (latitude: number, uncertaintyKm = 0) => ({ position: { latitude, longitude: 125, uncertaintyKm } });

/** Of the acts of the party, in the order of time: id, verdict and reason. */
const judged = (declaration: Declaration, acts: LoggedAct[]): string[] =>
  judge(declaration, acts).map(({ act, verdict, reason }) => `${act} ${verdict} ${reason}`);

describe('judge', () => {
  it.each<[string, Declaration, LoggedAct[], string[]]>([
    ['the first fire', pledge('KR'), [actAt('a', 'KR', 0)], ['a broken no-attack-before']],
    ['an answer', pledge('KR'), [actAt('a', 'KP', 0), actAt('b', 'KR', 13)], ['b answered attack-before']],
    [
      'fire after an answer, which is no attack',
      pledge('KP'),
      [actAt('a', 'KP', 0), actAt('b', 'KR', 13), actAt('c', 'KP', 38)],
      ['a broken no-attack-before', 'c broken no-attack-before'],
    ],
    ['an answer without the condition', pledge('KR', { unless: undefined }), [actAt('a', 'KP', 0), actAt('b', 'KR', 1)], ['b broken no-condition']],
    ['fire upon one who did not attack', pledge('KR'), [actAt('a', 'JP', 0, { against: ['KR'] }), actAt('b', 'KR', 1)], ['b broken no-attack-before']],
    ['fire at the same minute', pledge('KR'), [actAt('a', 'KP', 5), actAt('b', 'KR', 5)], ['b cannot-tell order-uncertain']],
    ['fire whose time overlaps', pledge('KR'), [actAt('a', 'KP', [0, 10]), actAt('b', 'KR', 10)], ['b cannot-tell order-uncertain']],
    [
      'fire that overlaps with what is surely an answer',
      pledge('KP'),
      [actAt('a', 'KP', 0), actAt('b', 'KR', [5, 10]), actAt('c', 'KP', 7)],
      ['a broken no-attack-before', 'c broken no-attack-before'],
    ],
    ['a disputed act', pledge('KR'), [actAt('a', 'KR', 0, disputed)], ['a disputed act-disputed']],
    ['a disputed act that nobody says was of a kind named', pledge('KR', { acts: ['enter'] }), [actAt('a', 'KR', 0, disputed)], ['a kept act-not-named']],
    ['fire after a disputed attack', pledge('KP'), [actAt('a', 'KR', 0, disputed), actAt('b', 'KP', 94)], ['b disputed attack-disputed']],
    ['fire before a disputed attack', pledge('KP'), [actAt('a', 'KR', 95, disputed), actAt('b', 'KP', 94)], ['b broken no-attack-before']],
    [
      'an answer, whatever was disputed before',
      pledge('KR'),
      [actAt('a', 'KR', 0, disputed), actAt('b', 'KP', 94), actAt('c', 'KR', 107)],
      ['a disputed act-disputed', 'c answered attack-before'],
    ],
    ['an act that is not named', pledge('KR'), [actAt('a', 'KR', 0, { act: 'drill-fire', against: [] })], ['a kept act-not-named']],
    ['an act towards others', pledge('KR', { against: ['JP'] }), [actAt('a', 'KR', 0)], ['a kept not-towards-them']],
    ['an act inside the area', pledge('KR', { area: island }), [actAt('a', 'KR', 0, position(37.05))], ['a broken no-attack-before']],
    ['an act outside the area', pledge('KR', { area: island }), [actAt('a', 'KR', 0, position(37.2))], ['a kept outside-area']],
    ['an act near its edge', pledge('KR', { area: island }), [actAt('a', 'KR', 0, position(37.08, 2))], ['a cannot-tell place-uncertain']],
    ['an act well inside, not sure where', pledge('KR', { area: island }), [actAt('a', 'KR', 0, position(37.05, 2))], ['a broken no-attack-before']],
    ['an act without a point', pledge('KR', { area: island }), [actAt('a', 'KR', 0)], ['a cannot-tell place-uncertain']],
    ['acts around the term', pledge('KR', { from: at(10), until: at(20) }), [actAt('a', 'KR', 9), actAt('b', 'KR', 10), actAt('c', 'KR', 20)], ['b broken no-attack-before']],
    ['an act over the beginning of the term', pledge('KR', { from: at(10) }), [actAt('a', 'KR', [9, 11])], ['a cannot-tell term-uncertain']],
    ['an act after the withdrawal', pledge('KR', { withdrawnAt: at(10) }), [actAt('a', 'KR', 9), actAt('b', 'KR', 10)], ['a broken no-attack-before']],
    ['an answer too late', pledge('KR', { unless: { kind: 'attacked', withinMs: 30 * MINUTE_MS } }), [actAt('a', 'KP', 0), actAt('b', 'KR', 31)], ['b broken no-attack-before']],
    ['an answer perhaps too late', pledge('KR', { unless: { kind: 'attacked', withinMs: 30 * MINUTE_MS } }), [actAt('a', 'KP', 0), actAt('b', 'KR', [29, 31])], ['b cannot-tell order-uncertain']],
    ['an answer to one whom the condition leaves out', pledge('KR', { unless: { kind: 'attacked', by: ['JP'] } }), [actAt('a', 'KP', 0), actAt('b', 'KR', 1)], ['b broken no-attack-before']],
  ])('%s', (_, declaration, acts, expected) => {
    expect(judged(declaration, acts)).toEqual(expected);
    expect(judged(declaration, [...acts].reverse())).toEqual(expected);
  }); // prettier-ignore

  it('gives the least and the most time to an answer, from the last attack before it', () => {
    const acts = [actAt('a', 'KP', 0), actAt('b', 'KP', [36, 38]), actAt('c', 'KR', [51, 52])];
    expect(judge(pledge('KR'), acts)[0]?.answers).toEqual({ act: 'b', gapMs: [13 * MINUTE_MS, 16 * MINUTE_MS] });
  });
});
