import { SignInLimit } from './sign-in-limit.js';

const DESK = '192.0.2.1';
const ATTACKER = '198.51.100.1';
const MINUTE_MS = 60_000;

describe('the limit on sign-ins', () => {
  let now: number;
  let limit: SignInLimit;

  beforeEach(() => {
    now = 5_000;
    limit = new SignInLimit(() => now);
  });

  /** `right`, `wrong` or the code of the refusal. */
  const attempt = async (name: string, address: string, right: boolean): Promise<string> => {
    try {
      return (await limit.attempt(name, address, () => Promise.resolve(right))) ? 'right' : 'wrong';
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  const wrong = async (count: number, name: string, address = ATTACKER): Promise<string[]> => {
    const outcomes: string[] = [];
    for (let index = 0; index < count; index++) {
      outcomes.push(await attempt(name, address, false));
    }
    return outcomes;
  };
  const REFUSED = 'TOO_MANY_ATTEMPTS';

  it('refuses the eleventh wrong password for a name from an address, and a right one after it', async () => {
    expect(await wrong(11, 'kr-jcs')).toEqual([...Array<string>(10).fill('wrong'), REFUSED]);
    expect(await attempt('kr-jcs', ATTACKER, true)).toBe(REFUSED);
  });

  it('counts guesses that are made at the same time', async () => {
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => attempt('kr-jcs', ATTACKER, false)));
    expect(outcomes.filter((outcome) => outcome === 'wrong')).toHaveLength(10);
    expect(outcomes.filter((outcome) => outcome === REFUSED)).toHaveLength(40);
  });

  it('lets the desk in at its own address however long one other address goes on', async () => {
    await wrong(500, 'kr-jcs');
    expect(await attempt('kr-jcs', DESK, true)).toBe('right');
  });

  it('leaves other names alone', async () => {
    await wrong(11, 'kr-jcs');
    expect(await attempt('jp-cas', ATTACKER, true)).toBe('right');
  });

  it('refuses the sixty-first wrong password for a name, from wherever', async () => {
    for (let address = 0; address < 60; address++) {
      expect(await wrong(1, 'kr-jcs', `198.51.100.${address}`)).toEqual(['wrong']);
    }
    expect(await attempt('kr-jcs', DESK, true)).toBe(REFUSED);
  });

  it('lets somebody in from where they signed in before, however many addresses guess, ten times a minute', async () => {
    for (let address = 0; address < 60; address++) {
      await wrong(1, 'kr-jcs', `198.51.100.${address}`);
    }
    const atDesk = (right: boolean): Promise<boolean> =>
      limit.attempt('kr-jcs', DESK, () => Promise.resolve(right), () => Promise.resolve(true)); // prettier-ignore
    expect(await attempt('kr-jcs', DESK, true)).toBe(REFUSED);
    expect(await atDesk(true)).toBe(true);
    const guesses = await Promise.allSettled(Array.from({ length: 30 }, () => atDesk(false)));
    expect(guesses.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
    await expect(atDesk(true)).rejects.toMatchObject({ code: REFUSED });
  });

  it('is over after a minute', async () => {
    await wrong(11, 'kr-jcs');
    now += MINUTE_MS - 1;
    expect(await attempt('kr-jcs', ATTACKER, true)).toBe(REFUSED);
    now += 1;
    expect(await attempt('kr-jcs', ATTACKER, true)).toBe('right');
  });

  it('counts no right password', async () => {
    for (let index = 0; index < 200; index++) {
      expect(await attempt('kr-jcs', DESK, true)).toBe('right');
    }
  });

  it('begins anew with a right password', async () => {
    await wrong(9, 'kr-jcs');
    await attempt('kr-jcs', ATTACKER, true);
    expect(await wrong(11, 'kr-jcs')).toEqual([...Array<string>(10).fill('wrong'), REFUSED]);
  });

  it('counts no attempt that could not be made', async () => {
    for (let index = 0; index < 100; index++) {
      const made = limit.attempt('kr-jcs', DESK, () => Promise.reject(new Error('no database')));
      await expect(made).rejects.toThrow('no database');
    }
    expect(await attempt('kr-jcs', DESK, true)).toBe('right');
  });

  it('forgets the oldest name when there are very many', async () => {
    await wrong(11, 'kr-jcs');
    for (let index = 0; index < 10_000; index++) {
      await attempt(`name ${index}`, ATTACKER, false);
    }
    expect(await attempt('kr-jcs', ATTACKER, false)).toBe('wrong');
  });
});
