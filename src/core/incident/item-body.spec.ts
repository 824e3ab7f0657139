import { readFileSync } from 'node:fs';
import { parseScenario } from '../scenario/scenario.parse.js';
import { scheduleOf } from '../scenario/scenario.schedule.js';
import type { Scenario, ScenarioItem } from '../scenario/scenario.schema.js';
import { scenarioSchema } from '../scenario/scenario.schema.js';
import { isoOf, runTime, runTimeOf } from '../time/time.js';
import { bodyOf, contentOf, sourcesOf, withoutUndefined, type ItemKnowledge } from './item-body.js';
import type { ItemBody } from './item.js';

function load(id: string): Scenario {
  const parsed = parseScenario(
    readFileSync(new URL(`../../../scenarios/${id}/scenario.yaml`, import.meta.url), 'utf8'),
  );
  if ('faults' in parsed) {
    throw new Error(JSON.stringify(parsed.faults));
  }
  return parsed.scenario;
}

const names = (text: string): Record<string, string> => ({ 'ja-JP': text, 'ko-KR': text, 'en-US': text });
const source = (title: string): Record<string, string> => ({
  title,
  publisher: 'A publisher',
  date: '2010-11-23',
  url: `https://example.org/${title}`,
  tier: 'A',
});

/** A scenario of one item, with a source of the event, of each value of a conflict, and of what each party knew. */
function scenarioOf(more: Record<string, unknown> = {}): Scenario {
  const known = (who: string, minute: number, id: string): Record<string, unknown> => ({
    who,
    at: `2010-11-23T14:${minute}:00+09:00`,
    precision: 'exact',
    basis: 'recorded',
    note: `note of ${who}`,
    sources: [id],
  });
  return scenarioSchema.parse({
    format: 'triwatch/scenario/1',
    id: 'leaks',
    kind: 'fictional',
    job: 'exercise',
    names: names('Leaks'),
    summary: names('Leaks'),
    timeZone: 'Asia/Seoul',
    parties: ['JP', 'KR'],
    actors: { kpa: { names: names('KPA') } },
    places: {
      island: { names: names('Island'), point: { latitude: 37.6, longitude: 125.7, uncertaintyKm: 2, sources: [] } },
      waters: { names: names('Waters'), note: 'No point.' },
    },
    sources: {
      'kr-only': source('KR-ONLY'),
      event: source('EVENT'),
      'jp-only': source('JP-ONLY'),
      more: source('MORE'),
      fewer: source('FEWER'),
    },
    chapters: [
      {
        id: 'day',
        names: names('Day'),
        from: '2010-11-23T14:00:00+09:00',
        to: '2010-11-23T16:00:00+09:00',
        default: true,
      },
    ],
    timeline: [
      {
        id: 'item',
        kind: 'report',
        time: { precision: 'approximate', at: '2010-11-23T14:34:00+09:00' },
        actor: 'kpa',
        place: 'island',
        texts: { 'ja-JP': { headline: '見出し' }, 'en-US': { headline: 'Headline', description: 'Detail' } },
        known: [known('KR', 35, 'kr-only'), known('JP', 50, 'jp-only')],
        conflicts: [
          {
            about: names('rounds'),
            values: [
              { value: names('60'), sources: ['fewer'] },
              { value: names('170'), sources: ['more'] },
            ],
          },
        ],
        sources: ['event'],
        ...more,
      },
    ],
  });
}

const itemOf = (scenario: Scenario): ScenarioItem => scenario.timeline[0]!;

/** What an audience is shown, made as the service makes it: from the schedule, with the sources of that knowledge alone. */
function bodiesOf(scenario: Scenario, mode: 'exercise' | 'test' = 'exercise'): Map<string, ItemBody> {
  const { items, rows } = scheduleOf(
    scenario,
    scenario.chapters.find((chapter) => chapter.default)!,
  );
  const contents = new Map(items.map(({ id, version, item }) => [`${id} ${version}`, contentOf(scenario, item, mode)]));
  return new Map(
    rows
      .filter(({ step }) => step === 'deliver')
      .map((row) => {
        const { basis, precision, note, sources } = row.known;
        const known: ItemKnowledge = { basis, precision, note, sources, cited: sourcesOf(scenario, sources) };
        const body = bodyOf(contents.get(`${row.itemId} ${row.version}`)!, known, row.dueAt);
        return [`${row.audience} ${row.itemId} ${row.version}`, body];
      }),
  );
}

