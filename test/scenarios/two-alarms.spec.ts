import { contentOf } from '../../src/core/incident/item-body.js';
import { scenarioCounts } from '../../src/core/scenario/scenario.counts.js';
import { scheduleOf } from '../../src/core/scenario/scenario.schedule.js';
import { SHIPPED_LANGUAGES } from '../../src/core/scenario/languages.js';
import { PROJECT_ROOT } from '../../src/platform/config/project-root.js';
import { loadScenario } from '../support/scenario-files.js';
import { readThresholds } from '../../src/platform/config/thresholds-file.js';

const IDS = ['treated-water-alarm', 'false-alarm-at-dawn'];

describe.each(IDS)('%s', (id) => {
  const scenario = loadScenario(id);
  const counts = scenarioCounts(scenario);

  it('has at least 25 injects, 3 branches, 4 audiences and every text in three languages', () => {
    expect(counts.injects).toBeGreaterThanOrEqual(25);
    expect(counts.branches).toBeGreaterThanOrEqual(3);
    expect(counts.audiences).toBe(4);
    expect(counts.languages).toBe(SHIPPED_LANGUAGES.length);
    scenario.timeline
      .flatMap(({ texts, inject }) => [texts, ...(inject ? [inject.question] : [])])
      .forEach((texts) => expect(Object.keys(texts)).toEqual([...SHIPPED_LANGUAGES]));
  });

  it('gives each desk at least one inject that it alone is asked, and asks all three at least three times', () => {
    const asked = scenario.timeline.flatMap(({ inject }) => (inject ? [inject.to.join(' ')] : []));
    expect(asked).toEqual(expect.arrayContaining(['jp', 'kr', 'us']));
    expect(asked.filter((to) => to === 'jp kr us').length).toBeGreaterThanOrEqual(3);
  });

  it('is set in a year to come, and names nothing at a real point', () => {
    expect(scenario.kind).toBe('fictional');
    expect(scenario.chapters[0]?.from).toMatch(/^2031-/);
    expect(Object.values(scenario.places).every(({ point }) => point === undefined)).toBe(true);
  });

  it('tells the same each time that it is scheduled', () => {
    const chapter = scenario.chapters[0]!;
    expect(scheduleOf(scenario, chapter)).toEqual(scheduleOf(scenario, chapter));
  });
});

describe('the treated-water alarm', () => {
  const { timeline, ...rest } = loadScenario('treated-water-alarm');
  const file = readThresholds(PROJECT_ROOT);

  it.each<[string, string[]]>([
    ['discharge-notice', ['jp-discharge-operation not-crossed', 'kr-discharge-standard not-crossed', 'jp-discharge-standard not-crossed']],
    ['outer-sample', ['jp-sea-near-stop crossed', 'jp-sea-outer-stop cannot-tell']],
    ['precise-result', ['jp-sea-near-stop not-crossed', 'jp-sea-outer-stop not-crossed']],
  ])('says in %s what its readings cross', (id, expected) => {
    const item = timeline.find((each) => each.id === id)!;
    const { announcement, texts } = contentOf({ timeline, ...rest }, item, 'exercise', file);
    const said = announcement?.thresholds?.flatMap(({ crossings }) => crossings);
    expect(said?.map(({ threshold, verdict }) => `${threshold} ${verdict}`)).toEqual(expected);
    expect(texts['ja-JP']?.description).toMatch(/測定値：トリチウム.*【訓練】$/);
    expect(texts['ko-KR']?.description).toMatch(/측정값: 삼중수소.*\[훈련\]$/);
    expect(texts['en-US']?.description).toMatch(/Measured: tritium.* EXERCISE$/);
  }); // prettier-ignore
});
