import { inputMark } from './input-mark.js';

const SECRET = 'a secret of the installation, long enough';
const INPUT = { seed: 1, number: 1, action: 'alert.issued', request: { event: 'Launch' } };

describe('the mark of an input', () => {
  it('is the same each time for the same input of a seed', () => {
    expect(inputMark(SECRET, { ...INPUT })).toBe(inputMark(SECRET, INPUT));
    expect(inputMark(SECRET, INPUT)).toMatch(/^[0-9a-f]{20}$/);
  });

  it.each([
    ['another number', { number: 2 }],
    ['another seed', { seed: 2 }],
    ['another act', { action: 'alert.drafted' }],
    ['another request', { request: { event: 'Impact' } }],
  ])('differs for %s', (_, other) => {
    expect(inputMark(SECRET, { ...INPUT, ...other })).not.toBe(inputMark(SECRET, INPUT));
  });

  it('cannot be worked out from what a desk may read, the seed and its own input, without the secret', () => {
    expect(inputMark('another secret', INPUT)).not.toBe(inputMark(SECRET, INPUT));
  });

  it('is never given twice: 20 000 inputs in a row that say the same', () => {
    const marks = Array.from({ length: 20_000 }, (_, number) => inputMark(SECRET, { ...INPUT, number }));
    expect(new Set(marks).size).toBe(20_000);
    expect(marks.slice(0, 100)).not.toEqual([...marks.slice(0, 100)].sort());
  });
});
