import { cursorOf, eventIdOf } from './channel-cursor.js';

describe('the cursor of a stream', () => {
  it.each([
    [undefined, undefined],
    ['', undefined],
    ['1:0', { epoch: 1, seq: 0 }],
    ['12:345', { epoch: 12, seq: 345 }],
    ['1:9007199254740990', { epoch: 1, seq: 9_007_199_254_740_990 }],
  ])('%j is %j', (word, cursor) => {
    expect(cursorOf(word)).toEqual(cursor);
    expect(cursor && eventIdOf(cursor)).toEqual(word === '' ? undefined : word);
  });

  it.each([
    '1',
    ':',
    '1:',
    ':1',
    '0:1',
    '1:-1',
    '-1:1',
    '1:1:1',
    '01:1',
    '1:01',
    ' 1:1',
    '1:1\n',
    '1.5:1',
    'a:b',
    `1:${'9'.repeat(17)}`,
  ])('%j is refused', (word) => {
    expect(() => cursorOf(word)).toThrow(expect.objectContaining({ code: 'BAD_CURSOR' }));
  });
});
