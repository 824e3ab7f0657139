import { alertAreaSchema } from './alert-area.js';
import { capArea } from './cap-area.js';
import { outlineOf, outlinedCodes } from './outline.js';
import { subdivisionList, subdivisionName } from './subdivision.js';
import { SUBDIVISIONS } from './subdivisions.js';

describe('capArea', () => {
  it.each([
    ['ja-JP', '北海道'],
    ['ko-KR', '홋카이도'],
    ['en-US', 'Hokkaido'],
    ['fr', 'Hokkaido'],
  ])('of a code is its name in %s and a geocode', (language, areaDesc) => {
    expect(capArea({ iso: 'JP-01' }, language)).toEqual({
      areaDesc,
      geocode: { valueName: 'ISO3166-2', value: 'JP-01' },
    });
  });

  it('writes latitude before longitude and closes a polygon once', () => {
    expect(capArea({ circle: { latitude: 39.4, longitude: 127.5, radiusKm: 30 } }, 'en-US')).toEqual({
      areaDesc: 'Within 30 km of 39.4, 127.5',
      circle: '39.4,127.5 30',
    });
    const open: [number, number][] = [[40, 129], [41, 130], [40, 131]]; // prettier-ignore
    const polygon = '40,129 41,130 40,131 40,129';
    expect(capArea({ polygon: open }, 'ko-KR').polygon).toBe(polygon);
    expect(capArea({ polygon: [...open, [40, 129]] }, 'ko-KR').polygon).toBe(polygon);
  });
});

describe('alertAreaSchema', () => {
  it.each([
    [{ iso: 'JP-01' }, true],
    [{ iso: 'US-HI' }, true],
    [{ iso: 'JP-48' }, false],
    [{ iso: 'toString' }, false],
    [{ iso: 'JP-01', circle: { latitude: 1, longitude: 1, radiusKm: 1 } }, false],
    [{ circle: { latitude: 1, longitude: 1, radiusKm: 1 } }, true],
    [{}, false],
  ])('%j: %s', (area, sound) => {
    expect(alertAreaSchema.safeParse(area).success).toBe(sound);
  });
});

describe('the names', () => {
  it('are there in the three languages, each once', () => {
    const all = Object.values(SUBDIVISIONS);
    expect(all).toHaveLength(47 + 17 + 12 + 8);
    for (const language of ['ja-JP', 'ko-KR', 'en-US']) {
      const names = all.map((each) => each[language]);
      expect(names.every(Boolean)).toBe(true);
      expect(new Set(names).size).toBe(names.length);
    }
  });

  it('are listed as each language lists', () => {
    expect(subdivisionList(['JP-01', 'JP-02', 'JP-03'], 'ja-JP')).toBe('北海道、青森県、岩手県');
    expect(subdivisionList(['JP-01', 'JP-02', 'JP-03'], 'ko-KR')).toBe('홋카이도, 아오모리현, 이와테현');
    expect(subdivisionList(['JP-01', 'JP-02', 'JP-03'], 'en-US')).toBe('Hokkaido, Aomori and Iwate');
    expect(subdivisionName('XX-99', 'ja-JP')).toBe('XX-99');
  });
});

it('has outlines as GeoJSON wants them: longitude first, outer rings anticlockwise', () => {
  for (const code of outlinedCodes()) {
    for (const [outer = []] of outlineOf(code)?.coordinates ?? []) {
      const doubleArea = outer.reduce((sum, [x, y], index) => {
        const [nextX, nextY] = outer[(index + 1) % outer.length] ?? [x, y];
        return sum + x * nextY - nextX * y;
      }, 0);
      expect(doubleArea).toBeGreaterThan(0);
    }
  }
  expect(outlineOf('US-HI')).toBeUndefined();
});
