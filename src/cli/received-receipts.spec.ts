import { jest } from '@jest/globals';
import { ReceivedReceipts } from './received-receipts.js';

describe('ReceivedReceipts', () => {
  let told: number[];
  let receipts: ReceivedReceipts;

  beforeEach(() => {
    jest.useFakeTimers();
    told = [];
    receipts = new ReceivedReceipts((seq) => told.push(seq), 10);
  });

  afterEach(() => jest.useRealTimers());

  it('waits 250 ms and then tells the last only', () => {
    receipts.applied(11);
    receipts.applied(12);
    expect(told).toEqual([]);
    jest.advanceTimersByTime(250);
    expect(told).toEqual([12]);
  });

  it('does not wait with 64 items untold', () => {
    receipts.applied(74);
    expect(told).toEqual([74]);
    jest.advanceTimersByTime(1_000);
    expect(told).toEqual([74]);
  });

  it('tells nothing twice, and forgets what a reset took back', () => {
    receipts.applied(11);
    receipts.flush();
    receipts.flush();
    receipts.applied(12);
    receipts.restart(0);
    jest.advanceTimersByTime(1_000);
    expect(told).toEqual([11]);
    receipts.applied(1);
    receipts.flush();
    expect(told).toEqual([11, 1]);
  });
});
