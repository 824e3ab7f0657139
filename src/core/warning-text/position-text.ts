import type { Point } from '../announcement/great-circle.js';

/** Hundredths of a minute in a degree. */
const HUNDREDTHS = 6000;

/** `39-30.50N 124-00.00E`, rounded to a hundredth of a minute (18.5 m of latitude): the form of navigational warnings. */
export const positionInMinutes = ([latitude, longitude]: Point): string =>
  `${minutes(latitude, 2, 'NS')} ${minutes(longitude, 3, 'EW')}`;

function minutes(degrees: number, places: number, marks: string): string {
  // Rounded as a whole, so that 59.996 minutes become the next degree and never 60.00.
  const hundredths = Math.round(Math.abs(degrees) * HUNDREDTHS);
  const rest = ((hundredths % HUNDREDTHS) / 100).toFixed(2).padStart(5, '0');
  return `${padded(Math.floor(hundredths / HUNDREDTHS), places)}-${rest}${markOf(degrees, hundredths, marks)}`;
}

/** `393030N 1240000E`, rounded to a second (31 m of latitude): the form of item E of a NOTAM. */
export const positionInSeconds = ([latitude, longitude]: Point): string =>
  `${seconds(latitude, 2, 'NS')} ${seconds(longitude, 3, 'EW')}`;

function seconds(degrees: number, places: number, marks: string): string {
  const all = Math.round(Math.abs(degrees) * 3600);
  const parts = [Math.floor((all % 3600) / 60), all % 60].map((part) => padded(part, 2));
  return `${padded(Math.floor(all / 3600), places)}${parts.join('')}${markOf(degrees, all, marks)}`;
}

/** `3930N12400E`, rounded to a minute: the centre in the Q line of a NOTAM. */
export function positionInQLine([latitude, longitude]: Point): string {
  const one = (degrees: number, places: number, marks: string): string => {
    const all = Math.round(Math.abs(degrees) * 60);
    return `${padded(Math.floor(all / 60), places)}${padded(all % 60, 2)}${markOf(degrees, all, marks)}`;
  };
  return one(latitude, 2, 'NS') + one(longitude, 3, 'EW');
}

/** What rounds to nothing is written as north or east, so that a text read and written again stays the same. */
const markOf = (degrees: number, rounded: number, marks: string): string => marks[degrees < 0 && rounded > 0 ? 1 : 0]!;

const padded = (value: number, places: number): string => String(value).padStart(places, '0');
