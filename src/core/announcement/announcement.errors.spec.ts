import type { AnnouncementTerms } from '../scenario/scenario.schema.js';
import { announcementFaults } from './announcement.errors.js';

const terms = (more: Partial<AnnouncementTerms> = {}): AnnouncementTerms => ({
  by: 'KP',
  act: 'missile-test',
  windowStart: '2023-11-21T15:00:00Z',
  windowEnd: '2023-11-30T15:00:00Z',
  impactAreas: [],
  ...more,
});

const triangle = {
  polygon: [
    [36, 123],
    [36, 125],
    [34, 124],
  ] as [number, number][],
};
const line = {
  polygon: [
    [36, 123],
    [35, 123],
    [34, 123],
  ] as [number, number][],
};
const twoPoints = {
  polygon: [
    [36, 123],
    [35, 124],
    [36, 123],
  ] as [number, number][],
};
const speck = {
  polygon: [
    [36, 123],
    [36, 123.0001],
    [36.0001, 123],
  ] as [number, number][],
};

describe('announcementFaults', () => {
  it.each<[string, Partial<AnnouncementTerms>, string[]]>([
    ['a sound notice', { launchArea: triangle, impactAreas: [triangle] }, []],
    ['a window of a moment less than nothing', { windowEnd: '2023-11-21T15:00:00Z' }, ['WINDOW_REVERSED windowEnd']],
    ['a window with other offsets', { windowEnd: '2023-11-21T23:59:00+09:00' }, ['WINDOW_REVERSED windowEnd']],
    ['a window of 366 days', { windowEnd: '2024-11-21T15:00:00Z' }, []],
    ['a window of a second more', { windowEnd: '2024-11-21T15:00:01Z' }, ['WINDOW_TOO_LONG windowEnd']],
    ['a line as launch area', { launchArea: line }, ['POLYGON_DEGENERATE launchArea,polygon']],
    ['two points as impact area', { impactAreas: [triangle, twoPoints] }, ['POLYGON_DEGENERATE impactAreas,1,polygon']],
    ['a speck', { impactAreas: [speck] }, ['POLYGON_DEGENERATE impactAreas,0,polygon']],
    [
      'everything at once',
      { windowEnd: '2023-11-21T14:00:00Z', launchArea: line, impactAreas: [line] },
      [
        'WINDOW_REVERSED windowEnd',
        'POLYGON_DEGENERATE launchArea,polygon',
        'POLYGON_DEGENERATE impactAreas,0,polygon',
      ],
    ],
  ])('judges %s', (_, more, expected) => {
    expect(announcementFaults(terms(more)).map(({ code, path }) => `${code} ${path.join(',')}`)).toEqual(expected);
  });
});
