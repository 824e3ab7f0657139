import { TRIWATCH_PROFILE, type CapAlert, type CapInfo } from '../cap.js';
import type { Place } from '../cap.finding.js';
import type { CapRule } from '../cap.rule.js';
import { blank, infos, where } from './places.js';
import { positionsOf } from './shapes.js';

const IPAWS = /^IPAWSv1\.0$/;
const AUSTRALIA = /:profile:CAP-AU:/;
const CANADA = /^profile:CAP-CP:/;
const TRIWATCH = new RegExp(`^${TRIWATCH_PROFILE}$`);

const LANGUAGES = ['ja-JP', 'ko-KR', 'en-US'];

/** What a rule finds in messages that name its profile in a code. */
const of = (profile: RegExp, alert: CapAlert, find: () => Place[]): Place[] =>
  alert.code.some((code) => profile.test(code.trim())) ? find() : [];

const each = (alert: CapAlert, name: string, broken: (info: CapInfo) => boolean): Place[] =>
  infos(alert).flatMap(({ part, path }) => where(broken(part), `${path}.${name}`));

const sameCodes = ({ eventCode }: CapInfo): string[] =>
  eventCode.filter(({ valueName }) => valueName.trim() === 'SAME').map(({ value }) => value.trim());

/** The sea and land round Japan and Korea, where a position with its numbers swapped never falls (degrees). */
const inRegion = ([latitude, longitude]: readonly [number, number]): boolean =>
  latitude >= 0 && latitude <= 70 && (longitude >= 90 || longitude <= -140);

/** What a profile asks for beyond the standard, in messages that name it. */
export const PROFILES: readonly CapRule[] = [
  {
    id: 'IPAWS_EXPIRES',
    severity: 'warning',
    says: 'Add expires; the profile of IPAWS requires it',
    source: 'IPAWS profile 1.0',
    find: ({ alert }) => of(IPAWS, alert, () => each(alert, 'expires', ({ expires }) => blank(expires))),
  },
  {
    id: 'IPAWS_EVENT_CODE',
    severity: 'warning',
    says: 'Give exactly one eventCode SAME of three letters; the profile of IPAWS requires it',
    source: 'IPAWS profile 1.0',
    find: ({ alert }) =>
      of(IPAWS, alert, () =>
        each(alert, 'eventCode', (info) => {
          const codes = sameCodes(info);
          return codes.length !== 1 || !/^[A-Z]{3}$/.test(codes[0] ?? '');
        }),
      ),
  },
  {
    id: 'IPAWS_AREA',
    severity: 'warning',
    says: 'Add an area; the profile of IPAWS requires at least one',
    source: 'IPAWS profile 1.0',
    find: ({ alert }) => of(IPAWS, alert, () => each(alert, 'area', ({ area }) => area.length === 0)),
  },
  {
    id: 'AUSTRALIA_EVENT_CODE',
    severity: 'warning',
    says: 'Add an eventCode and an area; the profile of Australia requires them',
    source: 'CAP-AU 1.0',
    find: ({ alert }) =>
      of(AUSTRALIA, alert, () =>
        each(alert, 'eventCode', ({ eventCode, area }) => eventCode.length === 0 || area.length === 0),
      ),
  },
  {
    id: 'CANADA_GEOCODE',
    severity: 'warning',
    says: 'Add a location geocode to each area; the profile of Canada requires it',
    source: 'CAP-CP',
    find: ({ alert }) =>
      of(CANADA, alert, () => each(alert, 'area', ({ area }) => area.some(({ geocode }) => geocode.length === 0))),
  },
  {
    id: 'TRIWATCH_LANGUAGES',
    severity: 'warning',
    says: 'Add a block for each of ja-JP, ko-KR and en-US; the profile of Triwatch asks for all three',
    source: 'Triwatch profile (docs/cap.md)',
    find: ({ alert }) =>
      of(TRIWATCH, alert, () => {
        const missing = LANGUAGES.filter((tag) => !alert.info.some(({ language }) => language === tag));
        return where(missing.length > 0, 'info', `no ${missing.join(', ')}`);
      }),
  },
  {
    id: 'TRIWATCH_REGION',
    severity: 'warning',
    says: 'Check the position: it lies far from the north-west Pacific; perhaps latitude and longitude are swapped',
    source: 'Triwatch profile (docs/cap.md)',
    find: ({ alert }) =>
      of(TRIWATCH, alert, () =>
        positionsOf(alert).flatMap(({ part, path }) => {
          const outside = part.find((position) => !inRegion(position));
          return where(outside !== undefined, path, outside && `${outside[0]},${outside[1]}`);
        }),
      ),
  },
];
