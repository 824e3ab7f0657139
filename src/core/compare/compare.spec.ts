import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { parseArrangements } from '../arrangement/arrangement.parse.js';
import { parseScenario } from '../scenario/scenario.parse.js';
import { sensorsSchema } from '../sensors/sensor.schema.js';
import type { Scenario } from '../scenario/scenario.schema.js';
import type { Comparison } from '../wire/comparison.js';
import { compare, comparing, type CompareRequest } from './compare.js';
import { comparisonFigure } from './compare.figure.js';

const read = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
const FILE = parseArrangements(read('config/arrangements.yaml'));
const SENSORS = sensorsSchema.parse(parse(read('config/sensors.yaml'))).sensors;
const SCENARIO = scenarioOf(read('scenarios/yeonpyeong-2010/scenario.yaml'));

function scenarioOf(text: string): Scenario {
  const parsed = parseScenario(text);
  if (!('scenario' in parsed)) {
    throw new Error(parsed.faults[0]?.message);
  }
  return parsed.scenario;
}

const request = (more: Partial<CompareRequest> = {}): CompareRequest => ({
  scenario: SCENARIO,
  chapter: SCENARIO.chapters.find((chapter) => chapter.default)!,
  file: FILE,
  sensors: SENSORS,
  arrangements: ['as-it-was', 'tisa-relay', 'realtime-hub'],
  seeds: 30,
  strict: false,
  ...more,
});
const outcome = (comparison: Comparison, item: string, party: string, arrangement: string) =>
  comparison.items.find(({ id }) => id === item)!.parties[party]!.under[arrangement]!;

describe('compare, on Yeonpyeong 2010', () => {
  const comparison = compare(request());

  it('has the record beside the model: Tokyo after 36 minutes, US Forces Korea on record after 66', () => {
    const { parties } = comparison.items.find(({ id }) => id === 'first-barrage')!;
    expect(parties['JP']!.record).toEqual({ knownAfterS: 36 * 60, basis: 'recorded', precision: 'approximate' });
    expect(parties['US']!.record).toMatchObject({ knownAfterS: 66 * 60 });
    expect(parties['KR']!.firstHand).toBe(true);
    expect(outcome(comparison, 'first-barrage', 'JP', 'as-it-was')).toMatchObject({
      knownAfterS: { p10: 2160, p50: 2160, p90: 2160 },
      savedS: { p10: 0, p50: 0, p90: 0 },
    });
  });

  it('reckons by the channels: the relay within its bounds, the hub in seconds, nothing later than the record', () => {
    const relay = outcome(comparison, 'first-barrage', 'JP', 'tisa-relay');
    // 2 to 15 minutes to Washington, 2 to 30 for approval, 1 to 5 to Tokyo, at most what the record has.
    expect(relay.knownAfterS!.p10).toBeGreaterThan(5 * 60);
    expect(relay.knownAfterS!.p90).toBeLessThanOrEqual(2160);
    expect(relay.savedS!.p50).toBeCloseTo(2160 - relay.knownAfterS!.p50, 3);
    const hub = outcome(comparison, 'first-barrage', 'JP', 'realtime-hub');
    expect(hub.knownAfterS!.p90).toBeLessThan(60);
    expect(hub).toMatchObject({ firstFields: ['impact-point'], path: ['hub-kr-in', 'hub-jp-out'] });
  });

  it('says what was withheld, and "not known" where nothing passes', () => {
    expect(outcome(comparison, 'second-barrage', 'JP', 'realtime-hub')).toMatchObject({
      withheld: ['time', 'place', 'actor', 'narrative'],
      wholeAfterS: null,
      savedS: null,
    });
    expect(outcome(comparison, 'jindogae-1', 'JP', 'realtime-hub')).toMatchObject({ share: 0, knownAfterS: null });
    const nobody = comparison.items.find(({ id }) => id === 'haneda-flight-held')!;
    expect(Object.values(nobody.parties).map(({ record }) => record)).toEqual([null, null, null]);
    for (const { under } of Object.values(nobody.parties)) {
      expect(Object.values(under).map(({ share }) => share)).toEqual([0, 0, 0]);
    }
  });

  it('sums up each capital', () => {
    const { JP, KR, US } = comparison.capitals;
    expect(JP!['as-it-was']).toEqual({
      items: 22,
      known: 1,
      newlyKnown: 0,
      medianKnownAfterS: 2160,
      medianSavedS: 0,
      withheld: 21,
    });
    expect(JP!['realtime-hub']).toMatchObject({ known: 3, newlyKnown: 2 });
    expect(JP!['realtime-hub']!.medianSavedS).toBeGreaterThan(JP!['tisa-relay']!.medianSavedS!);
    expect(US!['tisa-relay']!.medianSavedS).toBeGreaterThan(50 * 60);
    expect(KR!['tisa-relay']!.known).toBe(0);
  });

  it('says that it was used outside its dates and subject; strictly, it then brings nothing', () => {
    expect(comparison.terms.map(({ outsideDates, outsideSubject }) => [outsideDates, outsideSubject])).toEqual([
      [false, 0],
      [true, 35],
      [true, 35],
    ]);
    const strict = compare(request({ strict: true }));
    expect(outcome(strict, 'first-barrage', 'JP', 'realtime-hub').savedS!.p50).toBe(0);
    expect(strict.capitals['JP']!['tisa-relay']!.newlyKnown).toBe(0);
  });

  it('prints what it rests on: each channel used with its figures and reasoning, and the sources of all', () => {
    const used = new Set(comparison.items.flatMap(({ parties }) => Object.values(parties).flatMap(({ under }) => Object.values(under).flatMap(({ path }) => path)))); // prettier-ignore
    const printed = comparison.assumptions.map(({ id }) => id);
    expect(printed).toEqual(expect.arrayContaining([...used]));
    expect(comparison.assumptions.find(({ id }) => id === 'tisa-us-jp')).toMatchObject({
      basis: 'assumed',
      approvalS: [120, 600, 1800],
      sources: ['tisa-dod', 'tisa-panorama'],
    });
    const cited = comparison.assumptions.flatMap(({ sources }) => sources);
    expect(comparison.sources.map(({ id }) => id)).toEqual(expect.arrayContaining(cited));
  });

  it('gives the same bytes each time, whatever else is compared beside', () => {
    expect(JSON.stringify(compare(request()))).toBe(JSON.stringify(comparison));
    const alone = compare(request({ arrangements: ['tisa-relay'] }));
    expect(outcome(alone, 'first-barrage', 'JP', 'tisa-relay')).toEqual(
      outcome(comparison, 'first-barrage', 'JP', 'tisa-relay'),
    );
  });

  it('the chains of 2010 agree with the record that they were drawn from', () => {
    const chains = compare(request({ arrangements: ['yeonpyeong-2010'] }));
    const jp = outcome(chains, 'first-barrage', 'JP', 'yeonpyeong-2010').knownAfterS!;
    expect(jp.p10).toBeGreaterThan(15 * 60);
    expect(jp.p90).toBeLessThanOrEqual(36 * 60);
  });

  it('gives way after each item and every hundred seeds, so that nobody waits for more than some milliseconds', () => {
    const steps = comparing(request({ seeds: 200, arrangements: ['tisa-relay', 'realtime-hub'] }));
    let turns = 0;
    while (steps.next().done !== true) {
      turns += 1;
    }
    expect(turns).toBe(35 * 2 * (200 / 100 + 1));
  });

  it.each([
    ['ARRANGEMENT_UNKNOWN', { arrangements: ['nowhere'] }],
    ['COMPARE_TOO_LARGE', { seeds: 1_000_000 }],
  ])('refuses with %s', (code, more) => {
    expect(() => compare(request(more))).toThrow(expect.objectContaining({ code }));
  });
});

