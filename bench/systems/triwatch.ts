import type { Cursor } from '../../src/core/wire/feed.js';
import type { Group } from '../clients/messages.js';
import type { Target } from '../publisher.js';
import { spreadOverFeeds, type System, type SystemName } from './system.js';

const DESKS = { jp: 'jp-cas', kr: 'kr-jcs', us: 'us-indopacom' } as const;
export const USERS = Object.values(DESKS);
export const CONTROLLER = 'controller';
export const PASSWORD = 'only-for-the-benchmark';
const RUN = 'live';

/** What the two shapes of the service have in common: its API and its desks. */
export abstract class TriwatchSystem implements System {
  abstract readonly name: SystemName;

  abstract start(): Promise<void>;
  abstract stop(): Promise<void>;
  abstract restart(): Promise<void>;
  abstract roots(): number[];
  abstract servers(): number[];
  /** The ports of its mains. */
  abstract ports(): number[];

  async target(): Promise<Target> {
    const token = await this.signIn(CONTROLLER);
    return {
      ports: this.ports(),
      path: `/api/v1/alerts?run=${RUN}`,
      headers: { authorization: `Bearer ${token}` },
    };
  }

  async groups(consoles: number, behind = 0): Promise<Group[]> {
    const groups: Group[] = [];
    for (const { feed, count } of spreadOverFeeds(consoles)) {
      const desk = DESKS[feed];
      const token = await this.signIn(desk);
      const { epoch, seq } = await this.headOf(feed, token);
      const auth = { token, run: RUN, desk, cursor: { epoch, seq: Math.max(seq - behind, 0) } };
      const ports = this.ports();
      ports.forEach((port, index) => {
        const share = Math.floor(count / ports.length) + (index < count % ports.length ? 1 : 0);
        groups.push({ wire: 'desk', port, otherPort: ports[(index + 1) % ports.length], count: share, feed, auth });
      });
    }
    return groups.filter(({ count }) => count > 0);
  }

  /** Where a feed ends now. */
  private async headOf(feed: string, token: string): Promise<Cursor> {
    const answer = await this.fetch(`/runs/${RUN}/feeds/${feed}/items?limit=1`, {
      headers: { authorization: `Bearer ${token}` },
    });
    return { epoch: Number(answer['epoch']), seq: Number(answer['headSeq']) };
  }

  private async signIn(username: string): Promise<string> {
    const answer = await this.fetch('/auth/token', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username, password: PASSWORD }),
    });
    return String(answer['accessToken']);
  }

  private async fetch(path: string, init: RequestInit): Promise<Record<string, unknown>> {
    const response = await fetch(`http://127.0.0.1:${this.ports()[0]}/api/v1${path}`, init);
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${this.name} answered ${path} with ${response.status}: ${text}`);
    }
    return JSON.parse(text) as Record<string, unknown>;
  }
}
