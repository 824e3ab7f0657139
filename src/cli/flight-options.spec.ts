import { numberOf, placeOf } from './flight-options.js';

it.each([
  ['787', 787],
  ['-12.5', -12.5],
  ['+.5', 0.5],
  ['1e3', 1000],
])('numberOf(%j)', (text, number) => {
  expect(numberOf(text)).toBe(number);
});

it.each(['', 'NaN', 'Infinity', '0x10', '1e400', '12km', '1,5', '--5'])('refuses the number %j', (text) => {
  expect(() => numberOf(text)).toThrow(
    expect.objectContaining({ exitCode: 2, more: { code: 'FLIGHT_INPUT_INVALID' } }),
  );
});

it.each([
  ['39.2,125.67', { lat: 39.2, lon: 125.67 }],
  ['-10,-20', { lat: -10, lon: -20 }],
  ['-10, -20', { lat: -10, lon: -20 }],
])('placeOf(%j)', (text, place) => {
  expect(placeOf(text)).toEqual(place);
});

it.each(['39.2', '39.2,125.67,3', '39.2,', 'NaN,0', 'north,east'])('refuses the place %j', (text) => {
  expect(() => placeOf(text)).toThrow(expect.objectContaining({ exitCode: 2 }));
});
