import { readFileSync } from 'node:fs';
import { parseScenario } from './scenario.parse.js';
import type { ScenarioItem } from './scenario.schema.js';

const STRANDS = ['cyber', 'missile', 'blockade', 'other'];
const PARTIES = ['jp', 'kr', 'us'];

const parsed = parseScenario(
  readFileSync(new URL('../../../scenarios/taiwan-four-strands/scenario.yaml', import.meta.url), 'utf8'),
);
const timeline: readonly ScenarioItem[] = 'faults' in parsed ? [] : parsed.scenario.timeline;
const injects = timeline.filter(({ inject }) => inject);
const askedOf = (id: string): readonly string[] | undefined => timeline.find((item) => item.id === id)?.inject?.to;

describe('a Taiwan contingency in four strands', () => {
  it('asks at least 25 questions and parts at least three times', () => {
    expect(parsed).not.toHaveProperty('faults');
    expect(injects.length).toBeGreaterThanOrEqual(25);
    expect(new Set(timeline.flatMap(({ branch }) => branch?.inject ?? [])).size).toBeGreaterThanOrEqual(3);
  });

  it.each(STRANDS)('asks all what should and should not be done, and each by itself what it can: %s', (strand) => {
    expect(askedOf(`${strand}-should`)).toEqual(PARTIES);
    expect(askedOf(`${strand}-should-not`)).toEqual(PARTIES);
    expect(PARTIES.map((party) => askedOf(`${strand}-can-${party}`))).toEqual(PARTIES.map((party) => [party]));
  });

  it('gives every question at least three options, and every option another name in each language', () => {
    const options = injects.map(({ inject }) => inject?.options ?? []);
    expect(options.filter((of) => of.length < 3)).toEqual([]);
    expect(options.flat().filter(({ names }) => new Set(Object.values(names)).size < 3)).toEqual([]);
  });

  it('marks every headline as an exercise in its language', () => {
    const texts = timeline.flatMap(({ texts: told, inject }) => [told, ...(inject ? [inject.question] : [])]);
    const marks = { 'ja-JP': /^【訓練】/, 'ko-KR': /^\[훈련\] /, 'en-US': /^EXERCISE: / };
    const unmarked = Object.entries(marks).flatMap(([tag, mark]) =>
      texts.filter((of) => !mark.test(of[tag]?.headline ?? '')),
    );
    expect(unmarked).toEqual([]);
  });
});
