import type { FeedItem } from '../../src/core/wire/feed.js';
import { Client } from '../support/client.js';
import { upTo } from '../support/desk-console.js';
import { DeskSocket } from '../support/desk-socket.js';
import { eventually } from '../support/eventually.js';
import { DESKS, makeReplay, play, whenOver, type RunView } from '../support/replays.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

/**
 * What the scenario file has for the chapter of 23 November, counted and read by hand: how many items, and some with the
 * time at which the audience comes to know them.
 */
const EXPECTED: Record<string, { items: number; known: Record<string, string> }> = {
  control: {
    items: 35,
    known: {
      'dprk-warning-message': '08:20',
      'first-barrage': '14:34',
      // The earliest that its range allows.
      'fighters-sent': '14:38',
      'haneda-flight-held': '15:30',
      'sengoku-statement': '23:03',
    },
  },
  'kr-jcs': {
    items: 27,
    known: {
      'first-barrage': '14:34',
      'first-barrage-ends': '14:55',
      'jindogae-1': '14:50',
      'pm-kan-enters-office': '17:31',
      'residents-reach-incheon': '23:00',
    },
  },
  'jp-cas': {
    items: 14,
    known: {
      'first-barrage': '15:10',
      'tokyo-liaison-office': '15:20',
      'furukawa-reaches-office': '16:35',
      'rok-formal-announcement': '18:00',
      'ambassador-kwon-visits': '19:00',
    },
  },
  'us-indopacom': {
    items: 10,
    known: {
      'first-barrage': '15:40',
      'cfc-jcs-conference': '15:40',
      'pm-kan-public-remarks': '17:10',
      'sengoku-enters-office': '17:31',
      'president-obama-told': '17:55',
    },
  },
};
const at = (clock: string): string => new Date(`2010-11-23T${clock}:00+09:00`).toISOString();

describe('a replay of Yeonpyeong 2010', () => {
  let service: TestApp;
  let control: Client;

  beforeAll(async () => {
    service = await startTestApp();
    control = await Client.signIn(service.url, 'controller');
  });
  afterAll(() => service.stop());

  /** Plays with a console at control and at a desk of each party; returns what each was sent. */
  async function playWatched(): Promise<{ run: RunView; told: Record<string, FeedItem[]> }> {
    const started = await makeReplay(control, 3600);
    const consoles: Record<string, DeskSocket> = {};
    for (const desk of ['control', ...DESKS]) {
      const { token } = desk === 'control' ? control : await Client.signIn(service.url, desk);
      consoles[desk] = await DeskSocket.open(service.url, { token, run: started.id, desk });
    }
    await play(control, started);
    const run = await whenOver(control, started.id);
    const told: Record<string, FeedItem[]> = {};
    for (const [desk, console] of Object.entries(consoles)) {
      const audience = desk === 'control' ? desk : desk.slice(0, 2);
      const { body } = await control.get<{ headSeq: number }>(`/runs/${run.id}/feeds/${audience}/items?limit=1`);
      await eventually(`${desk} has everything`, () => console.items.length >= body.headSeq);
      told[desk] = console.items;
      console.close();
    }
    return { run, told };
  }

  it('tells each desk everything meant for it, in order, and twice gives the same digest', async () => {
    const first = await playWatched();
    for (const [desk, { items, known }] of Object.entries(EXPECTED)) {
      const told = first.told[desk] ?? [];
      expect({ desk, seqs: told.map(({ seq }) => seq) }).toEqual({ desk, seqs: upTo(items) });
      const dueAt = told.map(({ body }) => body.known.at);
      expect(dueAt).toEqual([...dueAt].sort());
      for (const [id, clock] of Object.entries(known)) {
        const found = told
          .filter((item) => item.id === id)
          .map(({ version, body }) => ({ version, at: body.known.at }));
        expect({ desk, id, found }).toEqual({ desk, id, found: [{ version: 1, at: at(clock) }] });
      }
    }
    const second = await playWatched();
    expect(first.run.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(second.run.digest).toBe(first.run.digest);
  }, 180_000);
});
