import type { ReplaySummary } from './replay-summary.js';
import { summaryLines } from './summary-text.js';

const SUMMARY: ReplaySummary = {
  notice: 'REPLAY · mode exercise · historical · not happening now',
  run: 'run-1',
  scenario: 'yeonpyeong-2010',
  scenarioKind: 'historical',
  mode: 'exercise',
  outcome: 'complete',
  speed: 300,
  desks: [
    { desk: 'jp-cas', audience: 'jp', party: 'JP', language: 'ja-JP', timeZone: 'Asia/Tokyo', lastSeq: 0, items: [] },
  ],
  knew: [
    {
      id: 'first-barrage',
      headline: 'Shelling',
      eventAt: '2010-11-23T05:34:00.000Z',
      audiences: [
        { audience: 'jp', party: 'JP', delayMs: 36 * 60_000 },
        { audience: 'us', party: 'US' },
      ],
      others: [{ name: 'UN Command', delayMs: 3_600_000 }],
    },
  ],
  untimed: [{ id: 'letter', headline: 'A letter' }],
  conflicts: 2,
  latencyMs: { samples: 3, p50: 8, p99: 13, max: 13 },
  digest: 'abc',
  faults: [],
};

it('tells who knew what how long after it happened', () => {
  const lines = summaryLines(SUMMARY, 120);
  expect(lines).toContain('item     │ JP       │ US             │ others');
  expect(lines).toContain('Shelling │ +0:36:00 │ not known to   │ UN Command +1:00:00');
  expect(lines).toContain('         │          │ have been told │');
});

it('tells the rest, a line each', () => {
  const lines = summaryLines(SUMMARY, 120);
  for (const line of [
    SUMMARY.notice,
    'JP       │ jp-cas │ ja-JP    │ 0     │ 0',
    '- A letter',
    'Points on which sources disagree: 2',
    'Delivery latency, due to received: p50 8 ms, p99 13 ms, max 13 ms (3 deliveries)',
    'Digest: abc',
    'Every desk received its whole feed in order: no gap, no duplicate.',
  ]) {
    expect(lines).toContain(line);
  }
});

it('says what was wrong', () => {
  const lines = summaryLines({ ...SUMMARY, outcome: 'failed', faults: ['jp-cas: gap'], digest: undefined }, 120);
  expect(lines.slice(-3)).toEqual(['Digest: (none)', 'FAILED: 1 fault(s)', '  jp-cas: gap']);
});
