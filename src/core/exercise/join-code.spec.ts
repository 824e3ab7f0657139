import fc from 'fast-check';
import { JOIN_CODE_BYTES, joinCodeOf, readJoinCode } from './join-code.js';

describe('a join code', () => {
  it('is two groups of four digits that nobody misreads, and is read as it was made', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: JOIN_CODE_BYTES, maxLength: JOIN_CODE_BYTES }), (bytes) => {
        const code = joinCodeOf(bytes);
        expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
        expect(readJoinCode(code)).toBe(code);
        expect(readJoinCode(` ${code.toLowerCase().replace('-', ' ')} `)).toBe(code);
      }),
    );
  });

  it.each([
    ['o1il-2345', '0111-2345'],
    ['７Ｋ３Ｍ－Ｑ０ＸＤ', '7K3M-Q0XD'],
    ['7K3M–Q0XD', '7K3M-Q0XD'],
    ['7K3MQ0XD', '7K3M-Q0XD'],
    ['7K3M-Q0X', undefined],
    ['7K3M-Q0XDD', undefined],
    ['7K3M-Q0XU', undefined],
    ['', undefined],
  ])('typed as "%s" is %s', (typed, code) => {
    expect(readJoinCode(typed)).toBe(code);
  });
});
