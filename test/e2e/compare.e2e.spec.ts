import type { Comparison } from '../../src/core/wire/comparison.js';
import type { Problem } from '../../src/core/wire/problem.js';
import { Client } from '../support/client.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

describe('a comparison', () => {
  let service: TestApp;
  let control: Client;

  beforeAll(async () => {
    service = await startTestApp({ work: false });
    control = await Client.signIn(service.url, 'controller');
  });
  afterAll(() => service.stop());

  const path = (query: string, scenario = 'yeonpyeong-2010'): string => `/scenarios/${scenario}/compare${query}`;

  it('says who would have known when, the same each time', async () => {
    const wanted = path('?arrangements=as-it-was,tisa-relay&seeds=5');
    const [first, second] = [await control.get<Comparison>(wanted), await control.get<Comparison>(wanted)];
    expect(first.status).toBe(200);
    expect(first.body).toMatchObject({ seeds: 5, arrangements: ['as-it-was', 'tisa-relay'] });
    expect(Object.keys(first.body.capitals).sort()).toEqual(['JP', 'KR', 'US']);
    expect(first.body.items.length).toBeGreaterThan(0);
    expect(second.body).toEqual(first.body);
  });

  it.each([
    ['ja', '分'],
    ['ko', '분'],
    ['en', ' min'],
  ])('is drawn in %s', async (language, minutes) => {
    const answer = await control.raw(
      'GET',
      path('/figure?arrangements=as-it-was,tisa-relay&seeds=2&language=' + language),
    );
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      200,
      expect.stringMatching(/^image\/svg\+xml/),
    ]);
    const figure = await answer.text();
    expect(figure).toMatch(/^<svg [^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/);
    expect(figure).toContain(`5${minutes}<`);
  });

  it.each([
    ['an arrangement that is not there', path('?arrangements=as-it-was,no-such'), 'ARRANGEMENT_UNKNOWN', /no-such/],
    [
      'more than ten arrangements',
      path(`?arrangements=${Array(11).fill('as-it-was').join(',')}`),
      'REQUEST_INVALID',
      /ten/,
    ],
    ['no seed', path('?seeds=0'), 'REQUEST_INVALID', /seeds/],
    ['a thousand million seeds', path('?seeds=1000000000'), 'REQUEST_INVALID', /seeds/],
    ['part of a seed', path('?seeds=1.5'), 'REQUEST_INVALID', /seeds/],
    ['seeds that are no number', path('?seeds=many'), 'REQUEST_INVALID', /seeds/],
    [
      'a chapter that is not there',
      path('?seeds=1&chapter=no-such'),
      'CHAPTER_NOT_FOUND',
      /choose one of: 23-november/,
    ],
    ['strictness that is neither', path('?seeds=1&strict=perhaps'), 'REQUEST_INVALID', /strict/],
    ['a scenario that is not there', path('?seeds=1', 'no-such'), 'SCENARIO_NOT_FOUND', /no-such/],
    ['a language that is not there', path('/figure?seeds=1&language=fr'), 'REQUEST_INVALID', /language/],
  ])('refuses %s', async (_, wanted, code, says) => {
    const { status, body } = await control.get<Problem>(wanted);
    expect({ status, code: body.code }).toEqual({ status: STATUS[code], code });
    expect(JSON.stringify(body)).toMatch(says);
    expect((await fetch(`${service.url}/health/live`)).status).toBe(200);
  });

  it('is only read: nothing is posted there', async () => {
    expect((await control.post(path('?seeds=1'))).status).toBe(404);
  });
});

const STATUS: Readonly<Record<string, number>> = {
  ARRANGEMENT_UNKNOWN: 422,
  REQUEST_INVALID: 422,
  CHAPTER_NOT_FOUND: 422,
  SCENARIO_NOT_FOUND: 404,
};
