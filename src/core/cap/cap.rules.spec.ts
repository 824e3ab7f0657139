import type { CapAlert, CapArea, CapInfo, CapResource } from './cap.js';
import { findingsOf } from './cap.rule.js';
import { CAP_RULES, RULE_THEMES } from './cap.rules.js';

const SENT = '2026-11-24T12:00:00+09:00';
const EARLIER = '2026-11-24T11:00:00+09:00';
const LATER = '2026-11-24T13:00:00+09:00';
const SQUARE = '35,139 35,140 36,140 36,139 35,139';

const AREA: CapArea = { areaDesc: 'Coast', polygon: [SQUARE], circle: [], geocode: [] };
const PICTURE: CapResource = { resourceDesc: 'Map', mimeType: 'image/png', uri: 'https://weather.example/map.png' };
const INFO: CapInfo = {
  ...{ language: 'en-US', category: ['Met'], event: 'Gale', responseType: [], urgency: 'Expected', severity: 'Severe' },
  ...{ certainty: 'Likely', eventCode: [], expires: LATER, headline: 'Gale warning', parameter: [], resource: [] },
  area: [AREA],
};
const ALERT: CapAlert = {
  ...{ identifier: 'gale-1', sender: 'warnings@weather.example', sent: SENT, status: 'Actual', msgType: 'Alert' },
  ...{ scope: 'Public', code: [], info: [INFO] },
};

const alert = (more: Partial<CapAlert>): CapAlert => ({ ...ALERT, ...more });
const info = (more: Partial<CapInfo>): CapAlert => alert({ info: [{ ...INFO, ...more }] });
const area = (more: Partial<CapArea>): CapAlert => info({ area: [{ ...AREA, ...more }] });
const polygon = (text: string): CapAlert => area({ polygon: [text] });
const circle = (text: string): CapAlert => area({ polygon: [], circle: [text] });
const resource = (more: Partial<CapResource>): CapAlert => info({ resource: [{ ...PICTURE, ...more }] });
const inTwo = (more: Partial<CapInfo>): CapAlert =>
  alert({
    info: [INFO, { ...INFO, language: 'ko-KR', event: '강풍', headline: '강풍 경보', ...more }],
  });
const reference = (identifier: string, sent = EARLIER): string => `${ALERT.sender},${identifier},${sent}`;
/** SHA-1 of what the cases below hold (FIPS 180-2, appendix A.1). */
const sha1 = (bytes: Uint8Array): string => (String(bytes) === '97,98,99' ? ABC_SHA1 : '');
const ABC_SHA1 = 'a9993e364706816aba3e25717850c26c9cd0d89d';
const rulesOf = (message: CapAlert): string[] =>
  findingsOf(Object.values(RULE_THEMES).flat(), { alert: message, version: '1.2', sha1 }, new Map()).map(
    ({ rule, path }) => `${rule} ${path}`.trim(),
  );

