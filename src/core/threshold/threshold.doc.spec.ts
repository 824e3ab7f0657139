import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { readMeasurements } from './measurement.read.js';
import { thresholdTables } from './threshold.doc.js';
import { parseThresholds } from './threshold.parse.js';
import type { ThresholdsFile } from './threshold.schema.js';
import { thresholdList } from './threshold.view.js';
import { UNIT_NAMES } from './units.js';

const root = join(import.meta.dirname, '../../..');
const text = readFileSync(join(root, 'config/thresholds.yaml'), 'utf8');
const file = parseThresholds(text);

/** Prettier pads tables; what they say is compared. */
const said = (part: string): string => part.replace(/ +/g, ' ').replace(/-{3,}/g, '---');
const doc = said(readFileSync(join(root, 'docs/thresholds.md'), 'utf8'));

describe('docs/thresholds.md', () => {
  it.each(said(thresholdTables(file)).split('\n').filter(Boolean))('has %s', (line) => {
    expect(doc).toContain(line);
  });

  it('names every unit', () => {
    UNIT_NAMES.forEach((unit) => expect(doc).toContain(`\`${unit}\``));
  });
});

describe('config/thresholds.yaml', () => {
  const changed = (change: (file: ThresholdsFile) => void): string => {
    const copy = parse(text) as ThresholdsFile;
    change(copy);
    return stringify(copy);
  };

  it.each<[string, string, RegExp]>([
    ['a source that is not there', changed(({ thresholds }) => (thresholds[0]!.sources = ['nobody'])), /names nobody/],
    ['no source', changed(({ thresholds }) => (thresholds[0]!.sources = [])), /sources/],
    ['a party that is not there', changed(({ thresholds }) => (thresholds[0]!.by = 'XX')), /names XX/],
    ['an id twice', changed(({ thresholds }) => (thresholds[1]!.id = thresholds[0]!.id)), /there twice/],
    ['an unknown unit', changed(({ thresholds }) => (thresholds[0]!.unit = 'ppm')), /unit ppm/],
    ['a source that nobody cites', changed(({ sources }) => (sources['idle'] = { ...sources['meti-monitoring']! })), /source idle/],
    ['no YAML', ': [', /./],
  ])('is refused with %s', (_, wrong, why) => {
    expect(() => parseThresholds(wrong)).toThrow(why);
  }); // prettier-ignore

  it('is shown by subject, with the proposed common threshold marked as one', () => {
    const { quantities, common } = thresholdList(file, 'food');
    expect(common.reason).toMatch(/proposal of this project/);
    expect(quantities.map(({ medium }) => medium.id)).toEqual(['drinking-water', 'food', 'food-from-japan', 'milk', 'infant-food', 'food']); // prettier-ignore
    expect(quantities[1]).toMatchObject({
      substance: { id: 'caesium' },
      common: { value: 100, unit: 'Bq/kg', of: 'jp-food-caesium', proposal: true },
      spread: 12,
    });
    expect(thresholdList(file).quantities.length).toBeGreaterThan(quantities.length);
  });
});

describe('a file of measurements', () => {
  it.each<[string, string, object]>([
    ['a list', '- { substance: tritium, value: 1, unit: Bq/L }', { measurements: [{ substance: 'tritium' }] }],
    ['a notice', 'by: JP\nmeasurements:\n  - { substance: tritium, below: 1 }', { measurements: [{ below: 1 }] }],
    ['a notice without any', 'by: JP', { faults: [{ code: 'MEASUREMENTS_FORM', path: 'measurements' }] }],
    ['one of a wrong form', '- { substance: tritium }', { faults: [{ code: 'MEASUREMENTS_FORM', path: 'measurements.0' }] }],
    ['no YAML', 'a: [', { faults: [{ code: 'MEASUREMENTS_YAML' }] }],
    ['one too long', `# ${'x'.repeat(70_000)}`, { faults: [{ code: 'MEASUREMENTS_TOO_LARGE' }] }],
  ])('may be %s', (_, content, expected) => {
    expect(readMeasurements(content)).toMatchObject(expected);
  }); // prettier-ignore
});
