import type { AnnouncementTerms } from '../scenario/scenario.schema.js';
import { runTimeOf } from '../time/time.js';
import { checkAnnouncement } from './regime.js';
import type { RegimeFinding, RegimeRuleName } from './regime.js';
import { REGIMES, regimeOf } from './regimes.js';
import { usUssr1988 } from './us-ussr-1988.js';

const terms = (more: Partial<AnnouncementTerms> = {}): AnnouncementTerms => ({
  by: 'KP',
  act: 'satellite-launch',
  windowStart: '2023-11-22T00:00:00+09:00',
  windowEnd: '2023-12-01T00:00:00+09:00',
  impactAreas: [],
  ...more,
});

const circle = { circle: { latitude: 40, longitude: 125, radiusKm: 10 } };

const find = (
  rule: RegimeRuleName,
  more: Partial<AnnouncementTerms>,
  received = '2023-11-01T00:00:00Z',
): RegimeFinding => {
  const findings = checkAnnouncement(usUssr1988, terms(more), { receivedAt: runTimeOf(received) });
  const finding = findings.find((each) => each.rule === rule);
  if (!finding) {
    throw new Error(`no finding ${rule}`);
  }
  return finding;
};

describe('the notices that the DPRK gave, measured by the agreement of 1988', () => {
  // Where a source gives the day of receipt only, a time of that day is taken that does not decide the verdict.
  it.each<[string, string, string, string, number, 'met' | 'broken', number, 'met' | 'broken']>([
    [
      'March 2009',
      '2009-03-11T12:00:00+09:00',
      '2009-04-04T02:00:00Z',
      '2009-04-08T07:00:00Z',
      575,
      'met',
      101,
      'broken',
    ],
    [
      'March 2012',
      '2012-03-19T12:00:00+09:00',
      '2012-04-12T07:00:00+09:00',
      '2012-04-16T12:00:00+09:00',
      571,
      'met',
      101,
      'broken',
    ],
    [
      'May 2023',
      '2023-05-29T12:00:00+09:00',
      '2023-05-31T00:00:00+09:00',
      '2023-06-11T00:00:00+09:00',
      36,
      'met',
      264,
      'broken',
    ],
    [
      'August 2023',
      '2023-08-22T00:00:00+09:00',
      '2023-08-24T00:00:00+09:00',
      '2023-08-31T00:00:00+09:00',
      48,
      'met',
      168,
      'broken',
    ],
    [
      'November 2023',
      '2023-11-21T02:40:00+09:00',
      '2023-11-22T00:00:00+09:00',
      '2023-12-01T00:00:00+09:00',
      21.33,
      'broken',
      216,
      'broken',
    ],
    [
      'May 2024',
      '2024-05-27T03:00:00+09:00',
      '2024-05-27T00:00:00+09:00',
      '2024-06-04T00:00:00+09:00',
      -3,
      'broken',
      192,
      'broken',
    ],
  ])('%s', (_, received, windowStart, windowEnd, leadHours, lead, windowHours, window) => {
    expect(find('LEAD', { windowStart, windowEnd }, received)).toMatchObject({
      verdict: lead,
      figures: { leadHours, minLeadHours: 24 },
    });
    expect(find('WINDOW', { windowStart, windowEnd }, received)).toMatchObject({
      verdict: window,
      figures: { windowHours, maxWindowHours: 96 },
    });
  });
});

describe('checkAnnouncement', () => {
  it.each<[string, RegimeRuleName, Partial<AnnouncementTerms>, string, string]>([
    ['a lead of 24 h to the millisecond', 'LEAD', {}, '2023-11-20T15:00:00Z', 'met'],
    ['a lead of a second less', 'LEAD', {}, '2023-11-20T15:00:01Z', 'broken'],
    ['a window of four days', 'WINDOW', { windowEnd: '2023-11-26T00:00:00+09:00' }, '', 'met'],
    ['a window of a second more', 'WINDOW', { windowEnd: '2023-11-26T00:00:01+09:00' }, '', 'broken'],
    ['a window the wrong way round', 'WINDOW', { windowEnd: '2023-11-21T00:00:00+09:00' }, '', 'broken'],
    ['no areas', 'FIELDS', {}, '', 'broken'],
    ['a launch area only', 'FIELDS', { launchArea: circle }, '', 'broken'],
    ['both areas', 'FIELDS', { launchArea: circle, impactAreas: [circle] }, '', 'met'],
    ['an ICBM', 'SCOPE', { act: 'missile-test', vehicleClass: 'ICBM' }, '', 'met'],
    ['an SLBM', 'SCOPE', { act: 'missile-test', vehicleClass: 'SLBM' }, '', 'met'],
    ['an SRBM', 'SCOPE', { act: 'missile-test', vehicleClass: 'SRBM' }, '', 'broken'],
    ['a missile of no told class', 'SCOPE', { act: 'missile-test' }, '', 'cannot-tell'],
    ['a satellite launch', 'SCOPE', {}, '', 'broken'],
    ['an ICBM called a satellite launch', 'SCOPE', { vehicleClass: 'ICBM' }, '', 'cannot-tell'],
  ])('judges %s', (_, rule, more, received, verdict) => {
    expect(find(rule, more, received || undefined).verdict).toBe(verdict);
  });

  it.each<[RegimeRuleName, Partial<AnnouncementTerms>, string, string]>([
    [
      'LEAD',
      {},
      '2023-11-20T15:00:01Z',
      'The notice was received 23.99 h before its window opens; at least 24 h are asked for.',
    ],
    [
      'LEAD',
      {},
      '2023-11-21T17:30:00Z',
      'The window had been open for 2.5 h when the notice was received; at least 24 h are asked for.',
    ],
    ['WINDOW', {}, '', 'The window is open for 216 h; at most 96 h are allowed.'],
    ['FIELDS', {}, '', 'The notice does not give its launch area and impact area.'],
    [
      'SCOPE',
      { act: 'missile-test', vehicleClass: 'SRBM' },
      '',
      'The agreement covers ICBM and SLBM launches only, and this is the launch of an SRBM; DPRK is no party to it, so every finding is for comparison only.',
    ],
    [
      'SCOPE',
      { by: 'US', act: 'missile-test', vehicleClass: 'ICBM' },
      '',
      'The agreement covers ICBM and SLBM launches, and this is one.',
    ],
  ])('explains %s in a sentence', (rule, more, received, detail) => {
    expect(find(rule, more, received || undefined).detail).toBe(detail);
  });

  it('gives one finding a rule, each with its source', () => {
    const findings = checkAnnouncement(usUssr1988, terms(), { receivedAt: runTimeOf('2023-11-01T00:00:00Z') });
    expect(findings.map(({ rule }) => rule)).toEqual(['FIELDS', 'SCOPE', 'LEAD', 'WINDOW']);
    for (const { source } of findings) {
      expect(source.title).not.toBe('');
      expect(source.url).toMatch(/^https:/);
    }
  });
});

describe('regimeOf', () => {
  it('finds every regime by its id, and nothing by another', () => {
    expect(REGIMES.map(({ id }) => regimeOf(id))).toEqual(REGIMES);
    expect(new Set(REGIMES.map(({ id }) => id)).size).toBe(REGIMES.length);
    expect(regimeOf('hague')).toBeUndefined();
    expect(regimeOf('constructor')).toBeUndefined();
  });
});
