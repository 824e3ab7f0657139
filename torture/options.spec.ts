import { readOptions } from './options.js';

const read = (...args: string[]) => readOptions(args, () => 42);

describe('the options of the torture', () => {
  it('has defaults, and draws a seed', () => {
    expect(read()).toEqual({
      alerts: 20_000,
      faults: 15,
      seed: 42,
      shapes: ['served', 'embedded'],
      rate: 400,
      maxMinutes: 60,
      quietSeconds: 60,
      plant: undefined,
      json: undefined,
      redisServer: 'redis-server',
    });
  });

  it.each<[string[], object]>([
    [['--long'], { alerts: 200_000, faults: 100 }],
    [['--long', '--faults', '7'], { alerts: 200_000, faults: 7 }],
    [['--seed', '0', '--faults', '0'], { seed: 0, faults: 0 }],
    [['--shape', 'embedded', '--plant', 'leak'], { shapes: ['embedded'], plant: 'leak' }],
    [['--max-minutes', '0.5'], { maxMinutes: 0.5 }],
  ])('%j', (args, expected) => expect(read(...args)).toMatchObject(expected));

  it.each<[string[], RegExp]>([
    [['--alerts', 'many'], /--alerts must be a number above 0, and is "many"/],
    [['--rate', '0'], /--rate must be/],
    [['--faults', '1.5'], /--faults must be a whole number/],
    [['--shape', 'round'], /--shape must be one of served, embedded, and is "round"/],
    [['--plant', 'tree'], /--plant must be one of skip, twice, drop-due, leak, leak-run/],
    [['--unknown'], /--unknown/],
  ])('refuses %j', (args, message) => expect(() => read(...args)).toThrow(message));
});