/** Each rule broken once: what is found, and in what. */
const BROKEN: readonly [string, CapAlert][] = [
  ['IDENTIFIER_EMPTY identifier', alert({ identifier: '' })],
  ['IDENTIFIER_CHARACTERS identifier', alert({ identifier: 'gale 1' })],
  ['IDENTIFIER_CHARACTERS identifier', alert({ identifier: 'gale,1' })],
  ['SENDER_EMPTY sender', alert({ sender: '' })],
  ['SENDER_CHARACTERS sender', alert({ sender: 'a&b' })],
  ['REFERENCES_MISSING references', alert({ msgType: 'Update' })],
  ['REFERENCES_MISSING references', alert({ msgType: 'Cancel', references: ' \n' })],
  ['REFERENCES_MISSING references', alert({ msgType: 'Ack' })],
  ['REFERENCES_EMPTY references', alert({ references: '' })],
  ['REFERENCES_FORM references', alert({ msgType: 'Update', references: 'a,b' })],
  ['REFERENCES_FORM references', alert({ msgType: 'Update', references: reference('a', '2026-11-24T02:00:00Z') })],
  ['REFERENCE_SELF references', alert({ msgType: 'Update', references: reference('gale-1') })],
  ['REFERENCE_LATER references', alert({ msgType: 'Update', references: reference('a', LATER) })],
  ['REFERENCE_TWICE references', alert({ msgType: 'Update', references: `${reference('a')} ${reference('a')}` })],
  ['RESTRICTION_MISSING restriction', alert({ scope: 'Restricted' })],
  ['RESTRICTION_SCOPE restriction', alert({ restriction: 'police' })],
  ['ADDRESSES_MISSING addresses', alert({ scope: 'Private' })],
  ['ADDRESSES_QUOTES addresses', alert({ scope: 'Private', addresses: 'a "b c' })],
  ['INCIDENTS_QUOTES incidents', alert({ incidents: '"a b' })],
  ['NOTE_EXERCISE note', alert({ status: 'Exercise' })],
  ['NOTE_ERROR note', alert({ msgType: 'Error', references: reference('a') })],
  ['INFO_MISSING info', alert({ info: [] })],
  ['TIME_UTC sent', alert({ sent: '2026-11-24T03:00:00+00:00' })],
  ['EXPIRES_BEFORE_SENT info[0].expires', info({ expires: EARLIER })],
  ['EXPIRES_BEFORE_EFFECTIVE info[0].expires', info({ effective: '2026-11-24T14:00:00+09:00' })],
  ['EXPIRES_BEFORE_ONSET info[0].expires', info({ onset: '2026-11-24T14:00:00+09:00' })],
  ['EFFECTIVE_BEFORE_SENT info[0].effective', info({ effective: EARLIER })],
  ['ONSET_BEFORE_SENT info[0].onset', info({ onset: EARLIER })],
  ['EXPIRES_MISSING info[0].expires', info({ expires: undefined })],
  ['LANGUAGE_MISSING info[0].language', info({ language: undefined })],
  ['LANGUAGE_DOUBTFUL info[0]', info({ event: '暴風', headline: '暴風警報' })],
  ['TEXT_COPIED info[1].headline', inTwo({ headline: INFO.headline })],
  ['CATEGORY_DIFFERS info[1].category', inTwo({ category: ['Geo'] })],
  ['EVENT_CODE_DIFFERS info[1].eventCode', inTwo({ eventCode: [{ valueName: 'SAME', value: 'HWW' }] })],
  ['TEXT_EMPTY info[0].event', info({ event: ' ' })],
  ['TEXT_CHARACTERS note', alert({ note: 'a\u0007b' })],
  ['TEXT_DIRECTION info[0].headline', info({ headline: 'a\u202eb' })],
  ['TEXT_TAGS info[0].description', info({ description: 'a<br/>b' })],
  ['TEXT_ENTITIES note', alert({ note: 'a&nbsp;b' })],
  ['HEADLINE_LONG info[0].headline', info({ headline: 'x'.repeat(161) })],
  ['VALUE_NAME_PERIODS info[0].parameter[0].valueName', info({ parameter: [{ valueName: 'S.A.M.E.', value: 'x' }] })],
  ['AREA_MISSING info[0].area', info({ area: [] })],
  ['AREA_SHAPELESS info[0].area[0]', area({ polygon: [] })],
  ['AREA_GEOCODE_ONLY info[0].area[0]', area({ polygon: [], geocode: [{ valueName: 'ISO3166-2', value: 'JP-01' }] })],
  ['CEILING_ALONE info[0].area[0].ceiling', area({ ceiling: '100' })],
  ['CEILING_BELOW info[0].area[0].ceiling', area({ altitude: '200', ceiling: '100' })],
  ['CEILING_EQUAL info[0].area[0].ceiling', area({ altitude: '100', ceiling: '100' })],
  ['SHAPE_EMPTY info[0].area[0].polygon[0]', area({ polygon: [' '], circle: ['35,139 1'] })],
  ['POLYGON_FORM info[0].area[0].polygon[0]', polygon('35 139 35 140 36 140 35 139')],
  ['POLYGON_POINTS info[0].area[0].polygon[0]', polygon('35,139 36,140 35,139')],
  ['POLYGON_OPEN info[0].area[0].polygon[0]', polygon('35,139 35,140 36,140 36,139')],
  ['POLYGON_CROSSES info[0].area[0].polygon[0]', polygon('35,139 36,140 35,140 36,139 35,139')],
  ['POLYGON_FLAT info[0].area[0].polygon[0]', polygon('35,139 35,139 35,139 35,139')],
  ['CIRCLE_FORM info[0].area[0].circle[0]', circle('35,139')],
  ['CIRCLE_FORM info[0].area[0].circle[0]', circle('35 139 10')],
  ['CIRCLE_RADIUS info[0].area[0].circle[0]', circle('35,139 -1')],
  ['CIRCLE_LARGE info[0].area[0].circle[0]', circle('35,139 50000')],
  ['POSITION_RANGE info[0].area[0].circle[0]', circle('91,100 1')],
  ['POSITION_RANGE info[0].area[0].circle[0]', circle('35,181 1')],
  ['POSITION_SWAPPED info[0].area[0].polygon[0]', polygon('139,35 140,35 140,36 139,36 139,35')],
  ['POSITION_MERIDIAN info[0].area[0].polygon[0]', polygon('35,179 35,181 36,181 36,179 35,179')],
  ['MIME_FORM info[0].resource[0].mimeType', resource({ mimeType: 'png' })],
  ['MIME_FORM info[0].resource[0].mimeType', resource({ mimeType: 'picture/png' })],
  ['SIZE_NEGATIVE info[0].resource[0].size', resource({ size: '-1' })],
  ['URI_FORM info[0].resource[0].uri', resource({ uri: 'https://a b' })],
  ['URI_RELATIVE info[0].resource[0].uri', resource({ uri: 'map.png' })],
  ['RESOURCE_ABSENT info[0].resource[0]', resource({ uri: undefined })],
  ['DEREF_FORM info[0].resource[0].derefUri', resource({ derefUri: 'abc' })],
  ['DIGEST_FORM info[0].resource[0].digest', resource({ digest: 'abc' })],
  ['DIGEST_DIFFERS info[0].resource[0].digest', resource({ derefUri: 'YWJj', digest: '0'.repeat(40) })],
  ['WEB_FORM info[0].web', info({ web: 'www.weather.example' })],
  ['IPAWS_EXPIRES info[0].expires', { ...info({ expires: undefined }), code: ['IPAWSv1.0'] }],
  ['IPAWS_EVENT_CODE info[0].eventCode', alert({ code: ['IPAWSv1.0'] })],
  ['IPAWS_AREA info[0].area', { ...info({ area: [] }), code: ['IPAWSv1.0'] }],
  [
    'AUSTRALIA_EVENT_CODE info[0].eventCode',
    alert({ code: ['urn:oasis:names:tc:emergency:cap:1.2:profile:CAP-AU:1.0'] }),
  ],
  ['CANADA_GEOCODE info[0].area', alert({ code: ['profile:CAP-CP:0.4'] })],
  ['TRIWATCH_LANGUAGES info', alert({ code: ['urn:triwatch:cap:1'] })],
  ['TRIWATCH_REGION info[0].area[0].circle[0]', { ...circle('35,-80 1'), code: ['urn:triwatch:cap:1'] }],
];

