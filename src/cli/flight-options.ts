import type { Place } from '../core/ballistics/earth.js';
import { CliError, EXIT } from './cli-error.js';

const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

/** Reads a finite number as people write it; what is none is wrong use, what is out of bounds is for core to refuse. */
export function numberOf(text: string): number {
  const number = Number(text);
  if (!NUMBER.test(text.trim()) || !Number.isFinite(number)) {
    throw invalid(`${quoted(text)} is not a number. Write it as 787 or -12.5.`);
  }
  return number;
}

/** Reads `lat,lon` in degrees; south and west are negative. */
export function placeOf(text: string): Place {
  const [lat, lon, ...more] = text.split(',');
  if (lat === undefined || lon === undefined || more.length > 0) {
    throw invalid(
      `${quoted(text)} is not a place. Write "lat,lon" in degrees, as in --from=39.2,125.67 or --from=-10,-20.`,
    );
  }
  return { lat: numberOf(lat), lon: numberOf(lon) };
}

const quoted = (text: string): string => JSON.stringify(text.slice(0, 40));

const invalid = (message: string): CliError => new CliError(message, EXIT.usage, { code: 'FLIGHT_INPUT_INVALID' });
