import { bearingOf } from './geo-rules.js';
import type { Notice } from './notice.js';
import type { RegimeJudgement, RegimeRule } from './regime.js';

type Judge = RegimeRule['judge'];

const isLaunch = ({ act }: Notice): boolean => act === 'missile-test' || act === 'satellite-launch';
const isSpaceLaunch = ({ act, vehicleClass }: Notice): boolean => act === 'satellite-launch' || vehicleClass === 'SLV';

const judged = (
  verdict: RegimeJudgement['verdict'],
  figures: RegimeJudgement['figures'],
  detail: string,
): RegimeJudgement => ({
  verdict,
  figures,
  detail,
});

/** Ballistic missiles whose range or apogee is above a limit, and space launches. */
export function aboveRangeOrApogee(limitKm: number): Judge {
  return (notice) => {
    const { rangeKm, apogeeKm } = notice;
    const figures = {
      limitKm,
      ...(rangeKm === undefined ? {} : { rangeKm }),
      ...(apogeeKm === undefined ? {} : { apogeeKm }),
    };
    const what = `It covers ballistic missiles of a range or an apogee above ${limitKm} km, and space launches`;
    if (notice.act === undefined) {
      return judged('cannot-tell', figures, `${what}; the notice does not tell what is announced.`);
    }
    if (!isLaunch(notice)) {
      return judged('broken', figures, `${what}; this is no launch.`);
    }
    if (isSpaceLaunch(notice) || (rangeKm ?? 0) > limitKm || (apogeeKm ?? 0) > limitKm) {
      return judged('met', figures, `${what}; this is one.`);
    }
    return rangeKm === undefined || apogeeKm === undefined
      ? judged('cannot-tell', figures, `${what}; the notice does not give both range and apogee.`)
      : judged('broken', figures, `${what}; this one stays at or below that.`);
  };
}

/** Directions in which a launch is notified, by launching state: the four winds named, each half a quarter to either side. */
const TOWARDS: Readonly<Record<string, { fromDeg: number; toDeg: number; winds: string }>> = {
  RU: { fromDeg: 22.5, toDeg: 202.5, winds: 'north-east, east, south-east or south' },
  CN: { fromDeg: 247.5, toDeg: 67.5, winds: 'west, north-west, north or north-east' },
};

/** China and Russia: missiles beyond a range flown towards the other side, and every space launch. */
export function towardsTheOther(limitKm: number): Judge {
  return (notice) => {
    const { by, rangeKm } = notice;
    const sector = by === undefined ? undefined : TOWARDS[by];
    const bearing = bearingOf(notice);
    const bearingDeg = bearing === undefined ? undefined : Math.round(bearing * 10) / 10;
    const figures = {
      limitKm,
      ...(rangeKm === undefined ? {} : { rangeKm }),
      ...(bearingDeg === undefined ? {} : { bearingDeg }),
      ...(sector ? { fromDeg: sector.fromDeg, toDeg: sector.toDeg } : {}),
    };
    const what = `It covers ballistic missiles of a range above ${limitKm} km launched towards the other party, and space launches`;
    if (!sector) {
      return judged('broken', figures, `${what}, by China or Russia; the notice is not known to be by either.`);
    }
    if (notice.act !== undefined && !isLaunch(notice)) {
      return judged('broken', figures, `${what}; this is no launch.`);
    }
    if (isSpaceLaunch(notice)) {
      return judged('met', figures, `${what}; this is a space launch.`);
    }
    if ((rangeKm !== undefined && rangeKm <= limitKm) || (bearing !== undefined && !isWithin(bearing, sector))) {
      return judged('broken', figures, `${what} (${sector.winds}); this one is shorter or goes elsewhere.`);
    }
    return rangeKm === undefined || bearing === undefined || notice.act === undefined
      ? judged(
          'cannot-tell',
          figures,
          `${what} (${sector.winds}); the notice does not tell its kind, range and direction.`,
        )
      : judged('met', figures, `${what} (${sector.winds}); this is one.`);
  };
}

const isWithin = (deg: number, { fromDeg, toDeg }: { fromDeg: number; toDeg: number }): boolean =>
  fromDeg <= toDeg ? deg >= fromDeg && deg <= toDeg : deg >= fromDeg || deg <= toDeg;

/** India and Pakistan: surface-to-surface ballistic missiles launched from land or sea; space launches are not named. */
export const surfaceToSurfaceMissile: Judge = ({ act, basing, vehicleClass }) => {
  const figures = { basing: basing ?? 'not told', vehicleClass: vehicleClass ?? 'not told' };
  const what = 'It covers flight tests of surface-to-surface ballistic missiles launched from land or sea';
  if (act === undefined) {
    return judged('cannot-tell', figures, `${what}; the notice does not tell what is announced.`);
  }
  return act === 'missile-test' && basing !== 'air' && vehicleClass !== 'SLV'
    ? judged('met', figures, `${what}; this is a missile test${basing ? ` from ${basing}` : ''}.`)
    : judged('broken', figures, `${what}; this is none.`);
};
