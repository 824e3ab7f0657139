import { jest } from '@jest/globals';
import { callAt } from './call-at.js';

const DAY_MS = 86_400_000;

describe('a call at an instant', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it.each([0.001, 1, 60, 366])('comes after %d days and not before', (days) => {
    const callback = jest.fn();
    callAt(new Date(Date.now() + days * DAY_MS), callback);
    jest.advanceTimersByTime(days * DAY_MS - 1);
    expect(callback).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1);
    expect(callback).toHaveBeenCalledTimes(1);
  });

  it.each([1, 60])('does not come when it was taken back, %d days before', (days) => {
    const callback = jest.fn();
    const takeBack = callAt(new Date(Date.now() + days * DAY_MS), callback);
    jest.advanceTimersByTime(DAY_MS / 2);
    takeBack();
    jest.advanceTimersByTime(days * DAY_MS);
    expect(callback).not.toHaveBeenCalled();
  });
});
