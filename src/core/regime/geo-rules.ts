import { areaContains, closed } from '../announcement/area.js';
import { destination, initialBearingDeg, lineToLineKm, middleOf, pointToLineKm } from '../announcement/great-circle.js';
import type { Point } from '../announcement/great-circle.js';
import type { Line } from './lines.js';
import { radiusKmOf, type Notice, type NoticeArea } from './notice.js';
import type { RegimeJudgement, RegimeRule } from './regime.js';

type Judge = RegimeRule['judge'];

/** The launch area must lie at least so far from the line. */
export function siteAtLeast(minSiteKm: number, line: Line): Judge {
  return (notice) => {
    const { points, uncertaintyKm, name } = lineOf(notice, line);
    if (!notice.launchArea) {
      return {
        verdict: 'cannot-tell',
        figures: { minSiteKm },
        detail: `The notice does not tell where the launch is, so its distance from the ${name} cannot be measured.`,
      };
    }
    const siteKm = areaToLineKm(notice.launchArea, points);
    return judgeDistance(
      siteKm,
      minSiteKm,
      uncertaintyKm,
      { siteKm: rounded(siteKm), minSiteKm, uncertaintyKm },
      `The launch area is ${rounded(siteKm)} km from the ${name}; at least ${minSiteKm} km are asked for`,
    );
  };
}

/** No edge of an impact area may come nearer to the line. */
export function impactAtLeast(minImpactKm: number, line: Line): Judge {
  return (notice) => {
    const { points, uncertaintyKm, name } = lineOf(notice, line);
    if (notice.impactAreas.length === 0) {
      return {
        verdict: 'cannot-tell',
        figures: { minImpactKm },
        detail: `The notice gives no impact area, so its distance from the ${name} cannot be measured.`,
      };
    }
    const impactKm = Math.min(...notice.impactAreas.map((area) => areaToLineKm(area, points)));
    return judgeDistance(
      impactKm,
      minImpactKm,
      uncertaintyKm,
      { impactKm: rounded(impactKm), minImpactKm, uncertaintyKm },
      `The nearest edge of an impact area is ${rounded(impactKm)} km from the ${name}; at least ${minImpactKm} km are asked for`,
    );
  };
}

/** The ground track must not cross the line, nor come nearer to it. Without a track great circles to each impact area stand for it. */
export function trackAtLeast(minTrackKm: number, line: Line): Judge {
  return (notice) => {
    const { points, uncertaintyKm, name } = lineOf(notice, line);
    const tracks = tracksOf(notice);
    if (tracks.length === 0) {
      return {
        verdict: 'cannot-tell',
        figures: { minTrackKm },
        detail: `The notice gives no track and not both ends of one, so its distance from the ${name} cannot be measured.`,
      };
    }
    const trackKm = Math.min(...tracks.map((track) => lineToLineKm(track, points)));
    const crosses = trackKm === 0;
    const measured = crosses
      ? `The track crosses the ${name}`
      : `The track comes within ${rounded(trackKm)} km of the ${name}`;
    const figures = { trackKm: rounded(trackKm), crosses, minTrackKm, uncertaintyKm };
    return judgeDistance(
      trackKm,
      minTrackKm,
      uncertaintyKm,
      figures,
      `${measured}; at least ${minTrackKm} km are asked for`,
    );
  };
}

function judgeDistance(
  km: number,
  minKm: number,
  uncertaintyKm: number,
  figures: RegimeJudgement['figures'],
  detail: string,
): RegimeJudgement {
  if (km - uncertaintyKm >= minKm) {
    return { verdict: 'met', figures, detail: `${detail}.` };
  }
  // A track that crosses the drawn line by a little may pass beside the true one, but it is near it either way.
  return km + uncertaintyKm < minKm
    ? { verdict: 'broken', figures, detail: `${detail}.` }
    : { verdict: 'cannot-tell', figures, detail: `${detail}, and the line is drawn to ${uncertaintyKm} km only.` };
}

/** A line that the notice brings is taken as it is. */
const lineOf = ({ line }: Notice, regimeLine: Line): Line =>
  line ? { name: 'line that the notice gives', points: line, uncertaintyKm: 0 } : regimeLine;

/** The distance from an area, at its nearest edge, to a line: zero where the line enters it. */
export function areaToLineKm(area: NoticeArea, line: readonly Point[]): number {
  if ('circle' in area) {
    const { latitude, longitude } = area.circle;
    return Math.max(0, pointToLineKm([latitude, longitude], line) - radiusKmOf(area.circle));
  }
  const isEntered = line.some(([latitude, longitude]) => areaContains(area, latitude, longitude));
  return isEntered ? 0 : lineToLineKm(closed(area.polygon), line);
}

function tracksOf({ track, launchArea, impactAreas }: Notice): Point[][] {
  if (track) {
    return [track];
  }
  const from = launchArea && middleOfArea(launchArea);
  return from ? impactAreas.flatMap((area) => edgePoints(area, from).map((to) => [from, to])) : [];
}

/** The points of an area between which a track may end: its corners, or the sides of a circle as seen from the launch. */
function edgePoints(area: NoticeArea, from: Point): Point[] {
  if ('polygon' in area) {
    return area.polygon;
  }
  const centre: Point = [area.circle.latitude, area.circle.longitude];
  const across = initialBearingDeg(centre, from) + 90;
  const radiusKm = radiusKmOf(area.circle);
  return [centre, destination(centre, across, radiusKm), destination(centre, across + 180, radiusKm)];
}

/** The middle of an area: the centre of a circle, or the middle between the corners of a polygon. */
export function middleOfArea(area: NoticeArea): Point | undefined {
  return 'circle' in area ? [area.circle.latitude, area.circle.longitude] : middleOf(area.polygon);
}

/** The direction that a notice gives, or that from its launch area to its first impact area. Degrees from true north. */
export function bearingOf({ bearingDeg, launchArea, impactAreas }: Notice): number | undefined {
  const from = launchArea && middleOfArea(launchArea);
  const to = impactAreas[0] && middleOfArea(impactAreas[0]);
  return bearingDeg ?? (from && to ? initialBearingDeg(from, to) : undefined);
}

const rounded = (km: number): number => Math.round(km * 100) / 100;
