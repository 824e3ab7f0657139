import { cursorOf } from './cursor.js';

it.each([
  ['1:42', { epoch: 1, seq: 42 }],
  ['0:0', { epoch: 0, seq: 0 }],
  ['1', undefined],
  ['1:-2', undefined],
  ['a:b', undefined],
  ['', undefined],
])('cursorOf(%j)', (text, cursor) => {
  expect(cursorOf(text)).toEqual(cursor);
});
