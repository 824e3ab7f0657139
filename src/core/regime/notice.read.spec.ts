import fc from 'fast-check';
import { isoOf } from '../time/time.js';
import type { Notice } from './notice.js';
import { NOTICE_FIELDS, noticeFrom, readNotice } from './notice.read.js';
import { plain } from './notice.values.js';

function read(value: unknown): Notice {
  const result = noticeFrom(value);
  if ('faults' in result) {
    throw new Error(JSON.stringify(result.faults));
  }
  return result.notice;
}

describe('readNotice', () => {
  it.each<[string, unknown, Partial<Notice>]>([
    ['a nested window', { launch_window: { from: '2024-05-27 00:00 KST', until: '2024-06-04T00:00+09:00' } }, { windowStart: Date.parse('2024-05-26T15:00Z') as never, windowEnd: Date.parse('2024-06-03T15:00Z') as never }],
    ['an interval', { window: '2024-05-27T00:00Z/2024-05-28T00:00Z' }, { windowStart: Date.parse('2024-05-27') as never }],
    ['a wrapped notice', { notice: { state: 'DPRK' } }, { by: 'KP' }],
    ['a type that is a class', { type: 'ICBM' }, { act: 'missile-test', vehicleClass: 'ICBM' }],
    ['a range in nautical miles', { range: '1,000 NM' }, { rangeKm: 1852 }],
    ['a range with thousands', { 'range-km': '5,000 km' }, { rangeKm: 5000 }],
    ['a wind', { direction: 'north-east' }, { bearingDeg: 45 }],
    ['a point in minutes', { launch_point: '39-39.6N 124-42.3E' }, { launchArea: { circle: { latitude: 39.66, longitude: 124.705, radius: 0.001, unit: 'km' } } }],
    ['a point in seconds run together', { launch: '393936N1244218E' }, { launchArea: { circle: { latitude: 39.66, longitude: 124.705, radius: 0.001, unit: 'km' } } }],
    ['a named site', { site: 'Sohae' }, { launchPlace: 'Sohae' }],
    ['a named site with a point', { launch: { name: 'Sohae', lat: 39.66, lon: 124.705 } }, { launchPlace: 'Sohae' }],
    ['one polygon that is no list of areas', { impact: [[35, 124], [35, 125], [34, 125]] }, { impactAreas: [{ polygon: [[35, 124], [35, 125], [34, 125]] }] }],
    ['a closed polygon', { areas: [{ polygon: [[35, 124], [35, 125], [34, 125], [35, 124]] }] }, { impactAreas: [{ polygon: [[35, 124], [35, 125], [34, 125]] }] }],
    ['GeoJSON', { area: { type: 'Polygon', coordinates: [[[124, 35], [125, 35], [125, 34], [124, 35]]] } }, { impactAreas: [{ polygon: [[35, 124], [35, 125], [34, 125]] }] }],
    ['a circle with its unit beside it', { impactArea: { center: [35, 124], radius: 20, unit: 'nmi' } }, { impactAreas: [{ circle: { latitude: 35, longitude: 124, radius: 20, unit: 'NM' } }] }],
    ['hours of the day', { daily: '09:00-12:00 KST' }, { daily: { fromMinute: 0, toMinute: 180 } }],
  ])('understands %s', (_, value, notice) => expect(read(value)).toMatchObject(notice)); // prettier-ignore

  it.each<[string, string, string, string]>([
    ['a time without zone', 'received: 2023-11-21T02:40:00', 'NOTICE_INSTANT', 'received'],
    ['a day that is not', 'received: 2023-02-30T02:40:00Z', 'NOTICE_INSTANT', 'received'],
    ['longitude first', 'launch: [124.7, 39.6]', 'NOTICE_AREA', 'launch'],
    ['two corners', 'impactAreas: [{polygon: [[1, 2], [3, 4]]}]', 'NOTICE_AREA', 'impactAreas.0'],
    ['an unknown act', 'act: parade', 'NOTICE_VALUE', 'act'],
    ['two names of one field', 'start: 2030-01-01T00:00:00Z\nwindowStart: 2030-01-02T00:00:00Z', 'NOTICE_FIELD_TWICE', 'windowStart'],
    ['a list', '- 1', 'NOTICE_FORM', ''],
    ['nothing that is known', 'colour: red', 'NOTICE_EMPTY', ''],
    ['broken YAML', 'a: [', 'NOTICE_YAML', ''],
    ['too much', `note: ${'x'.repeat(70_000)}`, 'NOTICE_TOO_LARGE', ''],
  ])('refuses %s', (_, text, code, path) => {
    const result = readNotice(text);
    expect('faults' in result && result.faults[0]).toMatchObject({ code, path });
  }); // prettier-ignore

  it('tells which fields it did not understand', () => {
    expect(readNotice('by: KP\ncolour: red\nsource: x')).toMatchObject({ ignored: ['colour'] });
  });

  it('gives each name to one field', () => {
    const names = NOTICE_FIELDS.flatMap(({ name, aliases }) => [name, ...aliases].map(plain));
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(['by', 'bearing', 'fir', 'type'])('refuses for %s what cannot be written out as text', (name) => {
    expect(() => noticeFrom({ [name]: [{ toString: '' }] })).not.toThrow();
  });

  it('never fails on what it cannot read, and says so in a sentence', () => {
    fc.assert(
      fc.property(fc.constantFrom(...NOTICE_FIELDS.map(({ name }) => name)), fc.jsonValue(), (name, value) => {
        const result = noticeFrom({ [name]: value });
        if ('faults' in result) {
          expect(result.faults[0]?.message).toMatch(/\.$/);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('reads an instant as it is written', () => {
    expect(isoOf(read({ received: '2023-11-21 02:40 JST' }).received!.latest)).toBe('2023-11-20T17:40:00.000Z');
  });
});