const sourceIds = (body: ItemBody | undefined): string[] => (body?.sources ?? []).map(({ id }) => id);

describe('what an audience is shown', () => {
  const bodies = bodiesOf(scenarioOf());

  it('cites the event, its conflicts and its own knowledge, in full', () => {
    expect(sourceIds(bodies.get('jp item 1'))).toEqual(['event', 'more', 'fewer', 'jp-only']);
    expect(sourceIds(bodies.get('kr item 1'))).toEqual(['event', 'more', 'fewer', 'kr-only']);
    expect(sourceIds(bodies.get('control item 1'))).toEqual(['event', 'more', 'fewer']);
    expect(bodies.get('jp item 1')?.sources?.[3]).toEqual({ id: 'jp-only', ...source('JP-ONLY') });
  });

  it('holds nothing of what another audience knew, from whom, or when', () => {
    const bytes = (key: string): string => JSON.stringify(bodies.get(key));
    expect(bytes('jp item 1')).not.toMatch(/kr-only|note of KR|05:35/i);
    expect(bytes('kr item 1')).not.toMatch(/jp-only|note of JP|05:50/i);
    expect(bytes('control item 1')).not.toMatch(/(kr|jp)-only|note of|05:35|05:50/i);
  });

  it('says when and how this audience knew', () => {
    expect(bodies.get('jp item 1')?.known).toEqual({
      at: '2010-11-23T05:50:00.000Z',
      basis: 'recorded',
      precision: 'exact',
      note: 'note of JP',
      sources: ['jp-only'],
    });
  });

  it('cites a source once that says both what happened and who knew', () => {
    const scenario = scenarioOf({ sources: ['event', 'jp-only'] });
    expect(sourceIds(bodiesOf(scenario).get('jp item 1'))).toEqual(['event', 'jp-only', 'more', 'fewer']);
  });
});

