import { WARNINGS } from './warnings-in-force.js';
import { noticeFile } from '../regime/notice.file.js';
import type { NoticeArea } from '../regime/notice.js';
import { noticeFrom } from '../regime/notice.read.js';
import { isoOf } from '../time/time.js';
import { readWarning } from './read-warning.js';
import type { ReadWarning } from './warning-text.js';

const minutes = (at: number | undefined): string => (at === undefined ? '-' : isoOf(at as never).slice(0, 16));
const codes = ({ findings }: ReadWarning): string[] => findings.map(({ code }) => code);
const corners = (area: NoticeArea | undefined): string[] =>
  area && 'polygon' in area ? area.polygon.map(([lat, lon]) => `${lat.toFixed(4)} ${lon.toFixed(4)}`) : [];

describe('warnings that were in force', () => {
  it.each<[keyof typeof WARNINGS, string, string, string | undefined, number[], string[]]>([
    ['HYDROPAC 3403/23', '2023-10-31T23:00', '2023-11-30T09:00', 'live-fire-drill', [4], ['YEAR_TAKEN', 'RING_START']],
    ['NAVAREA XII 801/23', '2023-11-15T14:10', '2023-11-18T17:20', undefined, [26, 4], ['YEAR_TAKEN', 'ACT_OPEN', 'RING_DIRECTION']],
    ['NAVAREA XIV 189/26', '2026-07-14T21:00', '2026-07-23T21:00', undefined, [4], ['ACT_OPEN']],
    ['A2734/24', '2024-08-07T11:30', '2024-08-08T07:30', 'live-fire-drill', [4], ['Q_LINE', 'SCHEDULE_AS_TEXT']],
    ['B0145/25', '2025-02-28T03:30', '2025-03-30T20:30', 'live-fire-drill', [0], []],
    ['F2572/26', '2026-07-14T09:00', '2026-07-23T21:00', undefined, [3], ['ACT_OPEN']],
  ])('%s', (id, start, end, act, sizes, findings) => {
    const read = readWarning(WARNINGS[id]);
    const { notice } = read;
    expect([read.id, minutes(notice.windowStart), minutes(notice.windowEnd), notice.act]).toEqual([id, start, end, act]);
    expect(notice.impactAreas.map((area) => corners(area).length)).toEqual(sizes);
    expect(codes(read).sort()).toEqual(findings.sort());
  }); // prettier-ignore

  it('keep their positions, also over the 180th meridian, their daily hours and what they end', () => {
    const { notice, ends } = readWarning(WARNINGS['NAVAREA XII 801/23']);
    expect(corners(notice.impactAreas[0]).slice(7, 9)).toEqual(['15.4000 177.6833', '16.3333 -179.6667']);
    expect([ends, notice.daily]).toEqual([['NAVAREA XII 794/23'], { fromMinute: 850, toMinute: 1040 }]);
    expect(corners(readWarning(WARNINGS['F2572/26']).notice.impactAreas[0])).toEqual(['-62.2000 163.0000', '-62.6833 163.0000', '-62.5500 162.5600']); // prettier-ignore
    expect(readWarning(WARNINGS['B0145/25']).notice.impactAreas).toEqual([
      { circle: { latitude: expect.closeTo(33.3494, 4) as number, longitude: expect.closeTo(60.7358, 4) as number, radius: 10, unit: 'km' } },
    ]); // prettier-ignore
  });

  it.each(Object.keys(WARNINGS) as (keyof typeof WARNINGS)[])('%s is a notice file that can be judged', (id) => {
    const { notice } = readWarning(WARNINGS[id]);
    expect(noticeFrom(JSON.parse(JSON.stringify(noticeFile(notice))))).toEqual({ notice, ignored: [] });
  });
});

describe('lenient reading', () => {
  const NOTAM = 'Q) RJJJ/QWMLW/IV/BO/W/000/999/3500N12400E020 A) RJJJ B) 3001010000 C) 3001020000 E) ';
  it.each<[string, string, string[]]>([
    ['no area but a Q line', `${NOTAM}MISSILE FIRING`, ['AREA_FROM_Q']],
    ['a radius without a unit', `${NOTAM}MISSILE FIRING WI CIRCLE RADIUS 5 CENTERED ON 350000N1240000E`, ['RADIUS_UNIT']],
    ['miles, which may be either', `${NOTAM}MISSILE FIRING WITHIN 5 MILES OF 350000N1240000E`, ['RADIUS_UNIT']],
    ['an area that the Q line does not hold', `${NOTAM}MISSILE FIRING WI 3500N12400E-3600N12500E-3400N12500E`, ['Q_CIRCLE_SMALL']],
    ['a minute of 60', `${NOTAM}MISSILE FIRING WI CIRCLE RADIUS 5 NM CENTERED ON 356000N1240000E`, ['POSITION_UNREADABLE', 'AREA_FROM_Q']],
    ['a line', `${NOTAM}MISSILE FIRING 5 NM EITHER SIDE OF A LINE 350000N1240000E - 360000N1240000E`, ['LINE_ONLY', 'AREA_FROM_Q']],
    ['an estimated end', NOTAM.replace('C) 3001020000', 'C) 3001020000 EST') + 'GUN FIRING', ['PERIOD_ESTIMATED', 'AREA_FROM_Q']],
    ['no end', NOTAM.replace('C) 3001020000', 'C) PERM') + 'GUN FIRING', ['PERIOD_MISSING', 'AREA_FROM_Q']],
    ['30 February', NOTAM.replace('3001010000', '3002300000') + 'GUN FIRING', ['PERIOD_MISSING', 'AREA_FROM_Q']],
  ])('%s', (_, text, expected) => expect(codes(readWarning(text)).sort()).toEqual(expected.sort())); // prettier-ignore

  it('takes letters for centres where one radius stands before them', () => {
    const text = '1. GUNNERY 010000Z JAN 30 TO 020000Z JAN 30 WITHIN 2 NM OF:\nA. 35-00.0N 124-00.0E\nB. 36-00.0N 124-00.0E';
    expect(readWarning(text).notice.impactAreas.map((area) => 'circle' in area && area.circle.radius)).toEqual([2, 2]);
  }); // prettier-ignore

  it.each([
    ['nothing of a warning', 'HELLO', 'WARNING_UNREADABLE'],
    ['an empty text', '', 'WARNING_UNREADABLE'],
    ['too long a text', 'x'.repeat(17_000), 'WARNING_TOO_LONG'],
  ])('refuses %s', (_, text, code) => expect(() => readWarning(text)).toThrow(expect.objectContaining({ code })));
});
