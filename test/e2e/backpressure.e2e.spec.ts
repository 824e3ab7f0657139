import { jest } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import type { Namespace } from 'socket.io';
import { WINDOW_BYTES } from '../../src/core/delivery/window.js';
import type { FeedSnapshot } from '../../src/core/wire/feed.js';
import { PAGE } from '../../src/modules/dissemination/feed-pages.js';
import { FeedReadsRepository } from '../../src/modules/dissemination/feed-reads.repository.js';
import { ReceiptsRepository } from '../../src/modules/dissemination/receipts.repository.js';
import { Consoles } from '../../src/modules/realtime/consoles.js';
import { DeskGateway } from '../../src/modules/realtime/desk.gateway.js';
import type { DeskSocket as ServerSocket } from '../../src/modules/realtime/desk-session.js';
import { MAX_REFUSED, MESSAGE_LIMITS } from '../../src/modules/realtime/message-limit.js';
import { Client } from '../support/client.js';
import { DeskSocket } from '../support/desk-socket.js';
import { eventually } from '../support/eventually.js';
import { fillFeed } from '../support/filled-feed.js';
import { RawDesk } from '../support/raw-desk.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { queryAsAdmin } from '../support/test-database.js';

const DESK = 'jp-cas';
const OTHER_DESK = 'jp-mod';
const upTo = (last: number, first = 1): number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

