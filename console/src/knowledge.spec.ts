import type { FeedItem } from '../../src/core/wire/feed.js';
import type { ScenarioDetail } from '../../src/core/wire/scenario.js';
import { knowledgeRows, leadRow, medianDelayMs, severityRank, toldCounts, whyMissing } from './knowledge.js';

const MINUTE = 60_000;

const told = (
  id: string,
  eventAt: string | undefined,
  knownAt: string,
  severity = 'Severe',
  version = 1,
  basis = 'recorded',
): FeedItem => ({
  seq: 1,
  kind: 'report',
  id,
  version,
  late: false,
  realAt: knownAt,
  body: {
    mode: 'exercise',
    severity,
    texts: { 'en-US': { headline: id } },
    event: eventAt === undefined ? undefined : { precision: 'exact', at: eventAt },
    known: { at: knownAt, basis },
  },
});

const feeds = [
  {
    party: 'KR',
    items: [
      told('drill', '2010-11-23T01:15:00Z', '2010-11-23T01:15:00Z', 'Minor'),
      told('barrage', '2010-11-23T05:34:00Z', '2010-11-23T05:34:00Z', 'Extreme'),
    ],
  },
  {
    party: 'JP',
    items: [
      told('barrage', '2010-11-23T05:34:00Z', '2010-11-23T06:10:00Z', 'Extreme'),
      told('barrage', '2010-11-23T05:34:00Z', '2010-11-23T08:10:00Z', 'Extreme', 2),
      told('note', undefined, '2010-11-23T08:10:00Z'),
    ],
  },
];

describe('who knew, and when', () => {
  const rows = knowledgeRows(feeds);

  it('has a row for each event, in the order in which things happened', () => {
    expect(rows.map((row) => row.id)).toEqual(['drill', 'barrage']);
  });

  it('counts from the event to the first version that a party was shown', () => {
    expect(rows[1]?.cells['JP']?.delayMs).toBe(36 * MINUTE);
    expect(rows[1]?.cells['KR']?.delayMs).toBe(0);
    expect(rows[0]?.cells['JP']).toBeUndefined();
  });

  it('leads with the first of the gravest events', () => {
    expect(leadRow(rows)?.id).toBe('barrage');
    expect(leadRow([])).toBeUndefined();
  });

  it('takes the middle delay of what a party was told', () => {
    expect(medianDelayMs(rows, 'JP')).toBe(36 * MINUTE);
    expect(medianDelayMs(rows, 'KR')).toBe(0);
    expect(medianDelayMs(rows, 'US')).toBeUndefined();
  });

  it('counts what a capital did itself apart from what it was told', () => {
    const acts = knowledgeRows([
      {
        party: 'KR',
        items: [
          told('fire', '2010-11-23T05:47:00Z', '2010-11-23T05:47:00Z', 'Severe', 1, 'own-act'),
          told('barrage', '2010-11-23T05:34:00Z', '2010-11-23T05:38:00Z', 'Extreme'),
        ],
      },
      { party: 'JP', items: [told('fire', '2010-11-23T05:47:00Z', '2010-11-23T06:10:00Z')] },
    ]);
    expect(toldCounts(acts, 'KR')).toEqual({ told: 1, total: 1, ownActs: 1 });
    expect(toldCounts(acts, 'JP')).toEqual({ told: 1, total: 2, ownActs: 0 });
    expect(medianDelayMs(acts, 'KR')).toBe(4 * MINUTE);
  });

  it('tells a missing record from an item that this run did not show', () => {
    const scenario = { notKnown: [{ id: 'drill', parties: ['JP'] }] } as ScenarioDetail;
    const [drill, barrage] = rows;
    expect(drill && whyMissing(drill, 'JP', scenario)).toBe('not-told');
    expect(drill && whyMissing(drill, 'US', scenario)).toBe('not-shown');
    expect(barrage && whyMissing(barrage, 'US', undefined)).toBe('not-shown');
  });
});

it('ranks severities and treats an unknown word as not rated', () => {
  expect(['Extreme', 'Severe', 'Moderate', 'Minor', 'Unknown', 'Odd', undefined].map(severityRank)).toEqual([
    4, 3, 2, 1, 0, 0, 0,
  ]);
});
