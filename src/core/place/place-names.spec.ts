import { audienceOf, placeName } from './place-names.js';
import { PLACES } from './places.js';

describe('placeName', () => {
  it.each([
    ['liancourt-rocks', 'jp', 'ja-JP', '竹島'],
    ['liancourt-rocks', 'jp', 'en-US', 'Takeshima'],
    ['liancourt-rocks', 'kr', 'ko-KR', '독도'],
    ['liancourt-rocks', 'kr', 'ja-JP', '独島'],
    ['liancourt-rocks', 'us', 'en-US', 'Takeshima (Dokdo)'],
    ['liancourt-rocks', 'control', 'ja-JP', '竹島（独島）'],
    ['east-sea-sea-of-japan', 'kr', 'en-US', 'East Sea'],
    ['east-sea-sea-of-japan', 'jp', 'en-US', 'Sea of Japan'],
    ['east-sea-sea-of-japan', 'control', 'ko-KR', '일본해(동해)'],
    ['yeonpyeong', 'jp', 'ja-JP', '延坪島'],
    ['northern-limit-line', 'us', 'en-US', 'Northern Limit Line (NLL)'],
  ])('%s for %s in %s is %s', (place, audience, language, name) => {
    expect(placeName(place, audience, language)).toBe(name);
  });

  it.each(['atlantis', 'toString'])('has no name for %s', (place) => {
    expect(placeName(place, 'jp', 'ja-JP')).toBeUndefined();
  });

  it("gives a party its own name, never another party's", () => {
    for (const { official = {} } of Object.values(PLACES)) {
      for (const [party, names] of Object.entries(official)) {
        const others = Object.entries(official).filter(([other]) => other !== party);
        expect(others.flatMap(([, each]) => Object.values(each))).not.toEqual(expect.arrayContaining([names['ja-JP']]));
      }
    }
  });
});

it('reads a block as the party whose language it is', () => {
  expect(['ja-JP', 'ko-KR', 'en-US', 'fr'].map(audienceOf)).toEqual(['jp', 'kr', 'control', 'control']);
});
