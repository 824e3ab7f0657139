import { readYaml } from '../scenario/scenario.yaml.js';
import { measurementsSchema, type Measurement } from './measurement.js';

/** A longer text is refused unread: twenty measurements take a twentieth of it. */
const MAX_BYTES = 64 * 1024;

/** What is wrong with a file of measurements. The codes are stable; the message says what to do. */
export interface MeasurementFault {
  code: 'MEASUREMENTS_TOO_LARGE' | 'MEASUREMENTS_YAML' | 'MEASUREMENTS_FORM';
  path: string;
  message: string;
}

export type ReadMeasurements = { measurements: Measurement[] } | { faults: MeasurementFault[] };

/** Reads measurements from YAML (of which JSON is a part), or every fault: a list, or a notice with `measurements`. */
export function readMeasurements(text: string): ReadMeasurements {
  if (new TextEncoder().encode(text).length > MAX_BYTES) {
    return { faults: [{ code: 'MEASUREMENTS_TOO_LARGE', path: '', message: 'Shorten the file to at most 64 KiB.' }] };
  }
  const read = readYaml(text);
  return 'faults' in read
    ? { faults: read.faults.map(({ path, message }) => ({ code: 'MEASUREMENTS_YAML', path, message })) }
    : measurementsFrom(read.value);
}

/** The same from a value: a list of measurements, or whatever carries such a list as `measurements`, as a notice does. */
export function measurementsFrom(value: unknown): ReadMeasurements {
  const list =
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as { measurements?: unknown }).measurements
      : value;
  const parsed = measurementsSchema.safeParse(list);
  return parsed.success
    ? { measurements: parsed.data }
    : {
        faults: parsed.error.issues.map(({ path, message }) => ({
          code: 'MEASUREMENTS_FORM',
          path: ['measurements', ...path].join('.'),
          message: list === undefined ? 'give a list of measurements, each with substance, medium, value and unit' : message,
        })),
      }; // prettier-ignore
}