describe('compare, on 4 October 2022', () => {
  const scenario = scenarioOf(read('scenarios/irbm-2022-10-04/scenario.yaml'));
  const arrangements = ['none', 'as-it-was', 'tisa-relay', 'realtime-hub'];
  const chapter = scenario.chapters[0]!;
  const comparison = compare(request({ scenario, chapter, arrangements }));
  const [flight] = comparison.flights;

  it('tells Tokyo of the launch minutes earlier through the hub than the record has it', () => {
    const hub = outcome(comparison, 'launch', 'JP', 'realtime-hub');
    // The ROK had it a minute after the launch that Japan stated; the record of Tokyo is the first alert, five minutes after.
    expect(hub.knownAfterS!.p50).toBeGreaterThan(60);
    expect(hub.savedS!.p50).toBeGreaterThan(3 * 60);
    expect(hub.firstFields).toEqual(['launch-point', 'flight-track', 'impact-point']);
  });

  it('reckons the warning that each city has left, from sensors to shelter text', () => {
    // On the day it passed Aomori six to seven minutes after the launch.
    const hakodate = flight!.cities.find(({ place }) => place === 'hakodate')!;
    expect(hakodate.nearestAfterS).toBeGreaterThan(5.5 * 60);
    expect(hakodate.nearestAfterS).toBeLessThan(7.5 * 60);
    const none = hakodate.warningS['none']!;
    const relay = hakodate.warningS['tisa-relay']!;
    const hub = hakodate.warningS['realtime-hub']!;
    for (const { textAfterS, leftS } of [none, relay, hub]) {
      expect(leftS.p50).toBeCloseTo(hakodate.nearestAfterS - textAfterS.p50, 1);
    }
    expect(relay.leftS.p50).toBeGreaterThanOrEqual(none.leftS.p50);
    expect(hub.leftS.p50).toBeGreaterThanOrEqual(relay.leftS.p50);
    // The record has no sensors in it.
    expect(hakodate.warningS['as-it-was']).toBeNull();
  });
});

describe('comparisonFigure', () => {
  const comparison = compare(request({ seeds: 20 }));

  it.each([
    ['en', 'Who would have known when: Bombardment of Yeonpyeong, 2010', 'outside its dates', 'Tokyo'],
    ['ja', '各国はいつ知り得たか：延坪島砲撃事件（2010年）', '有効期間外', '東京'],
    ['ko', '각국은 언제 알 수 있었는가: 연평도 포격전(2010년)', '유효 기간 외', '도쿄'],
  ])('has title, legend, capitals and sources in %s', (language, ...words) => {
    const svg = comparisonFigure(comparison, language);
    words.forEach((word) => expect(svg).toContain(word));
    expect(svg).toContain('US Department of Defense');
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    expect(comparisonFigure(comparison, language)).toBe(svg);
  });

  it('breaks a long headline into two lines at a space and cuts none of it', () => {
    const [item] = comparison.items;
    const long = 'One ballistic missile launched from inland in the direction of the east';
    const svg = comparisonFigure({ ...comparison, items: comparison.items.map((each) => ({ ...each, headlines: { ...item!.headlines, 'en-US': long } })) }, 'en'); // prettier-ignore
    expect(svg).toContain('>One ballistic missile launched from inland in<');
    expect(svg).toContain('>the direction of the east<');
  });

  it('escapes what others wrote', () => {
    const evil = { ...comparison, names: { 'en-US': '<script>&"' } };
    expect(comparisonFigure(evil, 'en')).toContain('&lt;script&gt;&amp;&quot;');
    expect(comparisonFigure(evil, 'en')).not.toContain('<script>');
  });
});
