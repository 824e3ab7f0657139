import fc from 'fast-check';
import { Batches } from './batches.js';

/** Lets everything that waits for nothing but promises happen. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Batches whose goes end when the test says so; a call that is `bad` fails its whole go, one that is `refused` itself alone. */
function held(most = 64): {
  batches: Batches<string, string>;
  goes: string[][];
  release: () => Promise<void>;
} {
  const goes: string[][] = [];
  const waiting: (() => void)[] = [];
  const batches = new Batches<string, string>({
    most,
    mayBeOne: (error) => (error as Error).message !== 'all',
    go: async (calls) => {
      goes.push([...calls]);
      await new Promise<void>((resolve) => waiting.push(resolve));
      const fault = calls.find((call) => call.startsWith('bad') || call === 'all');
      if (fault) {
        throw new Error(fault);
      }
      return calls.map((call) =>
        call.startsWith('refused')
          ? { status: 'rejected', reason: new Error(call) }
          : { status: 'fulfilled', value: `did ${call}` },
      );
    },
  });
  const release = async (): Promise<void> => {
    waiting.splice(0).forEach((resolve) => resolve());
    await settled();
  };
  return { batches, goes, release };
}

describe('Batches', () => {
  it('begins at once when nothing is under way, and lets what arrives meanwhile share the next go', async () => {
    const { batches, goes, release } = held();
    const answers = ['a', 'b', 'c'].map((call) => batches.run('key', call));
    expect(goes).toEqual([['a']]);
    await release();
    expect(goes).toEqual([['a'], ['b', 'c']]);
    await release();
    expect(await Promise.all(answers)).toEqual(['did a', 'did b', 'did c']);
    const later = batches.run('key', 'd');
    expect(goes[2]).toEqual(['d']);
    await release();
    expect(await later).toBe('did d');
  });

  it('keeps keys apart, and goes within their bound', async () => {
    const { batches, goes, release } = held(2);
    const answers = ['a', 'b', 'c', 'd'].map((call) => batches.run('one', call));
    answers.push(batches.run('other', 'z'));
    for (let left = 3; left > 0; left -= 1) {
      await release();
    }
    await Promise.all(answers);
    expect(goes).toEqual([['a'], ['z'], ['b', 'c'], ['d']]);
  });

  it('refuses one call without its neighbours', async () => {
    const { batches, release } = held();
    const answers = Promise.allSettled(['a', 'b', 'refused', 'c'].map((call) => batches.run('key', call)));
    await release();
    await release();
    expect((await answers).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  });

  it('does not try again what is no call of its own fault', async () => {
    const { batches, goes, release } = held();
    const answers = Promise.allSettled(['a', 'b', 'all', 'c'].map((call) => batches.run('key', call)));
    await release();
    await release();
    expect((await answers).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'rejected']);
    expect(goes).toHaveLength(2);
  });

  it('ends every call as if it had gone alone, in order of arrival, whatever fails', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom('good', 'bad', 'refused'), fc.boolean()), { maxLength: 30 }),
        fc.integer({ min: 1, max: 8 }),
        async (plan, most) => {
          const done: string[] = [];
          const batches = new Batches<string, string>({
            most,
            mayBeOne: () => true,
            go: async (calls) => {
              await settled();
              expect(calls.length).toBeLessThanOrEqual(most);
              if (calls.some((call) => call.startsWith('bad'))) {
                throw new Error('bad');
              }
              done.push(...calls.filter((call) => call.startsWith('good')));
              return calls.map((call) =>
                call.startsWith('refused')
                  ? { status: 'rejected', reason: new Error(call) }
                  : { status: 'fulfilled', value: call },
              );
            },
          });
          const calls: string[] = [];
          const answers: Promise<string>[] = [];
          for (const [index, [what, pause]] of plan.entries()) {
            calls.push(`${what} ${index}`);
            answers.push(batches.run('key', `${what} ${index}`));
            answers.at(-1)?.catch(() => undefined);
            if (pause) {
              await settled();
            }
          }
          const outcomes = await Promise.allSettled(answers);
          expect(outcomes.map(({ status }) => status === 'fulfilled')).toEqual(plan.map(([what]) => what === 'good'));
          expect(done).toEqual(calls.filter((call) => call.startsWith('good')));
        },
      ),
    );
  });
});