describe.each(['yeonpyeong-2010', 'notice-and-clash'])('the bodies of %s', (id) => {
  const scenario = load(id);
  const bodies = bodiesOf(scenario);

  it('cite no source that stands only under what another audience knew', () => {
    const citing = scheduleOf(
      scenario,
      scenario.chapters.find((chapter) => chapter.default)!,
    );
    for (const { id: itemId, version, item } of citing.items) {
      const common = [...item.sources, ...item.conflicts.flatMap(({ values }) => values.flatMap((v) => v.sources))];
      for (const row of citing.rows.filter((each) => each.itemId === itemId && each.version === version)) {
        const allowed = new Set([...common, ...row.known.sources]);
        const shown = sourceIds(bodies.get(`${row.audience} ${itemId} ${version}`));
        expect([row.audience, itemId, shown.filter((each) => !allowed.has(each))]).toEqual([row.audience, itemId, []]);
      }
    }
  });

  it('are the same bytes every time', () => {
    expect(bodies.size).toBeGreaterThan(20);
    expect(JSON.stringify([...bodiesOf(load(id))])).toBe(JSON.stringify([...bodies]));
  });

  it('hold no instant of today: all lie within a year of the story', () => {
    const years = new Set([...JSON.stringify([...bodies.values()]).matchAll(/"(\d{4})-\d\d-\d\dT/g)].map(([, y]) => y));
    expect([...years]).toEqual([id === 'yeonpyeong-2010' ? '2010' : '2031']);
  });
});

describe('contentOf', () => {
  const content = (more: Record<string, unknown> = {}): ReturnType<typeof contentOf> => {
    const scenario = scenarioOf(more);
    return contentOf(scenario, itemOf(scenario), 'exercise');
  };

  it.each([
    [
      { precision: 'exact', at: '2010-11-23T14:34:00+09:00' },
      { precision: 'exact', at: '2010-11-23T05:34:00.000Z' },
    ],
    [
      { precision: 'approximate', at: '2010-11-23T14:34:00+09:00', until: '2010-11-23T15:00:00+09:00' },
      { precision: 'approximate', at: '2010-11-23T05:34:00.000Z', until: '2010-11-23T06:00:00.000Z' },
    ],
    [
      { precision: 'range', earliest: '2010-11-23T14:46:00+09:00', latest: '2010-11-23T14:55:00+09:00' },
      { precision: 'range', at: '2010-11-23T05:46:00.000Z', until: '2010-11-23T05:55:00.000Z' },
    ],
    [{ precision: 'unknown', note: 'no source' }, undefined],
  ])('writes the time %j as %j', (time, event) => {
    expect(content({ time }).event).toEqual(event);
  });

  it.each([
    ['island', { names: names('Island'), latitude: 37.6, longitude: 125.7, uncertaintyKm: 2 }],
    ['waters', { names: names('Waters'), note: 'No point.' }],
    [undefined, undefined],
  ])('writes out the place %s', (place, written) => {
    expect(content({ place }).place).toEqual(written);
  });

  it('marks its texts by the mode, and leaves out what is not there', () => {
    expect(content({ conflicts: [], sources: [], place: undefined })).toEqual({
      mode: 'exercise',
      texts: {
        'ja-JP': { headline: '【訓練】見出し【訓練】' },
        'en-US': { headline: 'EXERCISE Headline EXERCISE', description: 'EXERCISE Detail EXERCISE' },
      },
      actor: names('KPA'),
      event: { precision: 'approximate', at: '2010-11-23T05:34:00.000Z' },
      severity: 'Unknown',
    });
  });

  it.each([
    ['historical', 'exercise', 'REPLAY Headline REPLAY'],
    ['historical', 'test', 'REPLAY Headline REPLAY'],
    ['fictional', 'exercise', 'EXERCISE Headline EXERCISE'],
    ['fictional', 'test', 'TEST Headline TEST'],
  ] as const)('a %s scenario in mode %s says %s', (kind, mode, headline) => {
    const scenario = { ...scenarioOf(), kind };
    expect(contentOf(scenario, itemOf(scenario), mode).texts['en-US']?.headline).toBe(headline);
  });

  it('checks a notice as it stood when it was received', () => {
    const announcement = {
      by: 'KP',
      act: 'missile-test',
      windowStart: '2010-11-24T14:00:00+09:00',
      windowEnd: '2010-11-24T16:00:00+09:00',
    };
    const body = content({ kind: 'announcement', announcement }).announcement;
    expect(body).toMatchObject({ ...announcement, receivedAt: '2010-11-23T05:34:00.000Z' });
    expect(body?.check.findings.length).toBeGreaterThan(0);
  });
});

describe('bodyOf an inject', () => {
  const inject = {
    to: ['jp'],
    answerWithin: 'PT15M',
    question: { 'en-US': { headline: 'What now?' } },
    options: [
      { id: 'wait', names: names('Wait') },
      { id: 'act', names: names('Act') },
    ],
  };
  const scenario = scenarioOf({ kind: 'inject', inject });
  const content = contentOf(scenario, itemOf(scenario), 'exercise');
  const shownAt = runTimeOf('2010-11-23T15:00:00+09:00');

  it.each([0, 1, 60_000])('sets the deadline as long after it is shown as its answer may take (%d ms later)', (ms) => {
    const body = bodyOf(content, { basis: 'event' }, runTime(shownAt + ms));
    expect(body.inject?.deadlineAt).toBe(isoOf(runTime(shownAt + ms + 15 * 60_000)));
    expect(body.known).toEqual({ at: isoOf(runTime(shownAt + ms)), basis: 'event' });
  });

  it('carries the question and the options, and not whom else it was put to', () => {
    const body = bodyOf(content, { basis: 'event' }, shownAt);
    expect(body.inject).toEqual({
      deadlineAt: '2010-11-23T06:15:00.000Z',
      question: { 'en-US': { headline: 'EXERCISE What now? EXERCISE' } },
      options: inject.options,
    });
  });

  it('leaves the content as it was, so that the next audience is shown the same', () => {
    const before = JSON.stringify(content);
    bodyOf(content, { basis: 'event', cited: sourcesOf(scenario, ['kr-only']) }, shownAt);
    expect(JSON.stringify(content)).toBe(before);
  });
});

describe('sourcesOf', () => {
  it('gives each source once, in the order of the file, and nothing for an id that is not there', () => {
    const ids = sourcesOf(scenarioOf(), ['jp-only', 'kr-only', 'jp-only', 'nowhere']).map(({ id }) => id);
    expect(ids).toEqual(['kr-only', 'jp-only']);
  });
});

describe('withoutUndefined', () => {
  it('keeps what is there, also nothing, and the order', () => {
    const value = withoutUndefined({ b: undefined, c: 0, a: '', d: false, e: null });
    expect(JSON.stringify(value)).toBe('{"c":0,"a":"","d":false,"e":null}');
    expect(Object.keys(value)).not.toContain('b');
  });
});
