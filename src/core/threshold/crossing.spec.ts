import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { quantitiesOf } from './common.js';
import { checkMeasurement, checkMeasurements, type Crossing } from './crossing.js';
import { crossingText, withCrossings } from './crossing.texts.js';
import { measurementSchema, type Measurement } from './measurement.js';
import { parseThresholds } from './threshold.parse.js';
import { converted } from './units.js';

const file = parseThresholds(
  readFileSync(join(import.meta.dirname, '../../../config/thresholds.yaml'), 'utf8'),
); // prettier-ignore

const tritium = (more: Partial<Measurement>): Measurement => ({
  substance: 'tritium',
  medium: 'discharge',
  unit: 'Bq/L',
  ...more,
});

/** As `jp-sea-near-stop crossed 1.3`, or with why it cannot be told. */
const said = ({ threshold, verdict, factor, why }: Crossing): string =>
  [threshold, verdict, why ?? factor].filter((each) => each !== undefined).join(' ');

describe('what a measurement crosses', () => {
  it.each<[string, Measurement, string[]]>([
    [
      'between the operational limit and the standards',
      tritium({ value: 1_650 }),
      ['jp-discharge-operation crossed 1.1', 'kr-discharge-standard not-crossed 0.0413', 'jp-discharge-standard not-crossed 0.0275'],
    ],
    [
      'exactly the limit, where the limit itself counts',
      tritium({ value: 1_500 }),
      ['jp-discharge-operation crossed 1', 'kr-discharge-standard not-crossed 0.0375', 'jp-discharge-standard not-crossed 0.025'],
    ],
    ['exactly the limit, where it does not', tritium({ medium: 'sea-near', value: 700 }), ['jp-sea-near-stop not-crossed 1']],
    ['in another unit', tritium({ medium: 'sea-near', value: 24_594.6, unit: 'pCi/L' }), ['jp-sea-near-stop crossed 1.3']],
    [
      'drinking water, where two bodies differ',
      tritium({ medium: 'drinking-water', value: 900 }),
      ['us-drinking-tritium crossed 1.22', 'who-drinking-tritium not-crossed 0.09'],
    ],
    ['not detected, well below', tritium({ medium: 'sea-outer', below: 10 }), ['jp-sea-outer-stop not-crossed']],
    ['not detected, at the threshold', tritium({ medium: 'sea-outer', below: 30 }), ['jp-sea-outer-stop not-crossed']],
    ['not detected, with a coarse limit', tritium({ medium: 'sea-outer', below: 40 }), ['jp-sea-outer-stop cannot-tell BELOW_DETECTION']],
    ['a range around it', tritium({ medium: 'sea-outer', from: 20, to: 40 }), ['jp-sea-outer-stop cannot-tell RANGE_SPANS']],
    ['a range above it', tritium({ medium: 'sea-outer', from: 33, to: 40 }), ['jp-sea-outer-stop crossed 1.1']],
    ['a range below it', tritium({ medium: 'sea-outer', from: 20, to: 30 }), ['jp-sea-outer-stop not-crossed']],
    ['no unit', tritium({ medium: 'sea-outer', value: 31, unit: undefined }), ['jp-sea-outer-stop cannot-tell UNIT_MISSING']],
    ['an unknown unit', tritium({ medium: 'sea-outer', value: 31, unit: 'ppm' }), ['jp-sea-outer-stop cannot-tell UNIT_UNKNOWN']],
    ['a unit of mass', tritium({ medium: 'sea-outer', value: 31, unit: 'Bq/kg' }), ['jp-sea-outer-stop cannot-tell UNITS_UNLIKE']],
    [
      'a part of a sum, alone above it',
      { substance: 'caesium-137', medium: 'milk', value: 60, unit: 'Bq/kg' },
      ['jp-milk-caesium crossed 1.2'],
    ],
    [
      'a part of a sum, below it',
      { substance: 'caesium-137', medium: 'milk', value: 40, unit: 'Bq/kg' },
      ['jp-milk-caesium cannot-tell PART_OF_SUM'],
    ],
    ['nothing on record', { substance: 'strontium-90', medium: 'food', value: 1, unit: 'Bq/kg' }, []],
  ])('%s', (_, measurement, expected) => {
    expect(checkMeasurement(file, measurement).crossings.map(said)).toEqual(expected);
  }); // prettier-ignore

  it('is not told of any threshold where the medium is missing', () => {
    const { crossings } = checkMeasurement(file, tritium({ medium: undefined, value: 1e9 }));
    expect(crossings).toHaveLength(7);
    expect(new Set(crossings.map(({ verdict, why }) => `${verdict} ${why}`))).toEqual(new Set(['cannot-tell MEDIUM_MISSING'])); // prettier-ignore
  });

  it('says that nothing was compared', () => {
    expect(checkMeasurement(file, { substance: 'toString', value: 1 })).toMatchObject({ why: 'NO_THRESHOLD', common: [] });
  }); // prettier-ignore

  const threshold = fc.constantFrom(...file.thresholds);
  const factor = fc.double({ min: 0.001, max: 1000, noNaN: true });

  it('crosses what it is above, whatever the unit, and crosses no less when it grows', () => {
    fc.assert(
      fc.property(threshold, factor, factor, ({ id, substance, medium, unit, value }, one, other) => {
        const verdictAt = (times: number): Crossing | undefined =>
          checkMeasurement(file, { substance, medium, unit, value: value * times }).crossings.find(
            (each) => each.threshold === id,
          );
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        expect(verdictAt(high)?.verdict).toBe(high * value > value || (high === 1 && verdictAt(1)?.verdict === 'crossed') ? 'crossed' : 'not-crossed'); // prettier-ignore
        expect(verdictAt(low)?.verdict === 'crossed' && verdictAt(high)?.verdict !== 'crossed').toBe(false);
      }),
    );
  });

  it('of a range says only what holds for both of its ends', () => {
    fc.assert(
      fc.property(threshold, factor, factor, ({ substance, medium, unit, value }, one, other) => {
        const [from, to] = [value * Math.min(one, other), value * Math.max(one, other)];
        const ranged = checkMeasurement(file, { substance, medium, unit, from, to }).crossings;
        const [low, high] = [from, to].map((each) => checkMeasurement(file, { substance, medium, unit, value: each }).crossings); // prettier-ignore
        ranged.forEach(({ verdict, why }, index) => {
          const ends = new Set([low?.[index]?.verdict, high?.[index]?.verdict]);
          expect(why === 'RANGE_SPANS' ? ends.size : [...ends]).toEqual(why === 'RANGE_SPANS' ? 2 : [verdict]);
        });
      }),
    );
  });

  it('takes as the proposed common threshold the strictest, so that crossing any crosses it', () => {
    for (const { thresholds, common, spread } of quantitiesOf(file)) {
      thresholds.forEach(({ value, unit }) => {
        expect(converted(value, unit, common.unit)).toBeGreaterThanOrEqual(common.value);
      });
      expect(spread).toBeGreaterThanOrEqual(1);
    }
    fc.assert(
      fc.property(threshold, factor, ({ substance, medium, unit, value }, times) => {
        const { crossings, common } = checkMeasurement(file, { substance, medium, unit, value: value * times });
        const crossed = crossings.filter(({ verdict }) => verdict === 'crossed').map((each) => each.threshold);
        expect(crossed.length === 0 || common.some((id) => crossed.includes(id))).toBe(true);
      }),
    );
  });
});

