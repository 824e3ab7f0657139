// Runs the checks and test suites: `node scripts/test.mjs [lint|types|deps|unit|integration|e2e ...] [Jest options]`.
// Without a step it runs all of them in this order, goes on after a failing one, and ends with one line of counts.
// Two Jest workers are used; `npm run test:e2e -- --runInBand` uses none, `-- some-file` narrows the files.
// With CI=true or TEST_NO_SKIP=1 whatever would be skipped is a failure.
import { spawn } from 'node:child_process';
import { accessSync, constants, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = resolve(import.meta.dirname, '..');
const bin = (path) => join(root, 'node_modules', path);

/** Each command is one check; a step passes when all of its commands end with exit code 0. */
const checks = {
  lint: [
    [bin('eslint/bin/eslint.js'), '.'],
    [bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'],
  ],
  types: [
    [bin('typescript/bin/tsc'), '--noEmit'],
    [bin('typescript/bin/tsc'), '--noEmit', '-p', 'console'],
  ],
  deps: [[bin('dependency-cruiser/bin/dependency-cruise.mjs'), 'src', 'migrations', 'console/src', 'bench', 'torture']],
};
const suites = ['unit', 'integration', 'e2e'];
const allSteps = [...Object.keys(checks), ...suites];

const { steps, jestOptions } = readArguments(process.argv.slice(2));
const noSkip = process.env.CI === 'true' || process.env.TEST_NO_SKIP === '1';
const total = { passed: 0, failed: 0, skipped: 0 };
const running = new Set();
let stopped = false;
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    stopped = true;
    running.forEach((child) => child.kill(signal));
  });
}

