import { existsSync } from 'node:fs';
import { conditionsOf } from '../../src/core/scenario/branch.js';
import { scenarioCounts } from '../../src/core/scenario/scenario.counts.js';
import { versionsOf } from '../../src/core/scenario/scenario.schedule.js';
import { loadScenario } from '../support/scenario-files.js';
import { playerOf, pointKey, pointsOf, reachableAnswers, type Told } from '../support/simulated-exercise.js';

/** The exercise scenarios of the library; whoever writes the next one adds its id here. */
const EXERCISES = [
  'notice-regime-clash',
  'taiwan-four-strands',
  'undeclared-launch',
  'false-alarm-at-dawn',
  'treated-water-alarm',
];

const fileOf = (id: string): URL => new URL(`../../scenarios/${id}/scenario.yaml`, import.meta.url);

describe.each(EXERCISES)('the exercise %s', (id) => {
  const scenario = loadScenario(id);
  const conditions = conditionsOf(scenario.timeline);
  /** By the item and version that is told: on what it hangs. */
  const conditionOf = new Map(
    versionsOf(scenario).map(({ id: root, version, item }) => [`${root} ${version}`, conditions.get(item.id)]),
  );
  const play = playerOf(scenario);
  const played = reachableAnswers(scenario, play).map((answers) => ({ answers, ...play(answers) }));

  it('has at least 25 injects, 3 branches and 4 audiences in 3 languages, and a page for controllers', () => {
    const { injects, branches, audiences, languages } = scenarioCounts(scenario);
    expect({ kind: scenario.kind, job: scenario.job }).toEqual({ kind: 'fictional', job: 'exercise' });
    expect(injects).toBeGreaterThanOrEqual(25);
    expect(branches).toBeGreaterThanOrEqual(3);
    expect(audiences).toBeGreaterThanOrEqual(4);
    expect(languages).toBeGreaterThanOrEqual(3);
    expect(existsSync(new URL('README.md', fileOf(id)))).toBe(true);
  });

  it('is told by the answers: all of the way that was taken, and nothing of another', () => {
    expect(played.length).toBeGreaterThanOrEqual(2 ** 3);
    for (const { answers, told } of played) {
      const stray = told.filter(({ item, version }) => {
        const condition = conditionOf.get(`${item} ${version}`);
        return condition && (answers[pointKey(condition)] ?? 'not asked') !== condition.answer;
      });
      expect({ answers, stray }).toEqual({ answers, stray: [] });
      const items = new Set(told.map(({ item, version }) => `${item} ${version}`));
      const missing = [...conditionOf].filter(
        ([item, condition]) => !items.has(item) && (!condition || answers[pointKey(condition)] === condition.answer),
      );
      expect({ answers, missing }).toEqual({ answers, missing: [] });
    }
  });

  it('reaches every item, and parts into two ways or more at three places at least', () => {
    const reached = new Set(played.flatMap(({ told }) => told.map(({ item, version }) => `${item} ${version}`)));
    expect([...conditionOf.keys()].filter((item) => !reached.has(item))).toEqual([]);
    const ways = [...pointsOf(scenario).values()].map((answers) => answers.size);
    expect(ways.filter((each) => each >= 2).length).toBeGreaterThanOrEqual(3);
  });

  it('leaves no gap in the versions of what an audience is told', () => {
    for (const { told } of played) {
      const threads = new Map<string, Told[]>();
      told.forEach((each) => {
        const key = `${each.audience} ${each.item}`;
        threads.set(key, [...(threads.get(key) ?? []), each]);
      });
      const gaps = [...threads.values()].filter(
        (thread) => thread.at(-1)!.version - thread[0]!.version >= thread.length,
      );
      expect(gaps).toEqual([]);
    }
  });

  it('is the same in every play of the same answers', () => {
    expect(played.filter(({ answers, told }) => nameOf(play(answers).told) !== nameOf(told))).toEqual([]);
  });
});

const nameOf = (told: readonly Told[]): string =>
  told.map(({ audience, item, version, at }) => `${at} ${audience} ${item} ${version}`).join(';');