describe('measurements in the words of each language', () => {
  const measured = [
    tritium({ medium: 'sea-near', value: 910, place: 'T-1' }),
    tritium({ medium: 'sea-outer', below: 40 }),
  ];
  const checks = checkMeasurements(file, measured);

  it('say the same', () => {
    expect(crossingText(file, checks, 'en-US')).toBe(
      'Measured: tritium, sea near the outlet (T-1): 910 Bq/L. Above the threshold of Japan, level at which the discharge stops, 700 Bq/L (1.3 times it). ' +
        'Common threshold proposed by this project, 700 Bq/L: crossed. ' +
        'Measured: tritium, sea within a 10 km square: not detected (detection limit 40 Bq/L). ' +
        'Cannot be told for Japan, level at which the discharge stops, 30 Bq/L (not detected, with a detection limit above the threshold). ' +
        'Common threshold proposed by this project, 30 Bq/L: cannot be told.',
    );
    expect(crossingText(file, checks, 'ja-JP')).toBe(
      '測定値：トリチウム（放水口付近の海水、T-1）910Bq/L。超過：日本・放出停止判断レベル 700 Bq/L（1.3倍）。共通基準案（本システムの提案）700 Bq/L：超過。' +
        '測定値：トリチウム（放水口付近の外側10km四方の海水）不検出（検出下限値40Bq/L）。判断できず：日本・放出停止判断レベル 30 Bq/L（不検出だが検出下限値が基準を上回る）。共通基準案（本システムの提案）30 Bq/L：判断できず。',
    );
    expect(crossingText(file, checks, 'ko-KR')).toBe(
      '측정값: 삼중수소(방류구 인근 해수, T-1) 910 Bq/L. 초과: 일본 방류 중단 판단 기준 700 Bq/L(1.3배). 공통 기준안(본 시스템의 제안) 700 Bq/L: 초과. ' +
        '측정값: 삼중수소(방류구 인근 바깥 10km 사방 해수) 불검출(검출한계 40 Bq/L). 판단 불가: 일본 방류 중단 판단 기준 30 Bq/L(불검출이나 검출한계가 기준보다 높음). 공통 기준안(본 시스템의 제안) 30 Bq/L: 판단 불가.',
    );
  });

  it('write figures with thousands, and of one without a unit say so', () => {
    const big = checkMeasurements(file, [tritium({ value: 61_234.5, unit: undefined })]);
    expect(crossingText(file, big, 'en-US')).toContain('61,234.5 (unit not stated)');
    expect(crossingText(file, big, 'ko-KR')).toContain('60,000 Bq/L');
  });

  it('stand after what the notice says, and add nothing without measurements', () => {
    const texts = { 'en-US': { headline: 'Notice', description: 'Window open.' }, fr: { headline: 'Avis' } };
    expect(withCrossings(texts, file, [])).toBe(texts);
    expect(withCrossings(texts, file, checks)['en-US']).toMatchObject({
      headline: 'Notice',
      description: expect.stringMatching(/^Window open\. Measured: tritium/) as string,
    });
  });
});

describe('a measurement', () => {
  it.each<[string, object, boolean]>([
    ['a value', { value: 0 }, true],
    ['a detection limit', { below: 10 }, true],
    ['a range', { from: 1, to: 2 }, true],
    ['nothing', {}, false],
    ['two of them', { value: 1, below: 2 }, false],
    ['half a range', { from: 1 }, false],
    ['a range upside down', { from: 2, to: 1 }, false],
    ['less than nothing', { value: -1 }, false],
    ['no number', { value: Number.NaN }, false],
  ])('with %s', (_, figure, fine) => {
    expect(measurementSchema.safeParse({ substance: 'tritium', ...figure }).success).toBe(fine);
  });
});