describe('rules on what a message says', () => {
  it('find nothing in a sound message', () => {
    expect(rulesOf(ALERT)).toEqual([]);
  });

  it.each(BROKEN)('%s', (expected, message) => {
    expect(rulesOf(message)).toContain(expected);
  });

  it('are each broken once by the cases above', () => {
    const tried = new Set(BROKEN.map(([found]) => found.split(' ')[0]));
    const rules = Object.values(RULE_THEMES).flat();
    expect(rules.map(({ id }) => id).filter((id) => !tried.has(id))).toEqual([]);
  });

  it('have an id of their own, a sentence that tells what to do, and a source', () => {
    const ids = CAP_RULES.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id, says, source } of CAP_RULES) {
      expect({ id, says, ok: /^[A-Z].{15,}[^.]$/.test(says) && source !== '' }).toEqual({ id, says, ok: true });
    }
  });

  it.each<[string, CapAlert]>([
    ['an end that lists what is over may have expired', { ...info({ expires: EARLIER }), msgType: 'Cancel', references: reference('a') }],
    ['an empty restriction says nothing', alert({ restriction: '' })],
    ['addresses with quotes', alert({ scope: 'Private', addresses: '"Desk one" desk-two' })],
    ['references over several lines', alert({ msgType: 'Update', references: `\n${reference('a')}\n  ${reference('b')}\n` })],
    ['a polygon over several lines', polygon(SQUARE.replaceAll(' ', '\n  '))],
    ['a polygon across the 180th meridian', polygon('35,179 35,-179 36,-179 36,179 35,179')],
    ['a circle without extent', circle('35.5,-120.25 0')],
    ['a content that has its digest', resource({ uri: 'map.txt', derefUri: 'YW\nJj', digest: ABC_SHA1 })],
    ['variants of one language with one text', alert({ info: [INFO, { ...INFO, language: 'en-GB' }] })],
  ])('let pass: %s', (_, message) => {
    expect(rulesOf(message)).toEqual([]);
  }); // prettier-ignore

  it('compare edges within bounds, however many points a document has', () => {
    // A comb: every edge goes through the latitudes of every other, so that nothing is sorted out.
    const points = Array.from({ length: 100_000 }, (_, index) => `${index % 2 === 0 ? 10 : 20},${index / 1000}`);
    expect(rulesOf(polygon([...points, '9,100', '9,0', points[0]].join(' ')))).toEqual([]);
  });
});
