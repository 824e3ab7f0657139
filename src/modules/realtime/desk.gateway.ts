import { Inject, type OnModuleDestroy } from '@nestjs/common';
import {
  ConnectedSocket,
  MessageBody,
  SubscribeMessage,
  WebSocketGateway,
  type OnGatewayConnection,
  type OnGatewayDisconnect,
  type OnGatewayInit,
} from '@nestjs/websockets';
import type { Logger } from 'pino';
import type { Namespace } from 'socket.io';
import { clockView } from '../../core/clock/clock-view.js';
import type { Ack, ServerEvents } from '../../core/wire/desk-events.js';
import type { FeedItem } from '../../core/wire/feed.js';
import { AUTHENTICATOR, type Authenticator } from '../../platform/http/authenticator.js';
import { Stopping } from '../../platform/health/stopping.js';
import { LOGGER } from '../../platform/logging/logger.js';
import { FeedTail, type FollowedFeed, type TailListener } from '../dissemination/feed-tail.js';
import { feedName } from '../dissemination/feed.js';
import { ReceiptsService } from '../dissemination/receipts.service.js';
import { InjectsService } from '../exercises/injects.service.js';
import { answer, answerUnknown } from './answer.js';
import type { DeskSocket } from './desk-session.js';
import { DeskSessions } from './desk-sessions.js';
import type { ClientMessage } from './events.js';

const TICK_MS = 2_000;
/** A node whose last read is older sends no tick, so that its consoles turn stale and look for another node. */
const FRESH_MS = 2_000;

