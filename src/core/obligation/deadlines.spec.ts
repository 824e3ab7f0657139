import { SEVERITIES, URGENCIES } from '../alert/alert.js';
import type { Act } from '../delivery/delivery.js';
import type { ItemKind } from '../incident/item.js';
import { deadlinesOf, type DutySpans } from './deadlines.js';

const spans = (severity?: string, urgency?: string): DutySpans => {
  const found = deadlinesOf({ kind: 'alert', act: 'alert', severity, urgency });
  expect(found).toBeDefined();
  return found!;
};

/** From the gravest; what is not known has a test of its own. */
const ORDERED_SEVERITIES = SEVERITIES.filter((each) => each !== 'Unknown');
const ORDERED_URGENCIES = URGENCIES.filter((each) => each !== 'Unknown');

describe('deadlinesOf', () => {
  it.each([
    ['Extreme', 'Immediate', 10, 60],
    ['Severe', 'Immediate', 20, 120],
    ['Minor', 'Future', 3_600, 14_400],
  ])('gives %s, %s %d s to display and %d s to acknowledge', (severity, urgency, display, acknowledge) => {
    expect(spans(severity, urgency)).toEqual({
      displayWithinMs: display * 1000,
      acknowledgeWithinMs: acknowledge * 1000,
    });
  });

  it('never gives longer for a higher severity or a higher urgency', () => {
    for (const [s, severity] of ORDERED_SEVERITIES.entries()) {
      for (const [u, urgency] of ORDERED_URGENCIES.entries()) {
        const here = spans(severity, urgency);
        const lower = spans(ORDERED_SEVERITIES[s + 1] ?? severity, urgency);
        const slower = spans(severity, ORDERED_URGENCIES[u + 1] ?? urgency);
        for (const less of [lower, slower]) {
          expect(here.displayWithinMs).toBeLessThanOrEqual(less.displayWithinMs);
          expect(here.acknowledgeWithinMs).toBeLessThanOrEqual(less.acknowledgeWithinMs);
        }
      }
    }
  });

  it('gives time to display before the time to acknowledge ends', () => {
    for (const severity of SEVERITIES) {
      for (const urgency of URGENCIES) {
        const { displayWithinMs, acknowledgeWithinMs } = spans(severity, urgency);
        expect(displayWithinMs).toBeLessThan(acknowledgeWithinMs);
      }
    }
  });

  it.each([
    ['Unknown', 'Unknown'],
    [undefined, undefined],
    ['toString', 'constructor'],
  ])('takes %s, %s for moderate and expected', (severity, urgency) => {
    expect(spans(severity, urgency)).toEqual(spans('Moderate', 'Expected'));
  });

  it.each<[ItemKind, Act, boolean]>([
    ['alert', 'alert', true],
    ['alert', 'update', true],
    ['alert', 'cancel', false],
    ['report', 'alert', false],
    ['announcement', 'alert', false],
    ['inject', 'alert', false],
    ['message', 'alert', false],
    ['decision', 'alert', false],
  ])('%s, %s: obliges %s', (kind, act, obliges) => {
    expect(deadlinesOf({ kind, act, severity: 'Extreme', urgency: 'Immediate' }) !== undefined).toBe(obliges);
  });
});
