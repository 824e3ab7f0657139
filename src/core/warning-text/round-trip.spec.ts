import fc from 'fast-check';
import { distanceKm, type Point } from '../announcement/great-circle.js';
import { readNavarea } from '../navarea/navarea.read.js';
import { writeNavarea } from '../navarea/navarea.write.js';
import { readNotam } from '../notam/notam.read.js';
import { writeNotam } from '../notam/notam.write.js';
import { KM_PER_NM, radiusKmOf, type Notice, type NoticeArea } from '../regime/notice.js';
import { runTime } from '../time/time.js';
import { isClockwise, northWestIndex } from './ring.js';
import type { ReadWarning, WrittenWarning } from './warning-text.js';

const MINUTE_MS = 60_000;

const centre = fc.tuple(fc.double({ min: -80, max: 80, noNaN: true }), fc.double({ min: -180, max: 180, noNaN: true }));
const wrapped = (longitude: number): number => ((((longitude + 180) % 360) + 360) % 360) - 180;

/** Corners in order round a centre, either way, so that no edge crosses another. */
const polygon = fc
  .tuple(centre, fc.uniqueArray(fc.integer({ min: 0, max: 35 }), { minLength: 3, maxLength: 12 }), fc.double({ min: 0.1, max: 5, noNaN: true }), fc.boolean())
  .map(([[latitude, longitude], turns, size, isBackwards]): NoticeArea => {
    const angles = [...turns].sort((one, other) => one - other).map((turn) => (turn * Math.PI) / 18);
    const ring = angles.map((angle): Point => [latitude + size * Math.sin(angle), wrapped(longitude + size * Math.cos(angle))]);
    return { polygon: isBackwards ? ring.reverse() : ring };
  }); // prettier-ignore

const circle = fc
  .tuple(centre, fc.integer({ min: 1, max: 30_000 }), fc.constantFrom('km' as const, 'NM' as const))
  .map(([[latitude, longitude], hundredths, unit]): NoticeArea => ({ circle: { latitude, longitude, radius: hundredths / 100, unit } })); // prettier-ignore

const minuteOfDay = fc.integer({ min: 0, max: 1439 });
const notice = fc
  .record({
    act: fc.constantFrom('missile-test', 'satellite-launch', 'live-fire-drill', 'joint-exercise'),
    startMinute: fc.integer({ min: Date.UTC(2000, 0, 2) / MINUTE_MS, max: Date.UTC(2098, 0) / MINUTE_MS }),
    lengthMinutes: fc.integer({ min: 1, max: 40_000 }),
    daily: fc.option(fc.record({ fromMinute: minuteOfDay, toMinute: minuteOfDay }), { nil: undefined }),
    impactAreas: fc.array(fc.oneof(polygon, circle), { minLength: 1, maxLength: 5 }),
  })
  .map(({ act, startMinute, lengthMinutes, daily, impactAreas }): Notice => {
    const windowStart = runTime(startMinute * MINUTE_MS);
    const windowEnd = runTime((startMinute + lengthMinutes) * MINUTE_MS);
    return { act: act as Notice['act'], fir: 'RJJJ', windowStart, windowEnd, daily, impactAreas, reported: {} };
  });

const FORMS: [string, (notice: Notice) => WrittenWarning, (text: string) => ReadWarning, number][] = [
  // Half a hundredth of a minute, and half a second, both ways: 13 m and 22 m on the diagonal.
  ['NAVAREA', (each) => writeNavarea(each, 'NAVAREA XI 0001/30'), readNavarea, 0.014],
  ['NOTAM', (each) => writeNotam(each, 'A0001/30'), readNotam, 0.023],
];

describe.each(FORMS)('%s written and read back', (_, write, read, slackKm) => {
  it('is the same notice, to the precision of the form', () => {
    fc.assert(
      fc.property(notice, (given) => {
        const { notice: found } = read(write(given).text);
        expect([found.act, found.windowStart, found.windowEnd, found.daily]).toEqual([given.act, given.windowStart, given.windowEnd, given.daily]); // prettier-ignore
        expect(found.impactAreas).toHaveLength(given.impactAreas.length);
        given.impactAreas.forEach((area, index) => expectSameArea(area, found.impactAreas[index]!, slackKm));
      }),
      { numRuns: 150 },
    );
  });

  it('is written again as it was, without a finding on its rings', () => {
    fc.assert(
      fc.property(notice, (given) => {
        const { text } = write(given);
        const back = read(text);
        expect(write({ ...back.notice, fir: 'RJJJ' }).text).toBe(text);
        expect(back.findings).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});

function expectSameArea(given: NoticeArea, found: NoticeArea, slackKm: number): void {
  if ('circle' in given && 'circle' in found) {
    const at = ({ latitude, longitude }: typeof given.circle): Point => [latitude, longitude];
    expect(distanceKm(at(given.circle), at(found.circle))).toBeLessThan(slackKm);
    const longerKm = radiusKmOf(found.circle) - radiusKmOf(given.circle);
    expect(longerKm).toBeGreaterThan(-1e-5);
    expect(longerKm).toBeLessThan(0.0101 * KM_PER_NM);
    return;
  }
  if (!('polygon' in given) || !('polygon' in found)) {
    throw new Error('An area changed its kind.');
  }
  expect(found.polygon).toHaveLength(given.polygon.length);
  expect([isClockwise(found.polygon), northWestIndex(found.polygon)]).toEqual([true, 0]);
  for (const corner of given.polygon) {
    expect(Math.min(...found.polygon.map((each) => distanceKm(corner, each)))).toBeLessThan(slackKm);
  }
}
