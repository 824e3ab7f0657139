import { areaOf } from './area.js';

it.each([
  ['37.66,125.70 20', { circle: { latitude: 37.66, longitude: 125.7, radiusKm: 20 } }],
  ['-10,-170.5 2.5km', { circle: { latitude: -10, longitude: -170.5, radiusKm: 2.5 } }],
  [
    '40,129 41,130 40,131',
    {
      polygon: [
        [40, 129],
        [41, 130],
        [40, 131],
      ],
    },
  ],
  ['40,129 41,130', undefined],
  ['40,129', undefined],
  ['91,0 5', undefined],
  ['40,181 5', undefined],
  ['40,129 0', undefined],
  ['40, 129 5', undefined],
  ['40,129 41,130 nonsense 40,131', undefined],
  ['', undefined],
])('areaOf(%j)', (text, area) => {
  expect(areaOf(text)).toEqual(area);
});
