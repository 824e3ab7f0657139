import { Consoles } from './consoles.js';
import type { Answer, Order } from './messages.js';

/** The process of the consoles: takes one order after the other and answers each. */
const consoles = new Consoles();

async function obey(order: Order): Promise<Answer> {
  switch (order.type) {
    case 'open':
      return consoles.open(order);
    case 'expect':
      consoles.expect(order.window);
      return { type: 'expect' };
    case 'settle':
      return consoles.settle(order);
    case 'close':
      consoles.close();
      return { type: 'close' };
  }
}

process.on('message', (order: Order) => {
  obey(order)
    .catch((error: unknown): Answer => ({ type: 'failed', message: String(error) }))
    .then(
      (answer) => process.send?.(answer),
      () => process.exit(1),
    );
});
process.on('disconnect', () => process.exit(0));
