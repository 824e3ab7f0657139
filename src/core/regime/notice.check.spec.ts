import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { NoticeCheck } from '../wire/announcement.js';
import { judgeNotice } from './notice.check.js';
import type { Notice } from './notice.js';
import { readNotice } from './notice.read.js';
import type { Verdict } from './regime.js';

const FOLDER = join(import.meta.dirname, '../../../test/notices');

function read(text: string): Notice {
  const result = readNotice(text);
  if ('faults' in result) {
    throw new Error(JSON.stringify(result.faults));
  }
  expect(result.ignored).toEqual([]);
  return result.notice;
}

const check = (regime: string, text: string): NoticeCheck => judgeNotice(regime, read(text)) as NoticeCheck;

const rule = (regime: string, id: string, text: string): NoticeCheck['rules'][number] | undefined =>
  check(regime, text).rules.find((each) => each.id === id);

describe('the notices of the DPRK', () => {
  it.each(readdirSync(FOLDER))('%s', (file) => {
    const text = readFileSync(join(FOLDER, file), 'utf8');
    const { expect: expected } = parse(text) as { expect: Record<string, Record<string, Verdict>> };
    for (const [regime, verdicts] of Object.entries(expected)) {
      const { rules } = check(regime, text);
      for (const [id, verdict] of Object.entries(verdicts)) {
        const found = rules.find((each) => each.id === id);
        expect([regime, id, found?.verdict]).toEqual([regime, id, verdict]);
        expect(found?.source.url).toMatch(/^https?:/);
      }
    }
  });

  it('of November 2023 came 21.33 h before, and of May 2024 after its window had opened', () => {
    const lead = (file: string): object | undefined =>
      rule('us-ussr-1988', 'LEAD', readFileSync(join(FOLDER, file), 'utf8'))?.figures;
    expect(lead('dprk-2023-11-21.yaml')).toEqual({ leadHours: 21.33, minLeadHours: 24 });
    expect(lead('dprk-2024-05-27.yaml')).toEqual({ leadHours: -6, leadHoursAtMost: 0, minLeadHours: 24 });
  });
});

const LAUNCH = `
received: 2030-01-01T00:00:00Z
windowStart: 2030-01-05T00:00:00Z
windowEnd: 2030-01-06T00:00:00Z
act: missile-test
`;

// Chandipur, Jaisalmer and Sonmiani as round points, and waters of the Bay of Bengal and the Arabian Sea.
const INDIAN = `${LAUNCH}
by: IN
basing: land
launch: [21.4, 87.0]
impact: [{circle: {latitude: 15, longitude: 88, radiusKm: 50}}]
pairs:
  notam: {windowStart: 2030-01-04T00:00:00Z, windowEnd: 2030-01-07T00:00:00Z, areas: [{circle: {latitude: 15, longitude: 88, radiusKm: 60}}]}
  navarea: {windowStart: 2030-01-05T00:00:00Z, windowEnd: 2030-01-06T00:00:00Z, areas: [{circle: {latitude: 15, longitude: 88, radiusNm: 30}}]}
`;

describe('rules on places', () => {
  it.each<[string, string, string, Verdict]>([
    ['a site far from the line', 'SITE', INDIAN, 'met'],
    ['a site 20 km from it', 'SITE', INDIAN.replace('[21.4, 87.0]', '[26.9, 69.7]'), 'broken'],
    ['a site as near the limit as the line is drawn', 'SITE', INDIAN.replace('[21.4, 87.0]', '[26.9, 69.88]'), 'cannot-tell'],
    ['no site', 'SITE', INDIAN.replace('launch: [21.4, 87.0]', ''), 'cannot-tell'],
    ['an impact area far off', 'IMPACT', INDIAN, 'met'],
    ['an impact area whose centre is far and whose edge is near', 'IMPACT', INDIAN.replace('latitude: 15, longitude: 88, radiusKm: 50', 'latitude: 26.9, longitude: 71.2, radiusKm: 150'), 'broken'],
    ['a polygon that the line runs through', 'IMPACT', INDIAN.replace('{circle: {latitude: 15, longitude: 88, radiusKm: 50}}', '{polygon: [[28, 71], [28, 73], [26, 71]]}'), 'broken'],
    ['a track over the sea', 'TRACK', INDIAN, 'met'],
    ['a track that crosses', 'TRACK', INDIAN.replace('[21.4, 87.0]', '[25.2, 66.7]'), 'broken'],
    ['a pair that covers it', 'PAIR', INDIAN, 'met'],
    ['a pair that is too small', 'PAIR', INDIAN.replace('radiusNm: 30', 'radiusNm: 20'), 'broken'],
    ['a pair that ends too early', 'PAIR', INDIAN.replace('2030-01-07T00:00:00Z', '2030-01-05T12:00:00Z'), 'broken'],
    ['a lead of three days and no more', 'LEAD', INDIAN.replace('received: 2030-01-01', 'received: 2030-01-02'), 'met'],
    ['a lead of less', 'LEAD', INDIAN.replace('received: 2030-01-01T00:00:00Z', 'received: 2030-01-02T00:00:01Z'), 'broken'],
    ['a surface-to-surface missile', 'SCOPE', INDIAN, 'met'],
    ['one launched from the air', 'SCOPE', INDIAN.replace('basing: land', 'basing: air'), 'broken'],
  ])('India and Pakistan: %s', (_, id, text, verdict) => {
    expect(rule('india-pakistan-2005', id, text)?.verdict).toBe(verdict);
  }); // prettier-ignore

  it('the whole agreement is met by a notice that keeps each rule whose text was read', () => {
    const { verdict, applies, rules } = check('india-pakistan-2005', INDIAN);
    expect(rules.filter((each) => each.verdict !== 'met').map(({ id, basis }) => [id, basis])).toEqual([['FIELDS', 'assumption']]);
    expect([verdict, applies]).toEqual(['cannot-tell', 'yes']);
  }); // prettier-ignore

  it('drills near the military demarcation line are measured from their edge', () => {
    const drill = `${LAUNCH}act: live-fire\nby: KR\narea: {circle: {latitude: 38.2, longitude: 127.5, radius: "9 km"}}`.replace('act: missile-test', ''); // prettier-ignore
    expect(rule('cma-2018', 'SITE', drill)).toMatchObject({ verdict: 'cannot-tell', figures: { minSiteKm: 5 } });
    const far = drill.replace('38.2', '36.5');
    expect(rule('cma-2018', 'SITE', far)?.verdict).toBe('met');
    expect(rule('cma-2018', 'SITE', `${far}\naircraft: fixed-wing`)?.figures).toMatchObject({ minSiteKm: 40, minSiteKmInTheWest: 20 }); // prettier-ignore
  });
});

