import { checkShown, positionOf } from './check-feed.js';
import { GrowingList, type Catalogue } from './check-list.js';
import type { ConsoleLog } from './history.js';
import type { Violations } from './violations.js';

/**
 * Checks what one console was sent and what it applied. `order` holds what stands where in the feeds, as far as it is known;
 * the first console that goes beyond it sets it for the others. Returns the list that the console shows in the end.
 */
export function checkConsole(
  log: ConsoleLog,
  catalogue: Catalogue,
  order: Map<string, number>,
  violations: Violations,
): GrowingList {
  const where = `the console ${log.name}`;
  const { deliveries, resets } = log;
  const looked = new Set<number>();
  let list = new GrowingList(catalogue, where, violations);
  let last: { epoch: number; seq: number } | undefined;
  let nextReset = 0;
  log.misaddressed.forEach((words) => violations.add('LEAKED', () => `${where}: ${words}`));
  for (let row = 0; row <= deliveries.length; row += 1) {
    for (let reset = resets[nextReset]; reset && reset.after <= row; reset = resets[nextReset]) {
      violations.add('RESET', () => `${where}: ${reset!.reason}, to ${reset!.epoch}/${reset!.seq}`);
      list = new GrowingList(catalogue, where, violations);
      last = { epoch: reset.epoch, seq: reset.seq };
      nextReset += 1;
    }
    if (row === deliveries.length) {
      break;
    }
    const [epoch, seq, item] = [deliveries.epoch[row]!, deliveries.seq[row]!, deliveries.item[row]!];
    // What a console dropped was sent to it all the same, so it may be a leak.
    if (!looked.has(item)) {
      looked.add(item);
      checkShown(log, item, where, catalogue, violations);
    }
    const position = positionOf(log, epoch, seq);
    const elsewhere = order.get(position);
    if (elsewhere === undefined) {
      order.set(position, item);
    } else if (elsewhere !== item) {
      violations.add(
        'OUT_OF_ORDER',
        () => `${where}: another item at ${epoch}/${seq} than elsewhere, or another text of it`,
      );
    }
    if (deliveries.applied[row] === 1) {
      const before = last ?? { epoch, seq: 0 };
      if (epoch !== before.epoch || seq !== before.seq + 1) {
        const what = `${epoch}/${seq} after ${before.epoch}/${before.seq}`;
        violations.add(
          seq <= before.seq && epoch === before.epoch ? 'DUPLICATED' : 'OUT_OF_ORDER',
          () => `${where}: applied ${what}`,
        );
      }
      last = { epoch, seq };
      list.add(item);
    }
  }
  return list;
}
