import { alertMaker } from '../alert.js';
import { scanTokens, tokenOf } from './token.js';

function found(text: string): number[] {
  const numbers: number[] = [];
  scanTokens(Buffer.from(text), (number) => numbers.push(number));
  return numbers;
}

describe('scanning for tokens', () => {
  it.each([
    ['nothing', '{"headline":"none"}', []],
    ['one', `x${tokenOf(123)}y`, [123]],
    ['several in their order', `${tokenOf(2)}${tokenOf(1)} ミサイル ${tokenOf(999_999)}`, [2, 1, 999_999]],
    ['one after a stray mark', `##${tokenOf(7)}`, [7]],
    ['none that is cut off', '#00012', []],
    ['none with another sign in it', '#0001x2# #00012#', []],
  ])('finds %s', (_, text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it.each([1_024, 11 * 1_024])('finds each alert of %d bytes once', (bytes) => {
    const make = alertMaker(bytes);
    const texts = [0, 41, 999_999].map(make);
    expect(texts.map((text) => Buffer.byteLength(text))).toEqual([bytes, bytes, bytes]);
    expect(texts.flatMap(found)).toEqual([0, 41, 999_999]);
  });
});