describe('rules on what is reached', () => {
  it.each<[string, string, string, Verdict]>([
    ['plns-2000', 'a range above 500 km', `${LAUNCH}range: 501`, 'met'],
    ['plns-2000', 'a range of 500 km and no apogee', `${LAUNCH}range: 500`, 'cannot-tell'],
    ['plns-2000', 'both at 500 km', `${LAUNCH}range: 500\napogee: 500 km`, 'broken'],
    ['plns-2000', 'a lofted one', `${LAUNCH}range: 400\napogee: "300 NM"`, 'met'],
    ['plns-2000', 'a drill', LAUNCH.replace('missile-test', 'drill'), 'broken'],
    ['china-russia-2009', 'Russia, far, to the east', `${LAUNCH}by: RU\nrange: 5000 km\ndirection: E`, 'met'],
    ['china-russia-2009', 'Russia, far, to the west', `${LAUNCH}by: RU\nrange: 5000 km\ndirection: 280`, 'broken'],
    ['china-russia-2009', 'Russia, 2,000 km', `${LAUNCH}by: RU\nrange: 2000 km\ndirection: E`, 'broken'],
    ['china-russia-2009', 'China, far, over the north', `${LAUNCH}by: CN\nrange: 3000\nazimuth: 350`, 'met'],
    ['china-russia-2009', 'China, far, direction not told', `${LAUNCH}by: CN\nrange: 3000`, 'cannot-tell'],
    ['china-russia-2009', 'a Chinese satellite', `${LAUNCH.replace('missile-test', 'SLV')}by: CN`, 'met'],
    ['china-russia-2009', 'a Japanese missile', `${LAUNCH}by: JP\nrange: 3000\nazimuth: 350`, 'broken'],
    ['hcoc-2002', 'a satellite launch', LAUNCH.replace('missile-test', 'satellite-launch'), 'met'],
    ['hcoc-2002', 'a memorial act', LAUNCH.replace('missile-test', 'memorial'), 'broken'],
    ['ihr-2005', 'a health event', `${LAUNCH.replace('missile-test', 'health-event')}`, 'met'],
    ['iaea-early-notification', 'a nuclear accident', LAUNCH.replace('missile-test', 'nuclear accident'), 'met'],
    ['iaea-early-notification', 'no hazard told', LAUNCH, 'cannot-tell'],
  ])('%s: %s', (regime, _, text, verdict) => {
    expect(rule(regime, 'SCOPE', text)?.verdict).toBe(verdict);
  });
});

