import type { DueStep } from '../delivery/due.js';
import { runTime } from '../time/time.js';
import { planJump, type JumpItems, type JumpRow } from './jump.js';

const row = (id: string, step: DueStep, dueAt: number): JumpRow => ({ id, step, dueAt: runTime(dueAt) });

const ROWS = [
  row('due-before', 'deliver', 99),
  row('due-at-from', 'deliver', 100),
  row('told', 'deliver', 101),
  row('matched', 'match', 150),
  row('deadline', 'deadline', 160),
  row('due-at-to', 'deliver', 200),
  row('deadline-at-to', 'deadline', 200),
  row('end', 'end', 200),
  row('due-after', 'deliver', 201),
  row('deadline-after', 'deadline', 201),
];

const plan = (from: number, to: number, items: JumpItems): Record<string, unknown> => {
  const { direction, sent, skipped, cancelled } = planJump(ROWS, runTime(from), runTime(to), items);
  const ids = (rows: JumpRow[]): string[] => rows.map(({ id }) => id);
  return { direction, sent: ids(sent), skipped: ids(skipped), cancelled: ids(cancelled) };
};

describe('planJump', () => {
  const passed = ['told', 'matched', 'due-at-to'];
  const cancelled = ['deadline', 'deadline-at-to'];

  it.each<[string, number, number, JumpItems, Record<string, unknown>]>([
    ['forward, sending', 100, 200, 'send', { direction: 'forward', sent: passed, skipped: [], cancelled }],
    ['forward, skipping', 100, 200, 'skip', { direction: 'forward', sent: [], skipped: passed, cancelled }],
    ['nowhere', 100, 100, 'send', { direction: 'forward', sent: [], skipped: [], cancelled: [] }],
    ['over nothing', 201, 300, 'send', { direction: 'forward', sent: [], skipped: [], cancelled: [] }],
    ['back, sending', 200, 100, 'send', { direction: 'back', sent: [], skipped: [], cancelled: [] }],
    ['back, skipping', 300, 0, 'skip', { direction: 'back', sent: [], skipped: [], cancelled: [] }],
  ])('%s', (_, from, to, items, expected) => {
    expect(plan(from, to, items)).toEqual(expected);
  });

  it('leaves what was due by then to the drain: it was not passed over', () => {
    expect(JSON.stringify(plan(100, 200, 'skip'))).not.toMatch(/due-before|due-at-from/);
  });

  it('never drops the end of the chapter, or the run would not end', () => {
    for (const items of ['send', 'skip'] as const) {
      expect(JSON.stringify(plan(0, 200, items))).not.toContain('"end"');
    }
  });
});
