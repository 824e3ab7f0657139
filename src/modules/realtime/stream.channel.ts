import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Response } from 'express';
import { DomainError } from '../../core/domain-error.js';
import type { Cursor } from '../../core/wire/feed.js';
import type { UserPrincipal } from '../../platform/database/principal.js';
import { callAt } from '../../platform/call-at.js';
import { Stopping } from '../../platform/health/stopping.js';
import { AUTHENTICATOR, type Authenticator } from '../../platform/http/authenticator.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { OperationalError } from '../../platform/operational-error.js';
import type { FeedKey } from '../dissemination/feed.js';
import { Followers } from '../dissemination/followers.js';
import { SessionEnds } from '../parties/session-ends.js';
import { ChannelDoor } from './channel-door.js';
import type { Channel } from './channel.js';
import { StreamOutlet } from './stream-outlet.js';

/** Enough for the screens and programs of one person, and too few to use up what a node can hold open. */
const STREAMS_A_PERSON = 20;
/** How long a browser waits before it comes back. */
const RETRY_MS = 1_000;

/** Of every stream; nothing on the way may keep, change or hold back what goes through. */
const STREAM_HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-store, no-transform',
  'X-Accel-Buffering': 'no',
} as const;

/** A feed as server-sent events, for browsers and programs without a Socket.IO client. */
@Injectable()
export class StreamChannel implements Channel, OnModuleDestroy {
  readonly name = 'sse';
  /** Whose each open stream is. */
  private readonly streams = new Map<StreamOutlet, string>();

  constructor(
    private readonly door: ChannelDoor,
    private readonly followers: Followers,
    private readonly stopping: Stopping,
    private readonly metrics: Metrics,
    private readonly sessionEnds: SessionEnds,
    @Inject(AUTHENTICATOR) private readonly authenticator: Authenticator,
  ) {}

  onModuleDestroy(): void {
    this.stopping.begun = true;
    [...this.streams.keys()].forEach((outlet) => outlet.close('SERVICE_STOPS'));
  }

  /**
   * Begins a stream that lasts as long as the token. Throws, before anything of it is written, DomainError RUN_NOT_FOUND,
   * FORBIDDEN_FEED, UNAUTHENTICATED or TOO_MANY_STREAMS, or OperationalError STOPPING.
   */
  async begin(
    user: UserPrincipal,
    token: string,
    key: FeedKey,
    cursor: Cursor | undefined,
    response: Response,
  ): Promise<void> {
    await this.door.enter(user, key);
    const session = await this.authenticator.authenticate(token);
    if (!session) {
      throw new DomainError('UNAUTHENTICATED', 'The access token has just ended; come back with a new one.');
    }
    // From here on in one turn, so that nobody gets past the limit or the stop, and no close is missed.
    if (this.stopping.begun) {
      throw new OperationalError('STOPPING', 'This node is about to stop; connect again, to another.');
    }
    if ([...this.streams.values()].filter((id) => id === user.id).length >= STREAMS_A_PERSON) {
      throw new DomainError('TOO_MANY_STREAMS', `Close one of the ${STREAMS_A_PERSON} streams that you have open.`);
    }
    if (!response.destroyed) {
      this.open(user, session.expiresAt, key, cursor, response);
    }
  }

  private open(
    user: UserPrincipal,
    expiresAt: Date,
    key: FeedKey,
    cursor: Cursor | undefined,
    response: Response,
  ): void {
    response.writeHead(200, STREAM_HEADERS);
    if (response.req.method === 'HEAD') {
      response.end();
      return;
    }
    response.write(`retry: ${RETRY_MS}\n\n`);
    const outlet = new StreamOutlet(response, (count) =>
      this.metrics.itemsSentTotal.inc({ channel: this.name }, count),
    );
    this.streams.set(outlet, user.id);
    this.metrics.consoles.inc({ channel: this.name });
    const following = this.followers.join(outlet, key, cursor);
    const forgetExpiry = callAt(expiresAt, () => outlet.close('TOKEN_ENDED'));
    const unwatch = this.sessionEnds.watch(
      () => user,
      () => outlet.close('SIGNED_OUT'),
    );
    response.once('close', () => {
      forgetExpiry();
      unwatch();
      outlet.gone();
      following.leave();
      this.streams.delete(outlet);
      this.metrics.consoles.dec({ channel: this.name });
    });
  }
}
