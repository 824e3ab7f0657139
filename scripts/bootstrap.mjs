// Installs and builds what is missing or stale, then runs what was asked for:
//   node scripts/bootstrap.mjs start | dev | build | cli | bench | torture | test ...args
// It runs before anything is installed, so it imports nothing but Node. What it says goes to stderr: stdout belongs to
// the program that it runs.
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { clearInterval, setInterval } from 'node:timers';
import { fileURLToPath } from 'node:url';

const OLDEST_NODE = [20, 20];
const PLAIN_PROGRESS_S = 10;

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const inRoot = (...names) => join(root, ...names);
const LOCK_FILE = inRoot('package-lock.json');
const INSTALLED = inRoot('node_modules', '.triwatch-lock');
const RUNNING = inRoot('dist', '.bootstrap.lock');

const NEST = 'node_modules/@nestjs/cli/bin/nest.js';
const VITE = 'node_modules/vite/bin/vite.js';
const CONSOLE_CONFIG = ['--config', 'console/vite.config.ts'];
// Each is rebuilt when its sources changed; `clear` are outputs in which removed sources would otherwise linger.
const SERVICE = {
  name: 'the service',
  sources: [
    'src',
    'migrations',
    'bench',
    'torture',
    'tsconfig.json',
    'tsconfig.build.json',
    'nest-cli.json',
    'package-lock.json',
  ],
  output: inRoot('dist', 'src', 'main.js'),
  stamp: inRoot('dist', '.server-hash'),
  clear: ['dist/src', 'dist/migrations', 'dist/bench', 'dist/torture', 'dist/test'],
  command: [NEST, 'build'],
};
const CONSOLE = {
  name: 'the console',
  sources: ['console', 'src/core', 'package-lock.json'],
  output: inRoot('dist', 'console', 'index.html'),
  stamp: inRoot('dist', '.console-hash'),
  clear: [],
  command: [VITE, 'build', ...CONSOLE_CONFIG],
};

// Unit tests compile what they need themselves, and a command line shows no console.
const needs = {
  start: () => [SERVICE, CONSOLE],
  dev: () => [],
  build: () => [SERVICE, CONSOLE],
  cli: () => [SERVICE],
  bench: () => [SERVICE],
  torture: () => [SERVICE],
  test: ([part]) => (part === 'unit' ? [] : [SERVICE, CONSOLE]),
};
const programs = {
  start: (args) => [['dist/src/main.js', ...args]],
  dev: (args) => [
    [NEST, 'start', '--watch', ...args],
    [VITE, ...CONSOLE_CONFIG],
  ],
  build: () => [],
  cli: (args) => [[inRoot('dist', 'src', 'cli.js'), ...args]],
  bench: (args) => [['dist/bench/bench.js', ...args]],
  torture: (args) => [['dist/torture/torture.js', ...args]],
  test: (args) => [['scripts/test.mjs', ...args]],
};

const children = new Set();
/** The signal that was asked to end us, once there is one. */
let ending;

/** A failure that is fully explained by its message; `output` is what the failed program printed. */
class Failure extends Error {
  constructor(message, output = '') {
    super(message);
    this.output = output;
  }
}

async function main([task, ...args]) {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
    throw new Failure(
      `needs Node ${OLDEST_NODE.join('.')} or newer, this is ${process.version}: install a newer one from https://nodejs.org.`,
    );
  }
  if (!Object.hasOwn(programs, task ?? '')) {
    throw new Failure(`does not know "${task ?? ''}": use ${Object.keys(programs).join(', ')}.`);
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => forward(signal));
  }
  endWithNpm();
  await makeReady(needs[task](args));
  if (task === 'build') {
    say('everything is built.');
  }
  // A command line takes file names as they are meant where it was typed.
  return runAll(programs[task](args), task === 'cli' ? process.cwd() : root);
}

/** Does nothing, and takes no lock, when all is up to date: a read-only installation can be started as it is. */
async function makeReady(builds) {
  if (!existsSync(LOCK_FILE)) {
    throw new Failure('needs package-lock.json, which is missing: restore it (git checkout package-lock.json).');
  }
  const missing = () => !isInstalled() || builds.some((build) => isStale(build));
  if (!missing()) {
    return;
  }
  await takeTurn();
  try {
    if (!isInstalled()) {
      await install();
    }
    for (const build of builds.filter((each) => isStale(each))) {
      await make(build);
    }
  } finally {
    rmSync(RUNNING, { force: true });
  }
}

// ---- installing ----

function isInstalled() {
  const hash = hashOf(['package-lock.json']);
  if (readText(INSTALLED) === hash) {
    return true;
  }
  if (!matchesLockFile()) {
    return false;
  }
  try {
    writeFileSync(INSTALLED, hash);
  } catch {
    // The mark only saves the comparison next time, and the folder may belong to someone else.
  }
  return true;
}

