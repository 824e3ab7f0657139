import { VerificationGate } from './verification-gate.js';

describe('the gate before verifications', () => {
  let gate: VerificationGate;
  let started: number;
  let ends: (() => void)[];

  beforeEach(() => {
    gate = new VerificationGate(2, 3);
    started = 0;
    ends = [];
  });

  const pass = (): Promise<void> =>
    gate.run(() => {
      started += 1;
      return new Promise<void>((resolve) => ends.push(resolve));
    });
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  it('lets two run and three wait, and refuses the next', async () => {
    const passing = Array.from({ length: 5 }, pass);
    await expect(pass()).rejects.toMatchObject({ code: 'TOO_MANY_ATTEMPTS' });
    expect(started).toBe(2);
    for (let running = 2; ends.length > 0; running++) {
      ends.shift()?.();
      await settle();
      // One ended, one more began, as long as somebody waited.
      expect(started).toBe(Math.min(running + 1, 5));
    }
    await Promise.all(passing);
  });

  it('has its places back afterwards', async () => {
    for (let round = 0; round < 3; round++) {
      const passing = [pass(), pass()];
      await settle();
      ends.splice(0).forEach((end) => end());
      await Promise.all(passing);
    }
    expect(started).toBe(6);
  });

  it('has its place back after a failure', async () => {
    for (let round = 0; round < 10; round++) {
      await expect(gate.run(() => Promise.reject(new Error('broken hash')))).rejects.toThrow('broken hash');
    }
    const last = pass();
    await settle();
    expect(started).toBe(1);
    ends.forEach((end) => end());
    await last;
  });
});
