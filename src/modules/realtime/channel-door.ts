import { Injectable } from '@nestjs/common';
import type { Cursor } from '../../core/wire/feed.js';
import type { UserPrincipal } from '../../platform/database/principal.js';
import type { FeedHead, FeedKey } from '../dissemination/feed.js';
import { FeedsService } from '../dissemination/feeds.service.js';
import type { RunWithClock } from '../runs/run.js';
import { RunsService } from '../runs/runs.service.js';

/** Who is let in to a feed by its name. Row-level security decides; this only says which of two things is missing. */
@Injectable()
export class ChannelDoor {
  constructor(
    private readonly runs: RunsService,
    private readonly feeds: FeedsService,
  ) {}

  /** The run, and where the feed stands. Throws DomainError RUN_NOT_FOUND or FORBIDDEN_FEED. */
  async enter(user: UserPrincipal, key: FeedKey): Promise<{ run: RunWithClock; head: FeedHead & Cursor }> {
    const run = await this.runs.get(user, key.run);
    const head = await this.feeds.page(user, key, { after: 0, limit: 0 });
    return { run, head: { ...head, seq: head.headSeq } };
  }
}
