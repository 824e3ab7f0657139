import type { FeedItem } from '../../src/core/wire/feed.js';
import { Client } from '../support/client.js';
import { eventually } from '../support/eventually.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

describe('the launch of 24 August 2023, replayed', () => {
  let service: TestApp;

  beforeAll(async () => {
    service = await startTestApp();
  });
  afterAll(() => service?.stop());

  it('tells Tokyo with the launch that it was announced, and marks that as a replay, not as a drill', async () => {
    const control = await Client.signIn(service.url, 'controller');
    const { body: run } = await control.post<{ id: string }>('/runs', {
      scenario: 'chollima-2023-08-24',
      speed: 3600,
      paused: true,
    });
    const to = new Date('2023-08-24T03:50:00+09:00').toISOString();
    expect((await control.post(`/runs/${run.id}/clock`, { action: 'jump', to })).status).toBe(200);
    expect((await control.post(`/runs/${run.id}/clock`, { action: 'play' })).status).toBe(200);
    const { match, texts } = await eventually('Tokyo has the verdict', async () => {
      const { body } = await control.get<{ items: FeedItem[] }>(`/runs/${run.id}/feeds/jp/items?limit=500`);
      return body.items.find((item) => item.body.match)?.body;
    });
    expect(match).toMatchObject({ verdict: 'announced' });
    expect(texts['ja-JP']?.headline).toMatch(/^【再現】.*【再現】$/s);
    expect(texts['en-US']?.headline).toMatch(/^REPLAY (?!.*EXERCISE).* REPLAY$/s);
  });
});
