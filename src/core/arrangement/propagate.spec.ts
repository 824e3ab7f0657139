import fc from 'fast-check';
import { keyOf, streamOf } from '../random/random.js';
import { runTime } from '../time/time.js';
import { FIELDS, type ArrangementsFile, type Channel, type Field } from './arrangement.schema.js';
import { EVERY_PARTY, fieldSetOf, fieldsIn, networkOf, partySetOf, type Network } from './network.js';
import { drawnMs, propagate, type Arrival, type Shareable } from './propagate.js';

const NAMES = { 'ja-JP': 'x', 'ko-KR': 'x', 'en-US': 'x' };
const IDS = ['jp-cas', 'jp-mod', 'kr-jcs', 'us-dod', 'us-hub', 'us-usfk'];
const FILE: ArrangementsFile = {
  format: 'triwatch/arrangements/1',
  sources: {},
  agencies: Object.fromEntries(
    IDS.map((id) => [id, { party: id.slice(0, 2).toUpperCase(), names: NAMES, lead: false, senses: false, public: false }]),
  ),
  channels: {},
  arrangements: [],
}; // prettier-ignore
const ARRANGEMENT = {
  id: 'test',
  names: NAMES,
  summary: NAMES,
  record: 'stands' as const,
  uses: [],
  hypothetical: false,
  sharesReceipts: false,
  facts: [],
  sources: [],
};

const channel = (from: string, to: string, more: Partial<Channel> = {}): Channel => ({
  id: `${from}-${to}`,
  from,
  to,
  latencyS: [60, 60, 60],
  availability: 1,
  basis: 'assumed',
  why: 'a test',
  sources: [],
  ...more,
});
const network = (channels: readonly Channel[]): Network => networkOf(FILE, ARRANGEMENT, channels);
const T0 = runTime(Date.parse('2020-01-01T00:00:00Z'));
const shareable = (more: Partial<Shareable> = {}): Shareable => ({
  kind: 'report',
  fields: fieldSetOf(['launch-point', 'narrative']),
  releasableTo: EVERY_PARTY,
  orcon: false,
  firstHand: [{ agency: 'kr-jcs', at: T0 }],
  ...more,
});

/** Seconds after the first-hand knowledge, fields and path of what an agency learns. */
const learned = (channels: readonly Channel[], agency: string, more: Partial<Shareable> = {}): unknown[] =>
  (propagate(network(channels), shareable(more), streamOf(1)).get(agency) ?? []).map(({ at, fields, path }) => [
    (at - T0) / 1000,
    fieldsIn(fields),
    path.join(' '),
  ]);

const RELAY = [channel('kr-jcs', 'us-dod'), channel('us-dod', 'jp-mod', { approval: 'standing' })];
const ALL: Field[] = ['launch-point', 'narrative'];

