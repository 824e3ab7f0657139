import { Client } from 'pg';
import type { FeedPage, FeedSnapshot } from '../src/core/wire/feed.js';
import { AUDIENCES, CONTROLLER, type Cluster } from './cluster.js';
import type { Acknowledged, FeedOf, FinalFeed, Items } from './history.js';
import { Http } from './http.js';
import { shownItem } from './markers.js';
import type { Tokens } from './tokens.js';

const PAGE = 500;
const ANSWER_MS = 60_000;

/** What the service says of its feeds, asked past the proxies. */
export class FinalState {
  private readonly http = new Http(ANSWER_MS);

  constructor(
    private readonly cluster: Cluster,
    private readonly tokens: Tokens,
    private readonly runs: readonly string[],
    private readonly items: Items,
  ) {}

  get feeds(): FeedOf[] {
    return this.runs.flatMap((run) => AUDIENCES.map((audience) => ({ run, audience })));
  }

  /** Where every feed stands. */
  heads(): Promise<(FeedOf & { epoch: number; headSeq: number })[]> {
    return Promise.all(this.feeds.map((feed) => this.get<FeedPage>(feed, 'items?limit=1')));
  }

  async feed(feed: FeedOf): Promise<FinalFeed> {
    const seq: number[] = [];
    const item: number[] = [];
    for (;;) {
      const page = await this.get<FeedPage>(feed, `items?after=${seq.at(-1) ?? 0}&limit=${PAGE}`);
      for (const shown of page.items) {
        seq.push(shown.seq);
        item.push(this.items.indexOf(shownItem(shown)));
      }
      if (page.items.length < PAGE) {
        return { ...feed, epoch: page.epoch, headSeq: page.headSeq, seq, item };
      }
    }
  }

  /** The acknowledgements of one feed, known by their notes. */
  async acknowledged(feed: FeedOf): Promise<Acknowledged[]> {
    const snapshot = await this.get<FeedSnapshot>(feed, 'snapshot');
    const indexOf = new Map(
      snapshot.items.map((shown) => [
        `${shown.kind} ${shown.id} ${shown.version}`,
        this.items.indexOf(shownItem(shown)),
      ]),
    );
    return snapshot.acknowledged
      .filter(({ audience }) => audience === feed.audience)
      .map(({ kind, id, version, desk, note }) => ({
        ...feed,
        desk,
        item: indexOf.get(`${kind} ${id} ${version}`) ?? -1,
        key: note ?? '',
      }));
  }

  /** Computes every chain of hashes anew, in the database; the feeds in which a link, a body or the head does not hold. */
  async brokenChains(): Promise<string[]> {
    const client = new Client({ connectionString: await this.cluster.adminUrl() });
    await client.connect();
    try {
      const { rows } = await client.query<{ name: string; seq: string | null }>(CHAINS);
      return rows.map(({ name, seq }) => `the feed ${name}${seq === null ? ': its head' : ` from ${seq} on`}`);
    } finally {
      await client.end();
    }
  }

  close(): void {
    this.http.close();
  }

  private async get<Body>({ run, audience }: FeedOf, what: string): Promise<Body> {
    const headers = { authorization: `Bearer ${await this.tokens.of(CONTROLLER)}` };
    const url = `${this.cluster.directUrls[0]}/api/v1/runs/${run}/feeds/${audience}/${what}`;
    const { status, body } = await this.http.send('GET', url, headers);
    if (status !== 200) {
      throw new Error(`${url} is answered with ${status}: ${JSON.stringify(body)}`);
    }
    return body as Body;
  }
}

const CHAINS = `
  WITH links AS (
    SELECT run_id, audience, epoch, seq, chain_hash, body_hash = sha256(convert_to(body, 'UTF8')) AND chain_hash = sha256(
      coalesce(lag(chain_hash) OVER (PARTITION BY run_id, audience, epoch ORDER BY seq), decode(repeat('00', 32), 'hex'))
      || int8send(seq) || body_hash) AS holds
    FROM feed_items
  )
  SELECT run_id || '/' || audience || '/' || epoch AS name, min(seq) AS seq FROM links WHERE NOT holds GROUP BY run_id, audience, epoch
  UNION ALL
  SELECT f.run_id || '/' || f.audience || '/' || f.epoch, NULL FROM feeds f JOIN feed_items i USING (run_id, audience, epoch)
  WHERE i.seq = f.head_seq AND i.chain_hash <> f.head_hash`;
