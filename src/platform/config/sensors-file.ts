import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { sensorsSchema, type Sensor } from '../../core/sensors/sensor.schema.js';
import { OperationalError } from '../operational-error.js';

/** Reads the sensors of the project in `root`. Throws OperationalError SENSORS_INVALID. */
export function readSensors(root: string): readonly Sensor[] {
  const file = join(root, 'config', 'sensors.yaml');
  try {
    return sensorsSchema.parse(parse(readFileSync(file, 'utf8'))).sensors;
  } catch (cause) {
    throw new OperationalError('SENSORS_INVALID', `The file ${file} cannot be read or is not right.`, { cause });
  }
}