/** Consoles: each follows the feed of its audience in one run. */
@WebSocketGateway({ namespace: '/desk' })
export class DeskGateway
  implements
    OnGatewayInit<Namespace>,
    OnGatewayConnection<DeskSocket>,
    OnGatewayDisconnect<DeskSocket>,
    OnModuleDestroy,
    TailListener
{
  private namespace!: Namespace<Record<string, never>, ServerEvents>;
  private ticking?: NodeJS.Timeout;

  constructor(
    private readonly tail: FeedTail,
    private readonly sessions: DeskSessions,
    private readonly receipts: ReceiptsService,
    private readonly injects: InjectsService,
    private readonly stopping: Stopping,
    @Inject(AUTHENTICATOR) private readonly authenticator: Authenticator,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  afterInit(namespace: Namespace): void {
    this.namespace = namespace;
    // Guards do not run on connecting: this is where a connection is let in or refused.
    namespace.use((socket, next) => {
      this.sessions.open(socket as DeskSocket).then(() => next(), next);
    });
    this.tail.start(this);
    this.ticking = setInterval(() => this.tick(), TICK_MS);
  }

  onModuleDestroy(): void {
    this.stopping.begun = true;
    clearInterval(this.ticking);
    this.namespace?.emit('closing', { reason: 'SERVICE_STOPS' });
    this.namespace?.disconnectSockets(true);
  }

  handleConnection(socket: DeskSocket): void {
    socket.onAny((event: string, ...parts: unknown[]) => answerUnknown(event, parts));
    this.endWhenTokenEnds(socket);
    void this.catchUp(socket);
  }

  handleDisconnect(socket: DeskSocket): void {
    const { key, expiry } = socket.data.session;
    clearTimeout(expiry);
    const others = [...this.namespace.sockets.values()].some(
      (other) =>
        other.id !== socket.id && feedName((other as unknown as DeskSocket).data.session.key) === feedName(key),
    );
    if (!others) {
      this.tail.unfollow(key);
    }
  }

  onItems({ key, epoch }: FollowedFeed, items: readonly FeedItem[]): void {
    this.namespace.to(feedName(key)).emit('items', { ...key, epoch, items });
  }

  onReset({ key, epoch }: FollowedFeed, reason: string): void {
    this.namespace.to(feedName(key)).emit('reset', { epoch, seq: 0, reason });
  }

  onClock({ key, clock }: FollowedFeed): void {
    this.namespace.to(feedName(key)).emit('clock', clockView(clock));
  }

  @SubscribeMessage('received')
  received(@ConnectedSocket() socket: DeskSocket, @MessageBody() body: unknown): Promise<Ack> {
    return this.take(socket, 'received', body, ({ seq, epoch }) => {
      const { user, key } = socket.data.session;
      return this.receipts.received(user, key, { epoch: epoch ?? this.sessions.epochOf(key), seq });
    });
  }

  @SubscribeMessage('displayed')
  displayed(@ConnectedSocket() socket: DeskSocket, @MessageBody() body: unknown): Promise<Ack> {
    return this.take(socket, 'displayed', body, (item) =>
      this.receipts.displayed(socket.data.session.user, socket.data.session.key, item),
    );
  }

  @SubscribeMessage('acknowledge')
  acknowledge(@ConnectedSocket() socket: DeskSocket, @MessageBody() body: unknown): Promise<Ack> {
    return this.take(socket, 'acknowledge', body, ({ note, key: idempotencyKey, ...item }) =>
      this.receipts.acknowledge(socket.data.session.user, socket.data.session.key, item, { note, idempotencyKey }),
    );
  }

  @SubscribeMessage('respond')
  respond(@ConnectedSocket() socket: DeskSocket, @MessageBody() body: unknown): Promise<Ack> {
    return this.take(socket, 'respond', body, async ({ inject, body: given, key }) => {
      const response = await this.injects.respond(
        socket.data.session.user,
        socket.data.session.key.run,
        inject,
        given,
        key,
      );
      return { response };
    });
  }

  @SubscribeMessage('resume')
  resume(@ConnectedSocket() socket: DeskSocket, @MessageBody() body: unknown): Promise<Ack> {
    return this.take(socket, 'resume', body, async (position) => {
      // The round under way, if any, must not let the console back into the room with its old position.
      socket.data.session.round += 1;
      await socket.leave(feedName(socket.data.session.key));
      socket.data.session.position = position;
      void this.catchUp(socket);
    });
  }

  @SubscribeMessage('authenticate')
  authenticate(@ConnectedSocket() socket: DeskSocket, @MessageBody() body: unknown): Promise<Ack> {
    return this.take(socket, 'authenticate', body, async ({ token }) => {
      this.sessions.renew(socket.data.session, await this.authenticator.authenticate(token));
      this.endWhenTokenEnds(socket);
    });
  }

  private take<E extends Parameters<typeof answer>[1]>(
    socket: DeskSocket,
    event: E,
    body: unknown,
    work: (message: ClientMessage<E>) => Promise<Pick<Ack, 'response'> | void>,
  ): Promise<Ack> {
    return answer(socket.data.session, event, body, work, this.logger);
  }

  /**
   * Sends what the console lacks and lets it into the feed's room in the same turn as the last of it, so that nothing falls
   * between catching up and following.
   */
  private async catchUp(socket: DeskSocket): Promise<void> {
    const { session } = socket.data;
    const round = (session.round += 1);
    const room = feedName(session.key);
    try {
      let feed = await this.tail.follow(session.key);
      if (feed && session.position && this.sessions.isAhead(session.position, feed)) {
        // Another node may have sent what this one has not read yet.
        await this.tail.read();
      }
      for (;;) {
        feed = await this.tail.follow(session.key);
        if (!feed || socket.disconnected || session.round !== round) {
          return;
        }
        const position = this.positionIn(feed, socket);
        if (position.seq === feed.headSeq) {
          this.sendTick(feed, socket);
          await socket.join(room);
          return;
        }
        const items = await this.tail.itemsAfter(feed, position.seq);
        const last = items.at(-1);
        if (last && feed.epoch === position.epoch && !socket.disconnected && session.round === round) {
          socket.emit('items', { ...session.key, epoch: feed.epoch, items });
          session.position = { epoch: feed.epoch, seq: last.seq };
        }
      }
    } catch (error) {
      // The console sees that it gets no ticks, turns stale and connects again with its cursor.
      this.logger.warn({ err: error, feed: room }, 'a console could not be brought up to date');
      socket.emit('closing', { reason: 'TRY_AGAIN' });
      socket.disconnect(true);
    }
  }

  /** Where a console is in a feed; one whose position the feed does not have is told to begin anew. */
  private positionIn(feed: FollowedFeed, socket: DeskSocket): { epoch: number; seq: number } {
    const { session } = socket.data;
    const { epoch, seq } = (session.position ??= { epoch: feed.epoch, seq: 0 });
    if (epoch !== feed.epoch || seq > feed.headSeq) {
      const reason = epoch === feed.epoch ? 'AHEAD_OF_FEED' : epoch < feed.epoch ? 'REWOUND' : 'UNKNOWN_EPOCH';
      session.position = { epoch: feed.epoch, seq: 0 };
      socket.emit('reset', { epoch: feed.epoch, seq: 0, reason });
    }
    return session.position;
  }

  private tick(): void {
    for (const feed of this.tail.followed) {
      this.sendTick(feed, this.namespace.to(feedName(feed.key)));
    }
  }

  /** Only while this node's own news is fresh: a console must not be told that all is well on old news. */
  private sendTick({ epoch, headSeq, clock }: FollowedFeed, to: { emit: DeskSocket['emit'] }): void {
    if (this.tail.readAgeMs <= FRESH_MS) {
      to.emit('tick', { at: this.tail.now.toISOString(), epoch, headSeq, clock: clockView(clock) });
    }
  }

  private endWhenTokenEnds(socket: DeskSocket): void {
    const { session } = socket.data;
    clearTimeout(session.expiry);
    session.expiry = setTimeout(() => {
      socket.emit('closing', { reason: 'TOKEN_ENDED' });
      socket.disconnect(true);
    }, session.expiresAt.getTime() - Date.now());
  }
}
