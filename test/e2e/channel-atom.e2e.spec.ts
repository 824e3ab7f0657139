import { PAGE_BYTES } from '../../src/core/delivery/atom-entries.js';
import { Client } from '../support/client.js';
import { parseAtom, type AtomFeedView } from '../support/atom-client.js';
import { ALERT, SCENARIO } from '../support/requests.js';
import { SteeredRun } from '../support/steered-run.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { queryAsAdmin } from '../support/test-database.js';
import { judgeCapXml } from '../../src/platform/xml/judge-cap.js';

const EARLY = '2031-05-20T09:20:00+09:00';
const MIDDLE = '2031-05-20T09:40:00+09:00';
const MARKERS: Record<string, string> = { 'ja-JP': '【訓練】', 'ko-KR': '[훈련]', 'en-US': 'EXERCISE' };

describe('the Atom channel', () => {
  let service: TestApp;
  let officer: Client;
  let run: SteeredRun;

  beforeAll(async () => {
    service = await startTestApp();
    officer = await Client.signIn(service.url, 'kr-jcs');
    run = await SteeredRun.start(service, SCENARIO);
    await run.jump(MIDDLE);
  }, 120_000);
  afterAll(() => service.stop());

  interface Asked {
    query?: string;
    audience?: string;
    method?: string;
    headers?: Record<string, string>;
    of?: SteeredRun;
  }

  const ask = ({
    query = '',
    audience = 'kr',
    method = 'GET',
    headers = {},
    of = run,
  }: Asked = {}): Promise<Response> => {
    const { token } = audience === 'kr' ? officer : run.control;
    return fetch(`${service.url}/api/v1/runs/${of.id}/feeds/${audience}/atom${query}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...headers },
    });
  };
  const read = async (asked: Asked = {}): Promise<AtomFeedView> => {
    const response = await ask(asked);
    expect(response.status).toBe(200);
    return parseAtom(await response.text());
  };
  /** Makes everything that a run told so much older. */
  const age = (of: SteeredRun, by: string): Promise<object[]> =>
    queryAsAdmin(service.database, `UPDATE feed_items SET real_at = real_at - $2::interval WHERE run_id = $1`, [
      of.id,
      by,
    ]);
  const issue = async (of: SteeredRun, message: object = ALERT): Promise<void> => {
    expect((await officer.post(`/alerts?run=${of.id}`, message)).status).toBe(201);
    await of.settled();
  };

  it('is a feed of entries, the newest first, each as it was told', async () => {
    const response = await ask();
    expect(response.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8');
    const feed = parseAtom(await response.text());
    const items = await run.feed('kr');
    expect(feed).toMatchObject({
      id: `urn:triwatch:${run.id}:kr`,
      language: 'ko-KR',
      epoch: 1,
      headSeq: items.length,
      updated: items.at(-1)?.realAt,
      links: { self: 'atom', first: 'atom' },
    });
    expect(
      feed.entries.map(({ id, title, updated, published, categories }) => [
        id,
        title,
        updated,
        published,
        categories['kind'],
      ]),
    ).toEqual(
      items
        .map(({ seq, kind, realAt, body }) => [
          `urn:triwatch:${run.id}:kr:1:${seq}`,
          body.texts['ko-KR']?.headline,
          realAt,
          realAt,
          kind,
        ])
        .reverse(),
    );
  });

  describe('in a language', () => {
    it.each([
      ['of the desk', {}, 'ko-KR'],
      ['of control, which has no desk', { audience: 'control' }, 'en-US'],
      ['asked for', { query: '?lang=ja-JP' }, 'ja-JP'],
      ['asked for in short', { query: '?lang=ja' }, 'ja-JP'],
      ['that there is none of', { query: '?lang=fr' }, 'en-US'],
      ['that the reader prefers', { headers: { 'accept-language': 'fr, ja;q=0.5, en-US;q=0.9' } }, 'en-US'],
      [
        'asked for, whatever the reader prefers',
        { query: '?lang=ja-JP', headers: { 'accept-language': 'en' } },
        'ja-JP',
      ],
      ['of the desk, where the reader takes any', { headers: { 'accept-language': '*' } }, 'ko-KR'],
    ] as [string, Asked, string][])('%s', async (_, asked, language) => {
      const feed = await read(asked);
      expect(new Set([feed.language, ...feed.entries.map((entry) => entry.language)])).toEqual(new Set([language]));
    });

    it.each(Object.entries(MARKERS))('%s every text is marked first and last (pitfall 23)', async (lang, marker) => {
      const { title, entries } = await read({ query: `?lang=${lang}` });
      const texts = entries.flatMap((entry) => [entry.title, entry.summary, ...entry.content.split('\n\n')]);
      for (const text of [title, ...texts.filter((each) => each !== undefined)]) {
        expect({ text, first: text.startsWith(marker) }).toEqual({ text, first: true });
      }
      for (const { title: each, summary = marker, content } of [{ title, content: marker }, ...entries]) {
        expect([each, summary, content].filter((text) => !text.endsWith(marker))).toEqual([]);
      }
    });

    it('is refused in another form', async () => {
      for (const lang of ['KO', 'ko_KR', '', 'x'.repeat(40), '%3Cxml%3E']) {
        const response = await ask({ query: `?lang=${lang}` });
        expect({ lang, status: response.status }).toEqual({ lang, status: 422 });
        expect(await response.json()).toMatchObject({ code: 'REQUEST_INVALID' });
      }
    });
  });

  describe('to a reader that has it', () => {
    const tagOf = async (asked: Asked = {}): Promise<string> => (await ask(asked)).headers.get('etag') ?? '';

    it('is the same bytes under the same strong tag', async () => {
      const [one, other] = [await ask(), await ask()];
      expect(one.headers.get('etag')).toMatch(/^"[0-9a-f]{32}"$/);
      expect(other.headers.get('etag')).toBe(one.headers.get('etag'));
      expect(await other.text()).toBe(await one.text());
    });

    it('costs no more than the tag', async () => {
      const tag = await tagOf();
      for (const held of [tag, `W/${tag}`, `"x", ${tag}`, '*']) {
        const response = await ask({ headers: { 'if-none-match': held } });
        expect({ held, status: response.status, body: await response.text() }).toEqual({ held, status: 304, body: '' });
        expect(response.headers.get('etag')).toBe(tag);
      }
      expect((await ask({ headers: { 'if-none-match': '"x"' } })).status).toBe(200);
    });

    it('is another for another language, page or audience', async () => {
      const tags = await Promise.all([
        tagOf(),
        tagOf({ query: '?lang=ja-JP' }),
        tagOf({ query: '?before=3' }),
        tagOf({ query: '?before=2' }),
        tagOf({ audience: 'jp' }),
        tagOf({ audience: 'control' }),
      ]);
      expect(new Set(tags).size).toBe(tags.length);
      const { headers } = await ask();
      expect(headers.get('vary')).toBe('Authorization, Accept-Language');
      expect(headers.get('cache-control')).toBe('private, no-cache');
    });

    it('is sent again whenever something was told, and after a jump back', async () => {
      const moved = await SteeredRun.start(service, SCENARIO);
      await moved.jump(EARLY);
      const tags = [await tagOf({ of: moved })];
      await issue(moved);
      tags.push(await tagOf({ of: moved }));
      await moved.jump('2031-05-20T09:00:00+09:00');
      await moved.jump(EARLY);
      tags.push(await tagOf({ of: moved }));
      expect(new Set(tags).size).toBe(3);
    });

    it('tells its time once no other item can share it, and costs no more to who knows it', async () => {
      const timed = await SteeredRun.start(service, SCENARIO);
      await timed.jump(EARLY);
      await issue(timed);
      expect((await ask({ of: timed })).headers.get('last-modified')).toBeNull();
      await age(timed, '11 s');
      const since = new Date((await timed.feed('kr')).at(-1)!.realAt).toUTCString();
      const { headers } = await ask({ of: timed });
      expect(headers.get('last-modified')).toBe(since);
      const asked = (more: Record<string, string>): Promise<number> =>
        ask({ of: timed, headers: { 'if-modified-since': since, ...more } }).then(({ status }) => status);
      expect(await asked({})).toBe(304);
      expect(await asked({ 'if-none-match': '"x"' })).toBe(200);
      expect(await asked({ 'if-modified-since': new Date().toUTCString() })).toBe(200);
      await issue(timed);
      expect(await asked({})).toBe(200);
    });

    it('is described without being sent', async () => {
      const [whole, only] = [await ask(), await ask({ method: 'HEAD' })];
      expect(only.status).toBe(200);
      expect(await only.text()).toBe('');
      for (const name of ['etag', 'last-modified', 'content-type', 'content-length']) {
        expect({ name, value: only.headers.get(name) }).toEqual({ name, value: whole.headers.get(name) });
      }
      expect((await ask({ method: 'HEAD', audience: 'none' })).status).toBe(403);
    });
  });

  describe('of alerts', () => {
    const EXPIRES = '2031-05-20T10:00:00+09:00';
    let sent: SteeredRun;
    let id = '';
    const cap = (version: number, audience = 'kr', client = officer, of = id): Promise<Response> =>
      client.raw('GET', `/runs/${sent.id}/feeds/${audience}/cap/${of}/${version}`);
    const problem = async (response: Promise<Response>): Promise<string> => {
      const { status, code, detail } = (await (await response).json()) as Record<string, string>;
      return `${status} ${code} ${detail}`;
    };

    beforeAll(async () => {
      sent = await SteeredRun.start(service, SCENARIO);
      await sent.jump(EARLY);
      id = (await officer.post<{ id: string }>(`/alerts?run=${sent.id}`, { ...ALERT, expires: EXPIRES })).body.id;
      await sent.settled();
      await officer.post(`/alerts/${id}/update?run=${sent.id}`, { ...ALERT, expires: EXPIRES });
      await sent.settled();
    }, 60_000);

    it('leads to each as CAP, for whoever may read the feed, as it was told there', async () => {
      const jp = await Client.signIn(service.url, 'jp-cas');
      const { entries } = await read({ of: sent });
      const links = entries.filter((entry) => entry.itemId === id).map((entry) => entry.cap);
      expect(links).toEqual([`cap/${id}/2`, `cap/${id}/1`]);
      const others = entries.filter(({ kind }) => kind !== 'alert');
      expect(others.length).toBeGreaterThan(0);
      expect(others.filter(({ cap }) => cap !== undefined)).toEqual([]);
      for (const [audience, client] of [['kr', officer], ['jp', jp], ['control', sent.control]] as const) {
        const response = await cap(2, audience, client);
        expect(response.status).toBe(200);
        expect(response.headers.get('content-type')).toBe('application/cap+xml; charset=utf-8');
        const { valid, findings, reading } = judgeCapXml(Buffer.from(await response.text()));
        expect({ valid, findings: findings.filter(({ severity }) => severity === 'error') }).toEqual({ valid: true, findings: [] });
        const item = (await sent.feed(audience)).find((each) => each.id === id && each.version === 2);
        const told = Object.entries(item?.body.texts ?? {});
        expect(reading?.alert.info.map(({ language, headline }) => [language, headline])).toEqual(expect.arrayContaining(told.map(([tag, { headline }]) => [tag, headline])));
        expect(reading?.alert).toMatchObject({ msgType: 'Update', status: 'Exercise' });
        expect(reading?.alert.references?.split(' ')).toHaveLength(1);
      }
    }); // prettier-ignore

    it('answers both conditions of a reader that has the document', async () => {
      const { headers } = await cap(1);
      const held: Record<string, string>[] = [
        { 'if-none-match': headers.get('etag') ?? '' },
        { 'if-modified-since': headers.get('last-modified') ?? '' },
      ];
      for (const more of held) {
        const response = await officer.raw('GET', `/runs/${sent.id}/feeds/kr/cap/${id}/1`, undefined, more);
        expect({ more, status: response.status }).toEqual({ more, status: 304 });
      }
    });

    it('tells of another feed, and of what is not in this one, what it tells of what does not exist', async () => {
      const [other, none] = [await problem(cap(1, 'jp')), await problem(cap(1, 'nobody'))];
      expect(other.replace('"jp"', '"nobody"')).toBe(none);
      expect(none).toMatch(/^403 FORBIDDEN_FEED/);
      // Told to control alone: this audience gets the same answer as for an alert that there never was.
      await queryAsAdmin(service.database, `UPDATE feed_items SET item_id = 'alert.hidden' WHERE run_id = $1 AND audience = 'kr' AND item_id = $2 AND version = 2`, [sent.id, id]);
      const [hidden, unknown] = [await problem(cap(2)), await problem(cap(2, 'kr', officer, 'alert.unknown'))];
      expect(hidden.replace(id, 'alert.unknown')).toBe(unknown);
      expect(unknown).toMatch(/^404 ALERT_NOT_FOUND/);
      expect((await cap(2, 'control', sent.control)).status).toBe(200);
      await queryAsAdmin(service.database, `UPDATE feed_items SET item_id = $2 WHERE run_id = $1 AND item_id = 'alert.hidden'`, [sent.id, id]);
    }); // prettier-ignore

    it('names no earlier message that the audience was not shown', async () => {
      await queryAsAdmin(service.database, `UPDATE feed_items SET item_id = 'alert.hidden' WHERE run_id = $1 AND audience = 'kr' AND item_id = $2 AND version = 1`, [sent.id, id]);
      const { alert } = judgeCapXml(Buffer.from(await (await cap(2)).text())).reading!;
      expect(alert.msgType).toBe('Alert');
      expect(alert.references).toBeUndefined();
      await queryAsAdmin(service.database, `UPDATE feed_items SET item_id = $2 WHERE run_id = $1 AND item_id = 'alert.hidden'`, [sent.id, id]);
    }); // prettier-ignore

    it('holds none whose end lies 48 hours back, and is another page without it', async () => {
      const ids = async (): Promise<string[]> => (await read({ of: sent })).entries.map(({ itemId }) => itemId);
      const tag = (await ask({ of: sent })).headers.get('etag');
      await queryAsAdmin(service.database, `UPDATE alert_versions SET message = message || '{"expires": "2031-05-18T09:19:00+09:00"}' WHERE run_id = $1`, [sent.id]);
      expect(await ids()).toContain(id);
      await age(sent, '49 h');
      expect(await ids()).not.toContain(id);
      expect((await ask({ of: sent })).headers.get('etag')).not.toBe(tag);
    }); // prettier-ignore
  });

  it('is well-formed whatever was written', async () => {
    const odd = await SteeredRun.start(service, SCENARIO);
    // What no XML can carry is refused with the alert; see the bad input.
    const text = 'a <b> & "c" \' ]]> <![CDATA[ d ]]> &#7; \u{1f680}\r\nend';
    await issue(odd, { ...ALERT, info: [{ language: 'ko-KR', headline: text, description: text }] });
    const { entries } = await read({ of: odd });
    const clean = text.replace('\r', '');
    expect(entries[0]).toMatchObject({ title: `[훈련] ${clean} [훈련]`, summary: `[훈련] ${clean} [훈련]` });
  });

  describe('by pages', () => {
    let long: SteeredRun;

    beforeAll(async () => {
      long = await SteeredRun.start(service, SCENARIO);
      await long.jump(EARLY);
      for (let left = 110; left > 0; left -= 10) {
        await Promise.all(Array.from({ length: 10 }, () => officer.post(`/alerts?run=${long.id}`, ALERT)));
      }
      await long.settled();
    }, 60_000);

    const pages = async (): Promise<AtomFeedView[]> => {
      const read = [await readPage('')];
      for (let next = read[0]?.links['next']; next; next = read.at(-1)?.links['next']) {
        read.push(await readPage(next.replace('atom', '')));
      }
      return read;
    };
    const readPage = (query: string): Promise<AtomFeedView> => read({ of: long, query });

    it('lead from the newest entry to the first (RFC 5005)', async () => {
      const head = (await long.feed('kr')).length;
      const [newest, oldest, ...more] = await pages();
      expect(more).toEqual([]);
      const cut = newest?.entries.at(-1)?.seq;
      expect(newest?.links['next']).toBe(`atom?epoch=1&before=${cut}`);
      expect(oldest?.links).toEqual({ self: `atom?epoch=1&before=${cut}`, first: 'atom' });
      const bytes = Buffer.byteLength(await (await ask({ of: long })).text());
      expect(bytes).toBeLessThan(PAGE_BYTES * 1.1);
      const seqs = [...(newest?.entries ?? []), ...(oldest?.entries ?? [])].map(({ seq }) => seq);
      expect(seqs).toEqual(Array.from({ length: head }, (_, index) => head - index));
    });

    it('keep the language that was asked for', async () => {
      const { links } = await readPage('?lang=ja-JP');
      expect(links).toMatchObject({ first: 'atom?lang=ja-JP' });
      expect((await readPage((links['next'] ?? '').replace('atom', ''))).language).toBe('ja-JP');
    });

    it('of an earlier epoch stay as they were', async () => {
      const [newest] = await pages();
      const next = newest?.links['next'] ?? '';
      const before = await readPage(next.replace('atom', ''));
      await long.jump('2031-05-20T09:00:00+09:00');
      const after = await readPage(next.replace('atom', ''));
      // But for the documents: a jump back takes back what was sent after it.
      expect(after.entries).toEqual(before.entries.map((entry) => ({ ...entry, cap: undefined })));
      expect(await read({ of: long })).toMatchObject({ epoch: 2, reason: 'REWOUND' });
    });

    it.each(['?before=9999', '?epoch=99', '?epoch=1&before=99999'])('are refused at %s', async (query) => {
      const response = await ask({ query });
      expect(response.status).toBe(422);
      expect(await response.json()).toMatchObject({ code: 'CURSOR_UNKNOWN' });
    });
  });
});
