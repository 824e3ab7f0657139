import fc from 'fast-check';
import { whoSeesReceipt } from './who-sees-receipt.js';

describe('whoSeesReceipt', () => {
  it.each<[string, boolean, string[], string[], string[]]>([
    ['jp', false, ['jp', 'kr', 'us', 'control'], ['control', 'jp'], []],
    ['jp', true, ['jp', 'kr', 'us', 'control'], ['control', 'jp'], ['kr', 'us']],
    ['jp', true, ['jp', 'control'], ['control', 'jp'], []],
    ['jp', true, ['us', 'us', 'jp'], ['control', 'jp'], ['us']],
    ['control', true, ['jp', 'control'], ['control'], ['jp']],
  ])(
    'of %s, shared %s, shown to %j: whole to %j, without the note to %j',
    (audience, shares, shownTo, whole, others) => {
      expect(whoSeesReceipt(audience, shares, shownTo)).toEqual({ whole, withoutNote: others });
    },
  );

  it('never tells another audience of what is not in its own feed', () => {
    const audiences = fc.constantFrom<string>('jp', 'kr', 'us', 'control');
    fc.assert(
      fc.property(audiences, fc.boolean(), fc.array(audiences), (audience, shares, shownTo) => {
        const { whole, withoutNote } = whoSeesReceipt(audience, shares, shownTo);
        const strangers = [...whole, ...withoutNote].filter((each) => each !== audience && each !== 'control');
        expect(strangers.every((each) => shares && shownTo.includes(each))).toBe(true);
      }),
    );
  });
});