describe('propagate', () => {
  it('knows first-hand at once, and by the quickest of several paths', () => {
    const slow = channel('kr-jcs', 'jp-mod', { latencyS: [600, 600, 600] });
    expect(learned([slow, ...RELAY], 'kr-jcs')).toEqual([[0, ALL, '']]);
    expect(learned([slow, ...RELAY], 'jp-mod')).toEqual([[120, ALL, 'kr-jcs-us-dod us-dod-jp-mod']]);
    expect(learned([slow, ...RELAY], 'jp-cas')).toEqual([]);
  });

  it('tells of what passes every channel of the path, and adds what comes by another later', () => {
    const warning = [
      channel('kr-jcs', 'us-hub', { fields: ['launch-point', 'flight-track'], latencyS: [1, 1, 1] }),
      channel('us-hub', 'jp-mod', { fields: ['launch-point', 'impact-point'], latencyS: [1, 1, 1], approval: 'standing' }),
    ]; // prettier-ignore
    expect(learned(warning, 'jp-mod')).toEqual([[2, ['launch-point'], 'kr-jcs-us-hub us-hub-jp-mod']]);
    expect(learned([...warning, ...RELAY], 'jp-mod')).toEqual([
      [2, ['launch-point'], 'kr-jcs-us-hub us-hub-jp-mod'],
      [120, ['narrative'], 'kr-jcs-us-dod us-dod-jp-mod'],
    ]);
    expect(learned(warning, 'jp-mod', { fields: fieldSetOf(['narrative']) })).toEqual([]);
  });

  it('does not pass on across a border what another party gave, unless it approves', () => {
    const [first, second] = RELAY as [Channel, Channel];
    const asked: Channel['approval'] = { waitS: [300, 300, 300], basis: 'assumed', why: 'a test', sources: [] };
    expect(learned([first, { ...second, approval: undefined }], 'jp-mod')).toEqual([]);
    expect(learned([first, { ...second, approval: asked }], 'jp-mod')).toEqual([[420, ALL, expect.any(String)]]);
    // What is its own it gives without asking.
    const own = { firstHand: [{ agency: 'us-dod', at: T0 }] };
    expect(learned([first, { ...second, approval: undefined }], 'jp-mod', own)).toEqual([[60, ALL, 'us-dod-jp-mod']]);
    expect(learned([first, { ...second, approval: asked }], 'jp-mod', own)).toEqual([[60, ALL, 'us-dod-jp-mod']]);
  });

  it('asks each time under originator control: a standing approval does not cover it', () => {
    const asked: Channel['approval'] = { waitS: [300, 300, 300], basis: 'assumed', why: 'a test', sources: [] };
    const [first, second] = RELAY as [Channel, Channel];
    expect(learned(RELAY, 'jp-mod', { orcon: true })).toEqual([]);
    expect(learned([first, { ...second, approval: asked }], 'jp-mod', { orcon: true })).toHaveLength(1);
    expect(learned([channel('kr-jcs', 'jp-mod')], 'jp-mod', { orcon: true })).toHaveLength(1);
  });

  it('lets nobody hold what it is not released to, nor more behind a channel that narrows', () => {
    const some = network([]).parties;
    expect(learned(RELAY, 'jp-mod', { releasableTo: partySetOf(some, ['US']) })).toEqual([]);
    expect(learned(RELAY, 'us-dod', { releasableTo: partySetOf(some, ['US']) })).toHaveLength(1);
    const direct = channel('kr-jcs', 'jp-mod', { releasableTo: ['JP', 'KR'] });
    const onward = channel('jp-mod', 'us-usfk', { approval: 'standing' });
    expect(learned([direct, onward], 'us-usfk')).toEqual([]);
    // By a later path that is wider it goes on all the same.
    const wide = channel('kr-jcs', 'jp-mod', { id: 'wide', latencyS: [900, 900, 900] });
    expect(learned([direct, wide, onward], 'us-usfk')).toEqual([[960, ALL, 'wide jp-mod-us-usfk']]);
  });

  it('passes only the kinds of a channel', () => {
    const only = channel('kr-jcs', 'jp-mod', { kinds: ['alert'] });
    expect(learned([only], 'jp-mod')).toEqual([]);
    expect(learned([only], 'jp-mod', { kind: 'alert' })).toHaveLength(1);
  });

  it('waits for a channel to open', () => {
    const hours = { open: '09:00', close: '18:00', utcOffsetH: 9 };
    // 00:00 UTC is 09:00 in Tokyo; an hour earlier it waits for that.
    const office = channel('kr-jcs', 'jp-mod', { hours });
    expect(learned([office], 'jp-mod')).toEqual([[60, ALL, 'kr-jcs-jp-mod']]);
    const early = { firstHand: [{ agency: 'kr-jcs', at: runTime(T0 - 3_600_000) }] };
    expect(learned([office], 'jp-mod', early)).toEqual([[60, ALL, 'kr-jcs-jp-mod']]);
  });

  it('leaves out a channel that does not work, as often as it says', () => {
    const poor = network([channel('kr-jcs', 'jp-mod', { availability: 0.3 })]);
    const told = Array.from({ length: 4000 }, (_, seed) => propagate(poor, shareable(), streamOf(seed)).has('jp-mod'));
    // 1,200 are due; five standard deviations are 145.
    expect(Math.abs(told.filter(Boolean).length - 1200)).toBeLessThan(145);
  });

  describe('whatever the channels', () => {
    const anyChannel = fc
      .record({
        ends: fc.tuple(fc.constantFrom(...IDS), fc.constantFrom(...IDS)),
        number: fc.nat(9),
        fields: fc.option(fc.uniqueArray(fc.constantFrom(...FIELDS), { minLength: 1 }), { nil: undefined }),
        span: fc.tuple(fc.nat(60), fc.nat(60), fc.nat(600)),
        approval: fc.constantFrom(undefined, 'standing' as const, { waitS: [0, 60, 600] as [number, number, number], basis: 'assumed' as const, why: 'x', sources: [] }),
        availability: fc.constantFrom(1, 0.5),
        hours: fc.constantFrom(undefined, { open: '09:00', close: '17:30', utcOffsetH: 9 }, { open: '22:00', close: '06:00', utcOffsetH: 0 }),
        releasableTo: fc.option(fc.uniqueArray(fc.constantFrom('JP', 'KR', 'US'), { minLength: 1 }), { nil: undefined }),
      })
      .map(({ ends: [from, to], number, span: [a, b, c], ...more }) =>
        channel(from, to, { id: `${from}-${to}-${number}`, latencyS: [a, a + b, a + b + c], ...more }),
      ); // prettier-ignore
    const channels = fc.uniqueArray(anyChannel, { maxLength: 14, selector: ({ id }) => id });
    const what = fc
      .record({
        fields: fc.uniqueArray(fc.constantFrom(...FIELDS), { minLength: 1 }).map(fieldSetOf),
        releasableTo: fc.constantFrom(EVERY_PARTY, 0, 1, 3, 5),
        orcon: fc.boolean(),
        firstHand: fc.uniqueArray(fc.record({ agency: fc.constantFrom(...IDS), at: fc.nat(7_200_000).map((ms) => runTime(T0 + ms)) }), { minLength: 1, maxLength: 3, selector: ({ agency }) => agency }),
      })
      .map(shareable); // prettier-ignore
    const seed = fc.nat();
    const at = (arrivals: readonly Arrival[] | undefined, field: number): number =>
      arrivals?.find(({ fields }) => (fields & (1 << field)) !== 0)?.at ?? Infinity;

    it('adding one makes nobody know anything later', () => {
      fc.assert(
        fc.property(channels, anyChannel, what, seed, (some, more, item, number) => {
          const stream = streamOf(number);
          const before = propagate(network(some), item, stream);
          const after = propagate(network([...some, { ...more, id: 'added' }]), item, stream);
          const later = IDS.filter((id) =>
            FIELDS.some((_, field) => at(after.get(id), field) > at(before.get(id), field)),
          );
          expect(later).toEqual([]);
        }),
        { numRuns: 500 },
      ); // prettier-ignore
    });

    it('the order in which they are listed changes nothing', () => {
      fc.assert(
        fc.property(
          channels.chain((some) => fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length }))),
          what,
          seed,
          ([some, shuffled], item, number) => {
            const reversed = { ...item, firstHand: [...item.firstHand].reverse() };
            const sorted = (found: Map<string, Arrival[]>): unknown => [...found].sort(([a], [b]) => (a < b ? -1 : 1));
            expect(sorted(propagate(network(shuffled), reversed, streamOf(number)))).toEqual(
              sorted(propagate(network(some), item, streamOf(number))),
            );
          },
        ),
        { numRuns: 300 },
      );
    });

    it('a path passes only what each of its channels passes and releases, to parties that may hold it', () => {
      fc.assert(
        fc.property(channels, what, seed, (some, item, number) => {
          const net = network(some);
          for (const [agency, arrivals] of propagate(net, item, streamOf(number))) {
            for (const { fields, path } of arrivals) {
              const legs = path.map((id) => net.legs.find((leg) => leg.channel.id === id)!);
              const first = legs[0]?.channel.from ?? agency;
              const origin = 1 << net.parties.indexOf(first.slice(0, 2).toUpperCase());
              let holders = item.releasableTo | origin;
              for (const leg of legs) {
                holders &= leg.release;
                expect(fields & ~leg.fields).toBe(0);
                expect(holders & (1 << net.partyOf[leg.to]!)).not.toBe(0);
              }
            }
          }
        }),
        { numRuns: 300 },
      );
    });
  });
});

describe('drawnMs', () => {
  it.each([
    [[60, 60, 60], 0.7, 60_000],
    [[60, 180, 600], 0, 60_000],
    [[60, 180, 600], 1, 600_000],
    // The mode lies where (mode - least) / (most - least) of the draws are below it.
    [[60, 180, 600], 120 / 540, 180_000],
    [[0, 0, 100], 0.75, 50_000],
  ] as const)('of %j at %d is %d ms', (span, u, ms) => {
    expect(drawnMs([...span] as [number, number, number], u)).toBe(ms);
  });
});

it('keys of channels differ', () => {
  expect(new Set(['a latency', 'a approval', 'a up', 'b latency'].map(keyOf)).size).toBe(4);
});
