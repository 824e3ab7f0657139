import { readOptions, type Options } from './options.js';

describe('the options of the benchmark', () => {
  it('measures everything three times by default', () => {
    const options = readOptions([]) as Options;
    expect(options).toMatchObject({ rounds: 3, quick: false, consoles: [1, 300, 1_000] });
    expect([options.systems.length, options.only.length]).toEqual([6, 9]);
  });

  it('takes names in its own order and numbers of consoles', () => {
    const args = ['--only', 'burst,paced', '--systems', 'plain-ws,triwatch', '--consoles', '2,40', '--rounds', '4'];
    expect(readOptions(args)).toMatchObject({
      only: ['paced', 'burst'],
      systems: ['triwatch', 'plain-ws'],
      consoles: [2, 40],
      rounds: 4,
    });
  });

  it('asks for help', () => {
    expect(readOptions(['--help', '--quick'])).toBe('help');
  });

  it.each([
    [['--only', 'latency'], /--only does not know "latency"/],
    [['--systems', 'nats'], /--systems does not know "nats"/],
    [['--rounds', '0'], /whole numbers from 1/],
    [['--consoles', '1,x'], /--consoles takes whole numbers/],
    [['--fast'], /fast/],
  ])('refuses %j', (args, message) => {
    expect(() => readOptions(args)).toThrow(message);
  });
});