describe('rules on form, on a new date and on what followed', () => {
  const circle = (radius: string): string => `${LAUNCH}impact: {circle: {latitude: 35, longitude: 125, ${radius}}}`;
  it.each<[string, string, string, string, Verdict | undefined]>([
    ['navarea', 'UNIT', 'a radius in nautical miles', circle('radiusNm: 20'), 'met'],
    ['navarea', 'UNIT', 'a radius in kilometres', circle('radius: 20, unit: km'), 'broken'],
    ['navarea', 'UNIT', 'a radius without unit', circle('radius: 20'), 'broken'],
    ['notam', 'UNIT', 'a radius in kilometres', circle('radius: "20 km"'), 'met'],
    ['notam', 'FIELDS', 'no flight information region', circle('radiusKm: 20'), 'broken'],
    ['notam', 'FIELDS', 'all of them', `${circle('radiusKm: 20')}\nfir: rkrr`, 'met'],
    ['navarea', 'LEAD', 'four days', LAUNCH, 'cannot-tell'],
    ['inter-korean-launch-notice', 'SLIP', 'nothing before it', LAUNCH, undefined],
    ['inter-korean-launch-notice', 'SLIP', 'a day inside', `${LAUNCH}replaces: {start: 2030-01-04T00:00:00Z, end: 2030-01-08T00:00:00Z}`, 'met'],
    ['inter-korean-launch-notice', 'SLIP', 'a day outside', `${LAUNCH}replaces: {start: 2030-01-01T00:00:00Z, end: 2030-01-02T00:00:00Z}`, 'broken'],
    ['inter-korean-launch-notice', 'SLIP', 'outside, the first cancelled', `${LAUNCH}replaces: {start: 2030-01-01T00:00:00Z, end: 2030-01-02T00:00:00Z, cancelled: true}`, 'met'],
    ['us-ussr-1988', 'SLIP', 'which is only assumed', `${LAUNCH}replaces: {start: 2030-01-01T00:00:00Z, end: 2030-01-02T00:00:00Z}`, 'cannot-tell'],
    ['us-ussr-1988', 'OUTSIDE', 'a launch inside', `${LAUNCH}observed: 2030-01-05T10:00:00Z`, 'met'],
    ['us-ussr-1988', 'OUTSIDE', 'a launch before', `${LAUNCH}observed: 2030-01-04T23:59:59Z`, 'broken'],
    ['us-ussr-1988', 'OUTSIDE', 'a launch outside its daily hours', `${LAUNCH}observed: 2030-01-05T10:00:00Z\ndaily: "02:00-07:00 Z"`, 'broken'],
    ['us-ussr-1988', 'OUTSIDE', 'hours over midnight', `${LAUNCH}observed: 2030-01-05T23:00:00Z\ndaily: "22:00-02:00 Z"`, 'met'],
    ['plns-2000', 'EARLY', 'a month and more', LAUNCH.replace('2030-01-01', '2029-12-01'), 'cannot-tell'],
    ['iaea-early-notification', 'FIELDS', 'parts left out', 'type: nuclear accident\nreported: {a: known}', 'broken'],
    ['iaea-early-notification', 'FIELDS', 'open parts marked', 'type: nuclear accident\nreported: {a: known, b: known, c: unknown, d: pending, e: known, f: pending, g: known, h: unknown}', 'met'],
    ['iaea-early-notification', 'LEAD', 'forthwith, without a figure', 'type: nuclear accident\noccurredAt: 2030-01-01T00:00:00Z\nreceived: 2030-01-01T03:00:00Z', 'cannot-tell'],
    ['ihr-2005', 'LEAD', 'a day after the assessment', 'type: health event\nassessed: 2030-01-01T00:00:00Z\nreceived: 2030-01-02T00:00:00Z', 'met'],
    ['ihr-2005', 'LEAD', 'more than a day after', 'type: health event\nassessed: 2030-01-01T00:00:00Z\nreceived: 2030-01-02T00:00:01Z', 'broken'],
  ])('%s %s: %s', (regime, id, _, text, verdict) => {
    expect(rule(regime, id, text)?.verdict).toBe(verdict);
  }); // prettier-ignore

  it('an assumption gives advice and never more', () => {
    expect(rule('navarea', 'LEAD', LAUNCH)).toMatchObject({ verdict: 'cannot-tell', basis: 'assumption', ifAssumed: 'broken' }); // prettier-ignore
    expect(rule('plns-2000', 'LEAD', LAUNCH)).toMatchObject({ verdict: 'cannot-tell', ifAssumed: 'met' });
    expect(rule('plns-2000', 'LEAD', LAUNCH)?.message).toMatch(/advice only\.$/);
  });
});

describe('a check', () => {
  it('by all regimes has every one', () => {
    const all = judgeNotice('all', read(LAUNCH));
    expect('checks' in all && all.checks.map(({ regime }) => regime)).toHaveLength(12);
  });

  it('says which resolutions are engaged, apart from the verdict', () => {
    const engaged = (by: string): string[] => check('hcoc-2002', `${LAUNCH}by: ${by}`).legality.engaged.map(({ resolution }) => resolution); // prettier-ignore
    expect(engaged('North Korea')).toEqual(['S/RES/1695 (2006)', 'S/RES/1718 (2006)', 'S/RES/1874 (2009)', 'Presidential statement of 16 April 2012']); // prettier-ignore
    expect(engaged('JP')).toEqual([]);
  });

  it('of a regime that is not there names those that are', () => {
    expect(() => judgeNotice('gsomia', read(LAUNCH))).toThrow(/us-ussr-1988, plns-2000/);
  });
});