/** Whether somebody ran `npm ci` by hand already: npm notes in a file of its own what it installed. */
function matchesLockFile() {
  try {
    const wanted = JSON.parse(readText(LOCK_FILE)).packages;
    const present = JSON.parse(readText(inRoot('node_modules', '.package-lock.json'))).packages;
    const same = (path) =>
      present[path]?.version === wanted[path]?.version && present[path]?.integrity === wanted[path]?.integrity;
    const packages = Object.keys(wanted).filter((path) => path !== '');
    return (
      packages.every((path) => same(path) || (wanted[path].optional && !present[path])) &&
      Object.keys(present).every(same)
    );
  } catch {
    return false;
  }
}

async function install() {
  // NODE_ENV=production would leave out what builds the service.
  const args = ['ci', '--no-audit', '--no-fund', '--include=dev', '--include=optional'];
  const npm = process.env.npm_execpath;
  rmSync(INSTALLED, { force: true });
  const viaNpm = npm && basename(npm) === 'npm-cli.js' && existsSync(npm);
  const [file, ...rest] = viaNpm ? [process.execPath, npm, ...args] : ['npm', ...args];
  // On Windows npm is a script, which only a shell can start; none of the arguments comes from outside.
  await step('installing packages (about a minute, once)', file, rest, {
    shell: !viaNpm && process.platform === 'win32',
  });
  writeFileSync(INSTALLED, hashOf(['package-lock.json']));
}

// ---- building ----

function isStale(build) {
  return !existsSync(build.output) || readText(build.stamp) !== hashOf(build.sources);
}

async function make(build) {
  const hash = hashOf(build.sources);
  for (const path of [build.stamp, ...build.clear.map((name) => inRoot(name))]) {
    rmSync(path, { recursive: true, force: true });
  }
  await step(`building ${build.name}`, process.execPath, build.command);
  if (!existsSync(build.output)) {
    throw new Failure(`building ${build.name} did not produce ${build.output}.`);
  }
  writeFileSync(build.stamp, hash);
}

/** Hashes names and contents of files and folders, tests excepted, in an order that does not depend on the disk. */
function hashOf(names) {
  const hash = createHash('sha256');
  const add = (name) => {
    const info = statSync(inRoot(name), { throwIfNoEntry: false });
    if (info?.isDirectory()) {
      readdirSync(inRoot(name))
        .sort()
        .filter((child) => child !== 'node_modules' && !/\.spec\.tsx?$/.test(child))
        .forEach((child) => add(`${name}/${child}`));
    } else if (info) {
      const content = readFileSync(inRoot(name));
      hash.update(`${name}\0${content.length}\0`).update(content);
    }
  };
  names.forEach(add);
  return hash.digest('hex');
}

// ---- one at a time ----

