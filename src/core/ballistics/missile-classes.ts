import { ballisticsError } from './ballistics.errors.js';
import type { Stage } from './powered-flight.js';

/** What the model knows of how a missile burns, and from where. `assumption` says what no source read gives. */
export interface MissileClass {
  readonly name: string;
  readonly stages: readonly Stage[];
  readonly source: string;
  readonly assumption?: string;
}

const LIQUID_KM_S = 2.5;
const SOLID_KM_S = 2.6;

const NRC_2012 =
  'National Research Council, "Making Sense of Ballistic Missile Defense" (2012), as summed up in ' +
  'https://csc.asu.edu/2012/09/11/report-blasts-militarys-dreams-of-destroying-missiles-at-launch/: ' +
  'about four minutes of boost for a liquid ICBM, a minute less for a solid one';
const APS_2003 =
  'American Physical Society study group, "Boost-Phase Intercept Systems for National Missile Defense" (2003), as summed ' +
  'up in http://gnosticalturpitude.org/archives/000290.html: four minutes for liquid, as short as two for solid ICBMs';
const TITAN =
  'Titan II GLV, https://wikizero.org/wiki/en/Titan_II_GLV: stages of 156 and 180 s, specific impulse 258 and 316 s';
const NODONG =
  'DPRK figures for the launch of 31 August 1998, whose first stage was a Nodong: 95 s ' +
  '(Korean Wikipedia, 대포동 1호, December 2006)';
const V2 =
  'Neufeld, "The Rocket and the Reich" (1995), https://www.rulit.me/books/the-rocket-and-the-reich-peenem-read-352450-47.html: ' +
  'full burn time of an A-4 about a minute';
const MOTOR_2016 =
  'Schilling, 38 North, quoted by Yonhap on 30 March 2016, https://en.yna.co.kr/view/AEN20160330001000315: ' +
  'solid motor of 15 to 20 t thrust and about one minute';

const equal = (count: number, burnTimeS: number, exhaustSpeedKmS: number): readonly Stage[] =>
  Array.from({ length: count }, () => ({ burnTimeS: burnTimeS / count, speedShare: 1 / count, exhaustSpeedKmS }));

/** Two liquid stages that share 240 s and the speed as those of Titan II do. */
const liquidTwoStage: readonly Stage[] = [
  { burnTimeS: 111, speedShare: 0.45, exhaustSpeedKmS: 2.53 },
  { burnTimeS: 129, speedShare: 0.55, exhaustSpeedKmS: 3.1 },
];
const liquid = (name: string): MissileClass => ({
  name,
  stages: liquidTwoStage,
  source: `${NRC_2012}. Split as in ${TITAN}`,
  assumption: 'the stages share time and speed as those of Titan II, the only such missile with public figures',
});
const solid = (name: string): MissileClass => ({
  name,
  stages: equal(3, 180, SOLID_KM_S),
  source: NRC_2012,
  assumption: 'three equal stages',
});

const CLASSES: readonly MissileClass[] = [
  { name: 'v-2', stages: equal(1, 60, 2.1), source: V2, assumption: 'exhaust speed of alcohol and oxygen, 2.1 km/s' },
  {
    name: 'scud',
    stages: equal(1, 60, 2.3),
    source: V2,
    assumption: 'burns as long as the V-2, from which it descends and whose range it has; exhaust speed 2.3 km/s',
  },
  { name: 'nodong', stages: equal(1, 95, 2.3), source: NODONG, assumption: 'exhaust speed 2.3 km/s' },
  {
    name: 'pukguksong-2',
    stages: equal(2, 120, SOLID_KM_S),
    source: MOTOR_2016,
    assumption: 'the second stage burns as long as the first; exhaust speed 2.6 km/s',
  },
  {
    name: 'hwasong-12',
    stages: equal(1, 135, LIQUID_KM_S),
    source: `${NODONG}. ${NRC_2012}`,
    assumption: 'burn time between the two, in the ratio of their speeds; exhaust speed 2.5 km/s',
  },
  ...['hwasong-14', 'hwasong-15', 'hwasong-17', 'liquid-icbm'].map(liquid),
  ...['hwasong-18', 'hwasong-19', 'solid-icbm'].map(solid),
];

export const MISSILE_CLASS_NAMES = CLASSES.map(({ name }) => name);

export function missileClassOf(name: string): MissileClass {
  const found = CLASSES.find((each) => each.name === name.toLowerCase());
  if (found === undefined) {
    throw ballisticsError(
      'FLIGHT_CLASS_UNKNOWN',
      `There is no class ${JSON.stringify(name.slice(0, 40))}; use one of ${MISSILE_CLASS_NAMES.join(', ')}, or leave it out.`,
    );
  }
  return found;
}

/**
 * Burn time by the speed that a shot without burn time would need: what a missile of unknown class is taken to burn.
 * Between the points it is interpolated. 180 s is the middle of what the APS study gives for solid and liquid ICBMs.
 */
const BURN_TIMES: readonly (readonly [speedKmS: number, burnTimeS: number])[] = [
  [0, 0],
  [1.7, 60],
  [3.3, 95],
  [7.2, 180],
];

export function burnTimeForSpeed(speedKmS: number): number {
  const next = BURN_TIMES.findIndex(([speed]) => speed > speedKmS);
  const [low, high] = [BURN_TIMES[next - 1], BURN_TIMES[next]];
  if (low === undefined || high === undefined) {
    return BURN_TIMES.at(-1)?.[1] ?? 0;
  }
  return low[1] + ((speedKmS - low[0]) / (high[0] - low[0])) * (high[1] - low[1]);
}

/** One stage carries a warhead this fast; beyond it two stages are assumed. */
const SINGLE_STAGE_KM_S = 3.5;

/** A missile of unknown class that needs `speedKmS`. */
export function genericMissile(speedKmS: number): MissileClass {
  return {
    name: 'generic',
    stages: equal(speedKmS < SINGLE_STAGE_KM_S ? 1 : 2, burnTimeForSpeed(speedKmS), LIQUID_KM_S),
    source: `${V2} (1.7 km/s). ${NODONG} (3.3 km/s). ${APS_2003} (7.2 km/s)`,
    assumption: 'burn time interpolated by speed between these; from 3.5 km/s two equal stages; exhaust speed 2.5 km/s',
  };
}
