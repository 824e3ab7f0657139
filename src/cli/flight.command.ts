import { join } from 'node:path';
import { Option } from 'commander';
import type { Command } from 'commander';
import { parse } from 'yaml';
import type { ZodType } from 'zod';
import type { Place } from '../core/ballistics/earth.js';
import type { FlightRequest } from '../core/ballistics/flight-request.js';
import { flightOf } from '../core/ballistics/flight.js';
import { MISSILE_CLASS_NAMES } from '../core/ballistics/missile-classes.js';
import { placesSchema } from '../core/ballistics/places.schema.js';
import { DomainError } from '../core/domain-error.js';
import { partySights } from '../core/sensors/first-sight.js';
import { sensorsSchema } from '../core/sensors/sensor.schema.js';
import { PROJECT_ROOT } from '../platform/config/project-root.js';
import { CliError, EXIT } from './cli-error.js';
import { numberOf, placeOf } from './flight-options.js';
import { flightReport } from './flight-report.js';
import { flightText } from './flight-text.js';
import { readText } from './read-text.js';
import { print } from './terminal.js';

interface FlightOptions {
  from: Place;
  to?: Place;
  bearing?: number;
  range?: number;
  apogee?: number;
  lofted?: true;
  depressed?: true;
  class?: string;
  cutOff?: number;
  step: number;
  sensors?: true;
  json?: true;
}

const EXAMPLE = `
Examples:
  npm run triwatch -- flight --from 39.2,125.67 --bearing 70 --range 999.2 --apogee 6040.9
  npm run triwatch -- flight --from=-33.9,18.4 --to 51.5,-0.1 --json

Without --apogee the flight takes the least energy. A first number that is negative needs the form --from=-10,-20.
Classes: ${MISSILE_CLASS_NAMES.join(', ')}; without --class the burn time follows from the speed needed.
docs/model.md tells the formulas, their sources, and what is outside the model.`;

export function addFlight(program: Command): void {
  program
    .command('flight')
    .description('compute a ballistic flight: time, burn-out, track, passage over cities')
    .requiredOption('--from <lat,lon>', 'launch place in degrees', placeOf)
    .option('--to <lat,lon>', 'impact place, instead of --bearing and --range', placeOf)
    .option('--bearing <deg>', 'degrees clockwise from north', numberOf)
    .option('--range <km>', 'distance along the ground', numberOf)
    .option('--apogee <km>', 'greatest height', numberOf)
    .addOption(new Option('--lofted', 'twice the height of least energy').conflicts('depressed'))
    .addOption(new Option('--depressed', 'half the height of least energy'))
    .option('--class <name>', 'class of missile')
    .option('--cut-off <s>', 'the thrust fails so many seconds after the launch', numberOf)
    .option('--step <s>', 'seconds between points of the track', numberOf, 30)
    .option('--sensors', "tell when each party's own sensors first see it")
    .option('--json', 'print one JSON object')
    .addHelpText('after', EXAMPLE)
    .action(run);
}

async function run(options: FlightOptions): Promise<void> {
  if (!(options.step >= 1 && options.step <= 3600)) {
    throw new CliError('Give a --step from 1 to 3600 seconds.', EXIT.usage, { code: 'FLIGHT_INPUT_INVALID' });
  }
  const flight = refusing(() => flightOf(requestOf(options)));
  const { places } = await dataFile('places.yaml', placesSchema);
  const sensors = options.sensors ? (await dataFile('sensors.yaml', sensorsSchema)).sensors : undefined;
  const report = flightReport(flight, places, options.step);
  const sights = sensors && partySights(flight, sensors);
  print(
    options.json
      ? JSON.stringify({ ...report, sensors: sights }, null, 2)
      : flightText(report, sights && { sights, sensors: sensors ?? [] }),
  );
}

const requestOf = (options: FlightOptions): FlightRequest => ({
  from: options.from,
  to: options.to,
  bearingDeg: options.bearing,
  rangeKm: options.range,
  apogeeKm: options.apogee,
  shape: options.lofted ? 'lofted' : options.depressed ? 'depressed' : undefined,
  missileClass: options.class,
  cutOffS: options.cutOff,
});

/** A figure that makes no sense is wrong use; a flight that the model does not know is refused. */
function refusing<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof DomainError) {
      const wrong = ['FLIGHT_INPUT_INVALID', 'FLIGHT_CLASS_UNKNOWN'].includes(error.code);
      throw new CliError(error.message, wrong ? EXIT.usage : EXIT.failed, { code: error.code, cause: error });
    }
    throw error;
  }
}

async function dataFile<T>(name: string, schema: ZodType<T>): Promise<T> {
  return schema.parse(parse(await readText(join(PROJECT_ROOT, 'config', name))));
}