/** Waits until no other bootstrap works in this project, then takes the turn. A dead process does not hold it. */
async function takeTurn() {
  mkdirSync(dirname(RUNNING), { recursive: true });
  const mine = JSON.stringify({ pid: process.pid, born: birthOf(process.pid) });
  const draft = `${RUNNING}.${process.pid}.${randomBytes(4).toString('hex')}`;
  writeFileSync(draft, mine);
  try {
    for (let told = false; ; await pause(200)) {
      try {
        linkSync(draft, RUNNING);
        return;
      } catch (error) {
        if (error.code !== 'EEXIST') {
          throw error;
        }
      }
      const holder = readText(RUNNING);
      if (holder !== undefined && !lives(holder)) {
        discard(holder);
      } else if (holder !== undefined && !told) {
        say(`waiting for process ${JSON.parse(holder).pid}, which is installing or building here ...`);
        told = true;
      }
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Moves a dead process's lock away; of two that try, only one gets it, and a fresh lock is put back. */
function discard(stale) {
  const aside = `${RUNNING}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    renameSync(RUNNING, aside);
    if (readText(aside) !== stale) {
      linkSync(aside, RUNNING);
    }
  } catch {
    // Another process was faster.
  }
  rmSync(aside, { force: true });
}

function lives(token) {
  try {
    const { pid, born } = JSON.parse(token);
    process.kill(pid, 0);
    return born === '' || birthOf(pid) === born;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** When a process began, on Linux; the same id with another value is another process. */
function birthOf(pid) {
  return statOf(pid)[19] ?? '';
}

/** The fields of /proc/<pid>/stat after the command, which may itself hold blanks and brackets; none elsewhere. */
function statOf(pid) {
  const text = readText(`/proc/${pid}/stat`) ?? '';
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
}

// ---- running programs ----

/** Runs a program with a progress line and shows what it printed only when it fails. */
async function step(title, file, args, options = {}) {
  stopIfEnding();
  const progress = showProgress(title);
  const child = spawn(file, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], ...options });
  children.add(child);
  let output = '';
  const collect = (chunk) => {
    output += chunk;
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const problem = await new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) =>
      resolve(code === 0 ? undefined : signal ? `ended by ${signal}` : `exit code ${code}`),
    );
  });
  children.delete(child);
  progress(problem);
  stopIfEnding();
  if (problem) {
    throw new Failure(`${title.replace(/ \(.*\)$/, '')} failed (${problem}); what it printed is above.`, output);
  }
}

/** A line that moves on a terminal, plain lines now and then elsewhere; returns how to end it. */
function showProgress(title) {
  const began = Date.now();
  const seconds = () => Math.round((Date.now() - began) / 1000);
  const moving = process.stderr.isTTY;
  const write = () => process.stderr.write(`\r\x1b[KTriwatch: ${title} ... ${seconds()} s`);
  if (moving) {
    write();
  } else {
    say(`${title} ...`);
  }
  const timer = moving
    ? setInterval(write, 1000)
    : setInterval(() => say(`${title} ... ${seconds()} s`), PLAIN_PROGRESS_S * 1000);
  return (problem) => {
    clearInterval(timer);
    const line = `Triwatch: ${title} ... ${problem ? 'failed' : 'done'} after ${seconds()} s\n`;
    process.stderr.write(moving ? `\r\x1b[K${line}` : line);
  };
}

/** Runs programs on our own terminal until the first ends, ends the others, and returns how the first ended. */
async function runAll(programsToRun, cwd) {
  if (programsToRun.length === 0) {
    return { code: 0 };
  }
  stopIfEnding();
  const started = programsToRun.map((args) => spawn(process.execPath, args, { cwd, stdio: 'inherit' }));
  started.forEach((child) => children.add(child));
  const ends = started.map(
    (child) =>
      new Promise((resolve, reject) => {
        child.once('error', reject);
        child.once('close', (code, signal) => {
          children.delete(child);
          resolve({ code, signal });
        });
      }),
  );
  const first = await Promise.race(ends);
  children.forEach((child) => child.kill('SIGTERM'));
  await Promise.all(ends);
  return first;
}

/** Passes a signal on. Ctrl-C reaches the whole group from the terminal: the child has it already, and two mean "now". */
function forward(signal) {
  ending = signal;
  if (signal === 'SIGTERM' || !process.stdin.isTTY) {
    children.forEach((child) => child.kill(signal));
  }
}

/**
 * npm runs us below a shell. A signal sent to npm ends npm and that shell but does not reach us, and the service would
 * stay behind and hold its port; so the death of either counts as SIGTERM.
 */
function endWithNpm() {
  if (!process.env.npm_lifecycle_event || process.platform === 'win32') {
    return;
  }
  const parent = process.ppid;
  // Some shells replace themselves by us. Then the parent is npm, and whoever started npm may go without ending it.
  const belowShell = readText(`/proc/${parent}/cmdline`)?.split('\0')[1] === '-c';
  const npm = parentOf(parent);
  const timer = setInterval(() => {
    if (process.ppid !== parent || (belowShell && parentOf(parent) !== npm)) {
      clearInterval(timer);
      forward('SIGTERM');
    }
  }, 500);
  timer.unref();
}

/** Returns the id of a process's parent, on Linux. */
function parentOf(pid) {
  return statOf(pid)[1];
}

function stopIfEnding() {
  if (ending) {
    throw new Failure(`ended by ${ending}.`);
  }
}

/** Ends as the child did: with its exit code, or by the same signal, so that the shell sees what happened. */
function endLike({ code, signal }) {
  if (!signal) {
    process.exitCode = code;
    return;
  }
  ['SIGINT', 'SIGTERM', 'SIGHUP'].forEach((each) => process.removeAllListeners(each));
  process.kill(process.pid, signal);
}

// ---- small things ----

function say(text) {
  process.stderr.write(`Triwatch: ${text}\n`);
}

function readText(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function pause(ms) {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

try {
  endLike(await main(process.argv.slice(2)));
} catch (error) {
  if (ending) {
    endLike({ signal: ending });
  } else {
    process.stderr.write(error.output ? `${error.output.trimEnd()}\n` : '');
    const disk = error.code === 'ENOSPC' ? 'the disk is full: free some space and start again.' : error.message;
    say(
      error.code === 'EACCES' || error.code === 'EROFS'
        ? `${root} cannot be written by this user: correct its owner and mode.`
        : disk,
    );
    process.exitCode = 1;
  }
}