const env = { ...testEnvironment(), ...findPrograms() };
const checked = startChecks(steps.flatMap((step) => checks[step] ?? []));
for (const [index, step] of steps.entries()) {
  if (stopped) {
    break;
  }
  const startedAt = Date.now();
  console.log(`\n=== ${step} (step ${index + 1} of ${steps.length})`);
  const count = checks[step] ? await reportChecks(checks[step]) : await runSuite(step);
  for (const key of Object.keys(total)) {
    total[key] += count[key];
  }
  console.log(`--- ${step}: ${line(count)}, ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
}
console.log(`\n${line(total)}`);
process.exitCode = total.failed > 0 || stopped ? 1 : 0;

/** Step names come first; whatever follows them belongs to Jest. */
function readArguments(args) {
  const first = args.findIndex((arg) => !allSteps.includes(arg));
  const named = first < 0 ? args : args.slice(0, first);
  const rest = first < 0 ? [] : args.slice(first).filter((arg) => arg !== '--');
  if (rest.length > 0 && !named.some((step) => suites.includes(step))) {
    console.error(`Unknown step "${rest[0]}". Steps: ${allSteps.join(', ')}. Jest options need one of: ${suites}.`);
    process.exit(2);
  }
  return { steps: named.length > 0 ? allSteps.filter((step) => named.includes(step)) : allSteps, jestOptions: rest };
}

/** Tests start services of their own; the settings of this shell must neither reach them nor name a real database. */
function testEnvironment() {
  const ours = (name) => name.startsWith('TRIWATCH_') || name === 'DATABASE_URL' || name === 'REDIS_URL';
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours(name)));
}

/** Looks for the programs that some tests drive; returns the variables that tell Jest where they are. */
function findPrograms() {
  const wanted = [
    { variable: 'TEST_REDIS_SERVER', names: ['redis-server'], for: ['integration', 'e2e'], install: 'redis-server' },
    {
      variable: 'TEST_CHROMIUM',
      given: 'CHROMIUM',
      names: ['chromium', 'chromium-browser', 'google-chrome'],
      for: ['e2e'],
      install: 'chromium',
    },
  ];
  const found = {};
  for (const program of wanted.filter((candidate) => candidate.for.some((step) => steps.includes(step)))) {
    const given = process.env[program.variable] ?? process.env[program.given];
    const path = given ? executable(given) : firstExecutable(program.names);
    found[program.variable] = path ?? '';
    if (path) {
      continue;
    }
    const missing = given ? `${given} cannot be run` : `${program.names.join(' or ')} was not found`;
    const advice = `Install it (Debian: apt-get install ${program.install}) or name it in ${program.given ?? program.variable}.`;
    console.log(
      `${noSkip ? 'FAILED' : 'SKIPPED'}: the tests that drive ${program.install}, because ${missing}. ${advice}`,
    );
    total.failed += noSkip ? 1 : 0;
  }
  return found;
}

function executable(path) {
  try {
    accessSync(path, constants.X_OK);
    return path;
  } catch {
    return undefined;
  }
}

function firstExecutable(names) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin', '/opt/homebrew/bin'];
  for (const name of names) {
    const path = folders.map((folder) => executable(join(folder, name))).find(Boolean);
    if (path) {
      return path;
    }
  }
  return undefined;
}

/** Runs Node on a script; resolves with its exit code and, unless it writes to this terminal, its output. */
function run(args, stdio = 'pipe') {
  return new Promise((done) => {
    const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', stdio, stdio] });
    const chunks = [];
    running.add(child);
    child.stdout?.on('data', (chunk) => chunks.push(chunk));
    child.stderr?.on('data', (chunk) => chunks.push(chunk));
    child.on('close', (code) => {
      running.delete(child);
      done({ code, output: Buffer.concat(chunks).toString() });
    });
  });
}

/** Starts the checks, two at a time; returns a promise of each one's result. */
function startChecks(commands) {
  const results = new Map();
  const lanes = [Promise.resolve(), Promise.resolve()];
  commands.forEach((command, index) => {
    const lane = index % lanes.length;
    lanes[lane] = lanes[lane].then(() => (stopped ? { code: 1, output: '' } : run(command)));
    results.set(command, lanes[lane]);
  });
  return results;
}

async function reportChecks(commands) {
  const count = { passed: 0, failed: 0, skipped: 0 };
  for (const command of commands) {
    const { code, output } = await checked.get(command);
    process.stdout.write(output);
    count[code === 0 ? 'passed' : 'failed'] += 1;
  }
  return count;
}

async function runSuite(name) {
  const folder = mkdtempSync(join(tmpdir(), 'triwatch-test-'));
  const report = join(folder, 'report.json');
  const workers = jestOptions.some((option) => /^(-i|-w|--runInBand|--maxWorkers)/.test(option))
    ? []
    : ['--maxWorkers=2'];
  try {
    const { code } = await run(
      [
        // Threads that a test starts inherit the import, and so read the sources as the tests do.
        ...['--import', pathToFileURL(join(root, 'scripts', 'ts-register.mjs')).href],
        ...['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', bin('jest/bin/jest.js')],
        ...['--selectProjects', name, '--json', `--outputFile=${report}`, ...workers, ...jestOptions],
      ],
      'inherit',
    );
    return countTests(name, code, report);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A file that cannot be loaded counts as one failed test; so do an empty suite and any other failing end of Jest. */
function countTests(name, code, report) {
  const count = { passed: 0, failed: 0, skipped: 0 };
  try {
    const result = JSON.parse(readFileSync(report, 'utf8'));
    count.passed = result.numPassedTests;
    count.failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
    count.skipped = result.numPendingTests + result.numTodoTests;
  } catch {
    console.log(`FAILED: Jest left no report of ${name}.`);
  }
  if (count.passed + count.failed === 0) {
    console.log(`FAILED: ${name} ran no test.`);
    count.failed = 1;
  } else if (code !== 0 && count.failed === 0) {
    console.log(`FAILED: Jest ended with exit code ${code} although no test failed.`);
    count.failed = 1;
  }
  if (noSkip && count.skipped > 0) {
    console.log(`FAILED: ${count.skipped} tests of ${name} were skipped, and nothing may be skipped here.`);
    count.failed += 1;
  }
  return count;
}

function line({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