describe('a console', () => {
  let service: TestApp;
  let token: string;
  let otherToken: string;
  /** How many items the feed of Japan has. */
  let head = 0;

  beforeAll(async () => {
    service = await startTestApp();
    token = (await Client.signIn(service.url, DESK)).token;
    otherToken = (await Client.signIn(service.url, OTHER_DESK)).token;
  });
  afterAll(() => service.stop());

  const auth = (seq?: number): Parameters<typeof RawDesk.open>[1] => ({
    token,
    run: 'live',
    desk: DESK,
    ...(seq === undefined ? {} : { cursor: { epoch: 1, seq } }),
  });

  async function append(count: number, bytes?: number): Promise<void> {
    await fillFeed(service.database, { audience: 'jp', count, bytes });
    head += count;
  }

  describe('that stops reading', () => {
    /** What waits in this process for the desk's console, by our own count and by that of the connection. */
    function waiting(desk: string): { counted: number; queued: number } {
      const { namespace } = service.app.get(DeskGateway, { strict: false }) as unknown as { namespace: Namespace };
      const socket = [...namespace.sockets.values()].find(
        (each) => each.data.session.desk === desk,
      ) as unknown as ServerSocket;
      const { socket: connection } = socket.conn.transport as unknown as { socket: { bufferedAmount: number } };
      return { counted: socket.data.session.outlet?.waitingBytes ?? 0, queued: connection.bufferedAmount };
    }

    it('costs a bounded window, keeps nobody else waiting, and gets everything once when it reads on (pitfall 4)', async () => {
      const slow = await RawDesk.open(service.url, auth());
      const others = await Promise.all(
        upTo(3).map(() => RawDesk.open(service.url, { token: otherToken, run: 'live', desk: OTHER_DESK })),
      );
      slow.pause();
      let most = { counted: 0, queued: 0 };
      for (let round = 0; round < 8; round += 1) {
        await append(400, 8_000);
        await eventually('the others have everything', () => others.every(({ seqs }) => seqs.at(-1) === head));
        const { counted, queued } = waiting(DESK);
        most = { counted: Math.max(most.counted, counted), queued: Math.max(most.queued, queued) };
      }
      // 25 MB have gone by, which is more than the kernel takes for one connection.
      expect(slow.seqs.length).toBeLessThan(head);
      expect(most.counted).toBeGreaterThan(0);
      expect(most.counted).toBeLessThanOrEqual(WINDOW_BYTES);
      expect(most.queued).toBeLessThanOrEqual(WINDOW_BYTES + 1_024);
      others.forEach(({ seqs }) => expect(seqs).toEqual(upTo(head)));

      // For longer than a console may take to make room.
      await pause(1_100);
      slow.readOn();
      await eventually('it has everything', () => slow.seqs.at(-1) === head, 60_000);
      expect(slow.seqs).toEqual(upTo(head));
      expect(slow.of('behind')).toEqual([{ epoch: 1, seq: expect.any(Number), headSeq: head }]);
      expect(slow.of('reset')).toEqual([]);
      await eventually('it is ticked again', () => slow.of('tick').some((tick) => tick['headSeq'] === head));
      expect(others.flatMap((desk) => desk.of('behind'))).toEqual([]);
      [slow, ...others].forEach((desk) => desk.close());
    }, 180_000);
  });

  describe('that resumes', () => {
    it('gets exactly what follows, from wherever it was', async () => {
      const from = head - 700;
      const edges = [0, 1, PAGE - 1, PAGE, PAGE + 1, 600, 698, 699, 700].map((offset) => from + offset);
      for (const seq of edges) {
        const desk = await RawDesk.open(service.url, auth(seq));
        await eventually('a tick, and everything', () => desk.of('tick').length > 0 && desk.seqs.length >= head - seq);
        expect(desk.seqs).toEqual(upTo(head, seq + 1));
        desk.seqs.length = 0;
        desk.send('resume', { epoch: 1, seq: head - 5 });
        await eventually('the last items once more', () => desk.seqs.length > 4);
        expect(desk.seqs).toEqual(upTo(head, head - 4));
        desk.close();
      }
    }, 60_000);

    it('shares its reads with all others that come back at the same time (pitfall 28)', async () => {
      await append(1_500, 100);
      const node = await startTestApp({ database: service.database });
      const reads = jest.spyOn(node.app.get(FeedReadsRepository, { strict: false }), 'textsAfter');
      const start = head - 1_500;
      const desks = await Promise.all(
        upTo(60).map((offset) => RawDesk.open(node.url, auth(start + ((offset * 7) % 40)))),
      );
      await eventually('all have everything', () => desks.every(({ seqs }) => seqs.at(-1) === head), 60_000);
      desks.forEach(({ seqs }) => expect(seqs).toEqual(upTo(head, seqs[0])));
      // As many reads of pages as there are pages from the first position to the last, however many consoles there are.
      const pages = reads.mock.calls.filter(([, , limit]) => limit === PAGE).length;
      reads.mockRestore();
      desks.forEach((desk) => desk.close());
      await node.stop();
      expect(pages).toBeGreaterThan(0);
      expect(pages).toBeLessThanOrEqual(Math.ceil(1_500 / PAGE) + 1);
    }, 60_000);

    it('starts from a snapshot that is of one moment, and misses nothing after it (pitfall 8)', async () => {
      const receipts = service.app.get(ReceiptsRepository, { strict: false });
      const read = receipts.acknowledgements.bind(receipts);
      const before = head;
      const held = jest.spyOn(receipts, 'acknowledgements').mockImplementationOnce(async (...asked) => {
        await append(1);
        await queryAsAdmin(
          service.database,
          `INSERT INTO acknowledgements (run_id, audience, desk, user_id, person, epoch, kind, item_id, version, key)
           SELECT 'live', 'jp', 'jp-cas', id, 'Somebody', 1, 'report', $1, 1, 'while-reading' FROM users WHERE username = 'jp-cas'`,
          [`filled-${head}`],
        );
        return read(...asked);
      });
      const client = await Client.signIn(service.url, DESK);
      const { body } = await client.get<FeedSnapshot>('/runs/live/feeds/jp/snapshot');
      held.mockRestore();
      expect(body).toMatchObject({ epoch: 1, seq: before });
      expect(body.items.at(-1)?.seq).toBe(before);
      expect(body.acknowledged).toEqual([]);
      const desk = await RawDesk.open(service.url, auth(body.seq));
      await eventually('what came meanwhile', () => desk.seqs.length > 0);
      expect(desk.seqs).toEqual([before + 1]);
      desk.close();
    }, 60_000);
  });

  it('misses nothing and gets nothing twice while it renews its token', async () => {
    const desk = await DeskSocket.open(service.url, { ...auth(head) });
    for (let round = 0; round < 20; round += 1) {
      const [answer] = await Promise.all([desk.send('authenticate', { token }), append(5)]);
      expect(answer).toEqual({ ok: true });
    }
    await eventually('everything', () => desk.items.at(-1)?.seq === head);
    expect(desk.items.map(({ seq }) => seq)).toEqual(upTo(head, head - 99));
    desk.close();
  }, 60_000);

  describe('that sends too much', () => {
    it('is closed with a reason, also when it asks for no answers, and others are not', async () => {
      const flooding = await RawDesk.open(service.url, auth(head));
      const calm = await DeskSocket.open(service.url, { ...auth(head) });
      for (let count = 0; count < 10 * (MESSAGE_LIMITS.burst + MAX_REFUSED); count += 1) {
        flooding.send('resume', {});
      }
      await eventually('the connection is closed', () => flooding.closed);
      expect(flooding.of('closing')).toEqual([{ reason: 'TOO_MANY_MESSAGES' }]);
      expect(await calm.send('received', { seq: head })).toEqual({ ok: true });
      calm.close();
    });

    it.each([['64 KiB', 64 * 1024 - 300, true], ['more than 64 KiB', 64 * 1024 + 1, false]])('in one message: %s (pitfall 30)', async (_, bytes, stays) => {
      const desk = await DeskSocket.open(service.url, { ...auth(head) });
      const answer = await desk.send('authenticate', { token: 'x'.repeat(bytes) }).catch(() => undefined);
      expect(answer?.code).toBe(stays ? 'MESSAGE_INVALID' : undefined);
      expect(desk.socket.connected).toBe(stays);
      desk.close();
    }, 60_000); // prettier-ignore
  });

  it('confirms items of the epoch that it was sent last, when it names none', async () => {
    const desk = await DeskSocket.open(service.url, { ...auth(head) });
    await queryAsAdmin(
      service.database,
      `UPDATE feeds SET epoch = 2, head_seq = 0 WHERE run_id = 'live' AND audience = 'jp'`,
    );
    head = 0;
    await append(3);
    await eventually('the new epoch', () => desk.items.at(-1)?.epoch === 2 && desk.items.at(-1)?.seq === 3);
    expect(await desk.send('received', { seq: 3 })).toEqual({ ok: true });
    const rows = await queryAsAdmin<{ epoch: number; seq: string }>(
      service.database,
      `SELECT epoch, seq FROM received WHERE desk = 'jp-cas'`,
    );
    expect(rows).toEqual([{ epoch: 2, seq: '3' }]);
    desk.close();
  });

  it('leaves nothing behind', async () => {
    const consoles = service.app.get(Consoles, { strict: false });
    await eventually('all are forgotten', () => consoles.in({ run: 'live' }).length === 0);
  });
});
