/** A position in degrees: latitude, then longitude, as CAP writes it (WGS 84). */
export type Position = readonly [latitude: number, longitude: number];

export interface CapCircle {
  readonly centre: Position;
  readonly radiusKm: number;
}

const NUMBER = '[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?';
const PAIR = new RegExp(`^(${NUMBER}),(${NUMBER})$`);
const RADIUS = new RegExp(`^${NUMBER}$`);

const pairOf = (text: string): Position | undefined => {
  const [, latitude, longitude] = PAIR.exec(text) ?? [];
  return latitude === undefined || longitude === undefined ? undefined : [Number(latitude), Number(longitude)];
};

const parts = (text: string): string[] => text.split(/\s+/).filter((part) => part !== '');

/** The points of a polygon, `lat,lon` pairs with white space between them; undefined where it is written in another way. */
export function readPolygon(text: string): Position[] | undefined {
  const points = parts(text).map(pairOf);
  return points.every((point) => point !== undefined) ? points : undefined;
}

/** A circle, `lat,lon radius`; undefined where it is written in another way. */
export function readCircle(text: string): CapCircle | undefined {
  const [pair = '', radius = '', ...more] = parts(text);
  const centre = pairOf(pair);
  return centre && RADIUS.test(radius) && more.length === 0 ? { centre, radiusKm: Number(radius) } : undefined;
}
