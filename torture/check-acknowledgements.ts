import type { Acknowledged, Acknowledging, History } from './history.js';
import type { Violations } from './violations.js';

const nameOf = ({ run, audience, desk, item, key }: Acknowledged | Acknowledging): string =>
  `${run}/${audience} ${desk} ${key} of item ${item}`;

/** Whether each acknowledgement that was answered ok is there, once, and each of something shown was taken. */
export function checkAcknowledgements({ acknowledging, acknowledged }: History, violations: Violations): void {
  const there = new Set<string>();
  for (const each of acknowledged) {
    const name = nameOf(each);
    if (there.has(name)) {
      violations.add('DUPLICATED', () => `the acknowledgement ${name}`);
    }
    there.add(name);
  }
  for (const each of acknowledging) {
    const name = nameOf(each);
    if (each.outcome === 'ok' && !there.has(name)) {
      violations.add('ACK_LOST', () => name);
    }
    if (each.outcome === 'refused') {
      violations.add('ACK_REFUSED', () => `${name}: ${each.code ?? 'without a code'}`);
    }
  }
}
