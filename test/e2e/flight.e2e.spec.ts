import { Processes } from '../support/processes.js';

const processes = new Processes();
afterAll(() => processes.cleanUp());

async function flight(...args: string[]) {
  const program = processes.built('cli', {}, ['flight', ...args]);
  const { code } = await program.whenEnded(60_000);
  return { code, stdout: program.stdout, stderr: program.stderr };
}

it('prints one JSON object with the figures of a flight, without a service', async () => {
  const { code, stdout, stderr } = await flight(
    ...['--from', '39.2,125.67', '--bearing', '70', '--range', '999.2', '--apogee', '6040.9', '--sensors', '--json'],
  );
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const report = JSON.parse(stdout) as Record<string, unknown> & { flightTimeS: number };
  expect(Object.keys(report)).toEqual(
    expect.arrayContaining(
      'flightTimeS apogeeKm rangeKm burnout impact track passages model warnings sensors'.split(' '),
    ),
  );
  // KCNA told of 4,135 s.
  expect(Math.abs(report.flightTimeS - 4135)).toBeLessThan(0.02 * 4135);
});

it('takes places in the south and west, in either form', async () => {
  const { code, stdout } = await flight('--from=-10,-20', '--to', '-15,-25.5', '--json');
  expect(code).toBe(0);
  const { launch, impact } = JSON.parse(stdout) as Record<'launch' | 'impact', { lat: number; lon: number }>;
  expect(launch).toEqual({ lat: -10, lon: -20 });
  expect(impact.lat).toBeCloseTo(-15, 2);
  expect(impact.lon).toBeCloseTo(-25.5, 2);
});

it.each([
  [2, 'FLIGHT_INPUT_INVALID', ['--from', '95,0', '--bearing', '0', '--range', '500']],
  [2, 'FLIGHT_INPUT_INVALID', ['--from', 'NaN,0', '--bearing', '0', '--range', '500']],
  [2, 'FLIGHT_INPUT_INVALID', ['--from', '39,125', '--bearing', '0', '--range', '-5']],
  [2, 'FLIGHT_CLASS_UNKNOWN', ['--from', '39,125', '--bearing', '0', '--range', '500', '--class', 'x']],
  [1, 'FLIGHT_APOGEE_TOO_LOW', ['--from', '39,125', '--bearing', '81', '--range', '850', '--apogee', '50']],
])('ends with %d and %s for %j', async (exitCode, errorCode, args) => {
  const { code, stdout, stderr } = await flight(...args);
  expect({ code, stdout }).toEqual({ code: exitCode, stdout: '' });
  expect(stderr).toMatch(new RegExp(`^triwatch: [^\\n]+ \\[${errorCode}\\]\\n$`));
});
