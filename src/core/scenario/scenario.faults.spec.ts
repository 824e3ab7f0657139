import { byPlace, pathText } from './scenario.faults.js';
import type { PathPart, ScenarioFault } from './scenario.faults.js';

describe('pathText', () => {
  it.each<[PathPart[], string]>([
    [[], ''],
    [['timeline', 3, 'known', 0, 'at'], 'timeline[3].known[0].at'],
    [['texts', 'ja-JP', 'headline'], 'texts.ja-JP.headline'],
    [['sources', 'a.b', 'url'], 'sources["a.b"].url'],
    [['sources', '한국', 'url'], 'sources["한국"].url'],
    [[0, 'id'], '[0].id'],
  ])('writes %j as %s', (path, text) => {
    expect(pathText(path)).toBe(text);
  });
});

describe('byPlace', () => {
  it('orders by line, then column, then path', () => {
    const fault = (line: number, column: number, path: string): ScenarioFault => ({
      code: 'X',
      path,
      line,
      column,
      message: '',
    });
    const ordered = [fault(1, 9, 'z'), fault(2, 1, 'b'), fault(2, 3, 'a'), fault(2, 3, 'b'), fault(10, 1, 'a')];
    expect([...ordered].reverse().sort(byPlace)).toEqual(ordered);
  });
});
