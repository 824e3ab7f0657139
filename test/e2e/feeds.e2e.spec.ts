import { createHash } from 'node:crypto';
import { chainHash } from '../../src/core/delivery/chain.js';
import type { FeedItem } from '../../src/core/wire/feed.js';
import { Client } from '../support/client.js';
import { DeskSocket } from '../support/desk-socket.js';
import { eventually } from '../support/eventually.js';
import { SCENARIO, startPaused } from '../support/requests.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { queryAsAdmin } from '../support/test-database.js';

const sha256 = (bytes: string | Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

interface Page {
  epoch: number;
  headSeq: number;
  items: FeedItem[];
}

const AUDIENCES = ['jp', 'kr', 'us', 'control'];
const DESK = 'kr-jcs';
/** Not all of the run lies before it, and not all after. */
const MIDDLE = '2031-05-20T09:40:00+09:00';

describe('feeds', () => {
  let service: TestApp;
  let controller: Client;
  let officer: Client;
  /** A run that was played to its end. */
  let run: string;

  beforeAll(async () => {
    service = await startTestApp();
    controller = await Client.signIn(service.url, 'controller');
    officer = await Client.signIn(service.url, DESK);
    run = await startPaused(controller);
    await playToEnd(run);
  }, 120_000);
  afterAll(() => service.stop());

  async function playToEnd(id: string): Promise<void> {
    await controller.post(`/runs/${id}/clock`, { action: 'speed', speed: 3600 });
    await controller.post(`/runs/${id}/clock`, { action: 'play' });
    await eventually('the run ends', async () => {
      const { body } = await controller.get<{ clock: { state: string } }>(`/runs/${id}`);
      return body.clock.state === 'ended';
    }, 60_000);
  } // prettier-ignore

  const page = (query = '', id = run): Promise<{ status: number; body: Page }> =>
    officer.get<Page>(`/runs/${id}/feeds/kr/items${query}`);
  const whole = async (id = run): Promise<Page> => (await page('?limit=500', id)).body;
  const connect = (cursor?: { epoch: number; seq: number }, id = run): Promise<DeskSocket> =>
    DeskSocket.open(service.url, { token: officer.token, run: id, desk: DESK, cursor });
  const seqs = (items: readonly FeedItem[]): number[] => items.map(({ seq }) => seq);
  const upTo = (last: number, first = 1): number[] =>
    Array.from({ length: last - first + 1 }, (_, index) => first + index);

  describe('by pages', () => {
    it('are the same whatever the length of a page, without a gap', async () => {
      const { items, headSeq, epoch } = await whole();
      expect(headSeq).toBeGreaterThan(10);
      expect(epoch).toBe(1);
      expect(seqs(items)).toEqual(upTo(headSeq));
      const collected: FeedItem[] = [];
      for (let after = 0; after < headSeq; after = collected.length) {
        const { body } = await page(`?epoch=1&after=${after}&limit=4`);
        expect(body.items.length).toBeLessThanOrEqual(4);
        collected.push(...body.items);
      }
      expect(collected).toEqual(items);
      expect((await page(`?after=${headSeq}`)).body.items).toEqual([]);
    });

    it('agree with the snapshot', async () => {
      const { items, headSeq } = await whole();
      const { body } = await officer.get(`/runs/${run}/feeds/kr/snapshot`);
      expect(body).toMatchObject({ run, audience: 'kr', epoch: 1, seq: headSeq, items, acknowledged: [] });
    });

    it('are shown to the desks of their audience and to controllers', async () => {
      for (const audience of AUDIENCES) {
        for (const what of ['items', 'snapshot']) {
          const path = `/runs/${run}/feeds/${audience}/${what}`;
          const own = audience === 'kr';
          expect(await officer.get(path)).toMatchObject(
            own ? { status: 200 } : { status: 403, body: { code: 'FORBIDDEN_FEED' } },
          );
          expect((await controller.get(path)).status).toBe(200);
        }
      }
    });
  });

  describe('from a position', () => {
    it('send everything to a console that has nothing', async () => {
      const { items, headSeq } = await whole();
      const desk = await connect();
      await eventually('everything', () => desk.items.length >= headSeq);
      expect(desk.items).toEqual(items.map((item) => ({ ...item, epoch: 1 })));
      expect(desk.resets).toEqual([]);
      desk.close();
    });

    it.each([
      ['the first item', () => 1],
      ['half', (head: number) => Math.floor(head / 2)],
      ['all but the last item', (head: number) => head - 1],
    ])('send exactly the rest to a console that has %s', async (_, at) => {
      const { headSeq } = await whole();
      const seq = at(headSeq);
      const desk = await connect({ epoch: 1, seq });
      await desk.item('the last', (item) => item.seq === headSeq);
      expect(seqs(desk.items)).toEqual(upTo(headSeq, seq + 1));
      // On request once more, from another position: what was sent is sent again, and nothing else.
      desk.items.length = 0;
      expect(await desk.send('resume', { epoch: 1, seq: 1 })).toEqual({ ok: true });
      await desk.item('the last', (item) => item.seq === headSeq);
      expect(seqs(desk.items)).toEqual(upTo(headSeq, 2));
      expect(desk.resets).toEqual([]);
      desk.close();
    });

    it('send nothing to a console that has everything, but a tick', async () => {
      const { headSeq } = await whole();
      const desk = await connect({ epoch: 1, seq: headSeq });
      await eventually('a tick', () => desk.ticks.at(-1)?.headSeq === headSeq);
      expect(desk.items).toEqual([]);
      desk.close();
    });

    it.each([
      ['ahead of the feed', (head: number) => ({ epoch: 1, seq: head + 1 }), 'AHEAD_OF_FEED'],
      ['far ahead of the feed', () => ({ epoch: 1, seq: Number.MAX_SAFE_INTEGER }), 'AHEAD_OF_FEED'],
      ['in an epoch that is not there', () => ({ epoch: 7, seq: 1 }), 'UNKNOWN_EPOCH'],
    ])('start anew for a console that is %s', async (_, cursorOf, reason) => {
      const { headSeq } = await whole();
      const desk = await connect(cursorOf(headSeq));
      await eventually('everything', () => desk.items.length >= headSeq);
      expect(desk.resets).toEqual([{ epoch: 1, seq: 0, reason }]);
      expect(seqs(desk.items)).toEqual(upTo(headSeq));
      // The same on a connection that stands.
      desk.items.length = 0;
      await desk.send('resume', cursorOf(headSeq));
      await eventually('everything again', () => desk.items.length >= headSeq);
      expect(desk.resets).toHaveLength(2);
      expect(seqs(desk.items)).toEqual(upTo(headSeq));
      desk.close();
    });
  });

  describe('after a jump back', () => {
    let rewound: string;
    let before: Page;
    let watching: DeskSocket;

    beforeAll(async () => {
      rewound = await startPaused(controller);
      await playToEnd(rewound);
      before = await whole(rewound);
      watching = await connect(undefined, rewound);
      await eventually('everything before', () => watching.items.length >= before.headSeq);
      const { body } = await controller.post(`/runs/${rewound}/clock`, { action: 'jump', to: MIDDLE });
      expect(body).toMatchObject({ plan: { direction: 'back' }, clock: { state: 'paused' } });
    }, 120_000);
    afterAll(() => watching.close());

    /** How many items of the run are due by the middle. */
    const due = (): number => before.items.filter(({ body }) => Date.parse(body.known.at) <= Date.parse(MIDDLE)).length;

    it('say so to a console that follows, and begin a new epoch with what is due by then', async () => {
      expect(due()).toBeGreaterThan(0);
      expect(due()).toBeLessThan(before.headSeq);
      await eventually('the reset', () => watching.resets.length > 0);
      expect(watching.resets).toEqual([{ epoch: 2, seq: 0, reason: 'REWOUND' }]);
      const anew = (): FeedItem[] => watching.items.filter(({ epoch }) => epoch === 2);
      await eventually('what is due', () => anew().length >= due());
      expect(seqs(anew())).toEqual(upTo(due()));
    });

    it('say so to a console that comes back from the old epoch', async () => {
      const desk = await connect({ epoch: 1, seq: before.headSeq }, rewound);
      await eventually('what is due', () => desk.items.length >= due());
      expect(desk.resets).toEqual([{ epoch: 2, seq: 0, reason: 'REWOUND' }]);
      expect(desk.items.map(({ epoch, seq }) => [epoch, seq])).toEqual(upTo(due()).map((seq) => [2, seq]));
      desk.close();
    });

    it('keep the old epoch on record, as it was', async () => {
      const { body } = await page('?epoch=1&limit=500', rewound);
      expect(body.items).toEqual(before.items);
    });

    it('tell everything again, with the same content, when the run plays on', async () => {
      await playToEnd(rewound);
      const { epoch, items } = await whole(rewound);
      expect(epoch).toBe(2);
      const content = ({ seq, kind, id, version, body }: FeedItem): object => ({ seq, kind, id, version, body });
      expect(items.map(content)).toEqual(before.items.map(content));
      await watching.item('the last of the new epoch', (item) => item.epoch === 2 && item.seq === before.headSeq);
      expect(seqs(watching.items.filter((item) => item.epoch === 2))).toEqual(upTo(before.headSeq));
    }, 120_000);
  });

  describe('as a chain', () => {
    interface Row {
      audience: string;
      seq: string;
      body: string;
      body_hash: Buffer;
      chain_hash: Buffer;
    }

    it.each(AUDIENCES)('hold together from the first link to the head: %s', async (audience) => {
      const links = await queryAsAdmin<Row>(
        service.database,
        'SELECT audience, seq, body, body_hash, chain_hash FROM feed_items WHERE run_id = $1 AND audience = $2 ORDER BY seq',
        [run, audience],
      );
      const [head] = await queryAsAdmin<{ head_seq: string; head_hash: Buffer }>(
        service.database,
        'SELECT head_seq, head_hash FROM feeds WHERE run_id = $1 AND audience = $2',
        [run, audience],
      );
      expect(links.length).toBeGreaterThan(10);
      expect(links.map(({ seq }) => Number(seq))).toEqual(upTo(Number(head?.head_seq)));
      let previous: Buffer = Buffer.alloc(32);
      for (const { seq, body, body_hash, chain_hash } of links) {
        expect(sha256(body)).toEqual(body_hash);
        expect(chainHash(previous, Number(seq), body_hash, sha256)).toEqual(chain_hash);
        previous = chain_hash;
      }
      expect(previous).toEqual(head?.head_hash);
    });

    it('are made of the bytes that consoles get', async () => {
      const { items } = await whole();
      const stored = await queryAsAdmin<{ body: string }>(
        service.database,
        `SELECT body FROM feed_items WHERE run_id = $1 AND audience = 'kr' ORDER BY seq`,
        [run],
      );
      expect(items.map(({ body }) => JSON.stringify(body))).toEqual(stored.map(({ body }) => body));
    });
  });

  it('of a paused run hold what stands when it begins, and nothing that is not due', async () => {
    const paused = await startPaused(controller, SCENARIO);
    expect(await whole(paused)).toMatchObject({
      epoch: 1,
      headSeq: 1,
      items: [{ id: 'test-notice' }],
    });
  });
});
