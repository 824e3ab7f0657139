import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../../src/platform/config/project-root.js';
import { Processes, type Program } from '../support/processes.js';

interface Results {
  lines: { system: string; figure: { measure: string }; ratio?: { median: number } }[];
  faults: { system: string; deliveries: number; losses: number; duplicates: number; disorder: number; gaps: number }[];
}

describe('the benchmark', () => {
  const processes = new Processes();
  const started: Program[] = [];
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'triwatch-test-bench-'));
  });
  afterAll(async () => {
    // A benchmark that was killed could not end what it started.
    await Promise.all(started.filter(({ ended }) => !ended).map((program) => program.stop('SIGTERM')));
    await processes.cleanUp();
    await rm(folder, { recursive: true, force: true });
  });

  function bench(args: readonly string[]): Program {
    const program = processes.run(process.execPath, [join(PROJECT_ROOT, 'dist', 'bench', 'bench.js'), ...args]);
    started.push(program);
    return program;
  }

  it('compares the service with others, counts every delivery and writes what it found', async () => {
    const [json, svg] = [join(folder, 'results.json'), join(folder, 'results.svg')];
    const small = ['--quick', '--rounds', '1', '--only', 'storm,paced,burst,resume', '--consoles', '1,12'];
    const systems = ['--systems', 'triwatch,plain-socketio,plain-ws'];
    const program = bench([...small, ...systems, '--json', json, '--svg', svg]);
    const ended = await program.whenEnded(240_000);
    expect({ ended, stderr: ended.code === 0 ? '' : program.stderr }).toEqual({
      ended: { code: 0, signal: null },
      stderr: '',
    });
    expect(program.stdout).toMatch(/^burst +12 +deliveries\/s +triwatch /m);
    const { lines, faults } = JSON.parse(await readFile(json, 'utf8')) as Results;
    expect([...new Set(lines.map(({ figure }) => figure.measure))]).toEqual(['paced', 'burst', 'storm', 'resume']);
    expect(lines.filter(({ system, ratio }) => system === 'triwatch' && ratio !== undefined)).not.toEqual([]);
    const none = { losses: 0, duplicates: 0, disorder: 0, gaps: 0 };
    expect(faults).toMatchObject([
      { system: 'triwatch', ...none },
      { system: 'plain-socketio', ...none },
      { system: 'plain-ws', ...none },
    ]);
    // 15 alerts paced and 50 in a burst, to 1 and 12 consoles, and 200 to resume with.
    expect(faults.map(({ deliveries }) => deliveries)).toEqual([13 * 15 + 12 * 50 + 12 * 200, 795, 795]);
    expect(await readFile(svg, 'utf8')).toMatch(/^<svg /);
  }, 300_000);

  it('prints its help and ends with 0', async () => {
    const program = bench(['--help']);
    expect((await program.whenEnded()).code).toBe(0);
    expect(program.stdout).toContain('--rounds N');
  });

  it('says what is wrong with an option', async () => {
    const program = bench(['--only', 'speed']);
    expect((await program.whenEnded()).code).toBe(2);
    expect(program.stderr).toContain('--only does not know "speed"');
  });
});
