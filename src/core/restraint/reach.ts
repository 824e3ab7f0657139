import { areaContains, closed, kmOutside } from '../announcement/area.js';
import { distanceKm, pointToLineKm } from '../announcement/great-circle.js';
import type { Area } from '../scenario/scenario.schema.js';
import { isDisputed, type Declaration, type Known, type LoggedAct, type Reason, type Verdict } from './restraint.js';

/** That a declaration does not reach an act, or that nobody can tell. */
export interface Unreached {
  readonly verdict: Extract<Verdict, 'kept' | 'cannot-tell'>;
  readonly reason: Reason;
}

/** Whether an act falls into the term of a declaration. */
export function isInTerm({ from, until, withdrawnAt }: Declaration, { begins }: LoggedAct): Known {
  const end = Math.min(until ?? Infinity, withdrawnAt ?? Infinity);
  if (begins.latest < from || begins.earliest >= end) {
    return 'no';
  }
  return begins.earliest >= from && begins.latest < end ? 'yes' : 'cannot-tell';
}

/** Why a declaration does not reach an act within its term; undefined when it does. */
export function unreached(declaration: Declaration, act: LoggedAct): Unreached | undefined {
  const named = [act.act, ...act.claims.map(({ says }) => says)].some((each) =>
    (declaration.acts as readonly string[]).includes(each),
  );
  if (!named) {
    return { verdict: 'kept', reason: 'act-not-named' };
  }
  if (declaration.against && !declaration.against.some((party) => act.against.includes(party))) {
    return { verdict: 'kept', reason: 'not-towards-them' };
  }
  const inside = declaration.area ? isInside(declaration.area, act) : 'yes';
  if (inside === 'no') {
    return { verdict: 'kept', reason: 'outside-area' };
  }
  // What is disputed stays so whatever the place and the hour.
  if (isDisputed(act)) {
    return undefined;
  }
  if (inside === 'cannot-tell') {
    return { verdict: 'cannot-tell', reason: 'place-uncertain' };
  }
  return isInTerm(declaration, act) === 'cannot-tell'
    ? { verdict: 'cannot-tell', reason: 'term-uncertain' }
    : undefined;
}

/** A place without a point, or whose uncertainty reaches over the edge, leaves it open. */
function isInside(area: Area, { position }: LoggedAct): Known {
  if (!position) {
    return 'cannot-tell';
  }
  const { latitude, longitude, uncertaintyKm } = position;
  if (!areaContains(area, latitude, longitude)) {
    return kmOutside(area, latitude, longitude) > uncertaintyKm ? 'no' : 'cannot-tell';
  }
  return kmInside(area, latitude, longitude) >= uncertaintyKm ? 'yes' : 'cannot-tell';
}

/** How far a position inside an area is from its edge, in kilometres. */
function kmInside(area: Area, latitude: number, longitude: number): number {
  return 'circle' in area
    ? area.circle.radiusKm - distanceKm([area.circle.latitude, area.circle.longitude], [latitude, longitude])
    : pointToLineKm([latitude, longitude], closed(area.polygon));
}
