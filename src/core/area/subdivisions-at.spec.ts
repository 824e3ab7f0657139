import fc from 'fast-check';
import { outlinedCodes, outlineOf } from './outline.js';
import { isWithinKm, outlineContains } from './sphere.js';
import { neighboursOf, subdivisionsAt, subdivisionsTouching } from './subdivisions-at.js';
import { SUBDIVISIONS } from './subdivisions.js';

describe('subdivisionsAt', () => {
  it.each([
    ['Sapporo', 43.06, 141.35, 'JP-01'],
    ['Aomori', 40.82, 140.75, 'JP-02'],
    ['Nagano', 36.65, 138.19, 'JP-20'],
    ['Naha', 26.21, 127.68, 'JP-47'],
    ['Busan', 35.18, 129.08, 'KR-26'],
    ['Jeju', 33.5, 126.53, 'KR-49'],
    ['Pyongyang', 39.02, 125.75, 'KP-01'],
  ])('%s lies in the area that holds it', (_, latitude, longitude, code) => {
    const { codes, withheld } = subdivisionsAt(latitude, longitude);
    expect(codes).toContain(code);
    expect(codes.length).toBeLessThanOrEqual(3);
    expect(withheld).toEqual([]);
  });

  it('names nothing in the open ocean', () => {
    expect(subdivisionsAt(38.5, 168.4)).toEqual({ codes: [], withheld: [] });
  });

  it.each([
    ['Yeonpyeong', 37.66667, 125.69639, 'kr-kp'],
    ['the Liancourt Rocks', 37.2383, 131.87, 'liancourt-rocks'],
  ])('leaves %s to a person', (_, latitude, longitude, reason) => {
    expect(subdivisionsAt(latitude, longitude)).toEqual({ codes: [], withheld: [reason] });
  });
});

describe('subdivisionsTouching', () => {
  it('finds what a circle off the coast reaches, and says what is disputed in it', () => {
    const far = { circle: { latitude: 39, longitude: 138, radiusKm: 60 } };
    expect(subdivisionsTouching(far).codes).toEqual(expect.arrayContaining(['JP-15']));
    const wide = subdivisionsTouching({ circle: { latitude: 37.2, longitude: 131, radiusKm: 200 } });
    expect(wide.codes).toEqual(expect.arrayContaining(['JP-32', 'KR-47']));
    expect(wide.withheld).toContain('liancourt-rocks');
  });

  it('finds an area that a polygon crosses although neither holds a corner of the other', () => {
    const strip = { polygon: [[43.4, 130], [43.4, 150], [43.5, 150], [43.5, 130]] as [number, number][] }; // prettier-ignore
    expect(subdivisionsTouching(strip).codes).toContain('JP-01');
  });

  it('loses no area when a circle grows', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 30, max: 44, noNaN: true }),
        fc.double({ min: 128, max: 144, noNaN: true }),
        fc.double({ min: 1, max: 200, noNaN: true }),
        (latitude, longitude, radiusKm) => {
          const touched = outlinedCodes().filter((code) => {
            const outline = outlineOf(code);
            return outline !== undefined && isWithinKm(outline, [longitude, latitude], radiusKm);
          });
          const wider = subdivisionsTouching({ circle: { latitude, longitude, radiusKm: radiusKm + 100 } });
          expect(wider.codes).toEqual(expect.arrayContaining(touched));
        },
      ),
      { numRuns: 15 },
    );
  });
});

describe('neighboursOf', () => {
  it.each([
    ['JP-20', ['JP-10', 'JP-11', 'JP-15', 'JP-16', 'JP-19', 'JP-21', 'JP-22', 'JP-23']],
    ['JP-02', ['JP-03', 'JP-05']],
    ['JP-40', ['JP-41', 'JP-43', 'JP-44']],
    ['JP-25', ['JP-18', 'JP-21', 'JP-24', 'JP-26']],
    ['KR-43', ['KR-30', 'KR-41', 'KR-42', 'KR-44', 'KR-45', 'KR-47', 'KR-50']],
  ])('%s has at least those that share a land border', (code, neighbours) => {
    expect(neighboursOf(code)).toEqual(expect.arrayContaining(neighbours));
  });

  it('is mutual, within one state, and moderate', () => {
    const all = Object.fromEntries(outlinedCodes().map((code) => [code, neighboursOf(code)]));
    for (const [code, neighbours] of Object.entries(all)) {
      expect(neighbours.length).toBeLessThanOrEqual(9);
      for (const other of neighbours) {
        expect(all[other]).toContain(code);
        expect(other.slice(0, 2)).toBe(code.slice(0, 2));
      }
    }
  });
});

describe('the outlines', () => {
  it('each belong to a named area and are closed rings of degrees', () => {
    for (const code of outlinedCodes()) {
      expect(Object.keys(SUBDIVISIONS)).toContain(code);
      for (const ring of outlineOf(code)?.coordinates.flat() ?? []) {
        expect(ring.length).toBeGreaterThan(3);
        expect(ring.at(-1)).toEqual(ring[0]);
        expect(ring.every(([longitude, latitude]) => longitude > 120 && longitude < 155 && latitude > 20 && latitude < 46)).toBe(true); // prettier-ignore
      }
    }
  });

  it('hold no place that two states claim', () => {
    const rocks: [number, number] = [131.87, 37.2383];
    for (const code of outlinedCodes()) {
      const outline = outlineOf(code);
      expect(outline && outlineContains(outline, rocks)).toBe(false);
    }
  });
});
