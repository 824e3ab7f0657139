import { Inject, type OnModuleDestroy } from '@nestjs/common';
import {
  WebSocketGateway,
  type OnGatewayConnection,
  type OnGatewayDisconnect,
  type OnGatewayInit,
} from '@nestjs/websockets';
import type { EventEmitter } from 'node:events';
import type { Logger } from 'pino';
import type { Namespace } from 'socket.io';
import type { Ack, ServerEvents } from '../../core/wire/desk-events.js';
import { callAt } from '../../platform/call-at.js';
import { AUTHENTICATOR, type Authenticator } from '../../platform/http/authenticator.js';
import { Stopping } from '../../platform/health/stopping.js';
import { LOGGER } from '../../platform/logging/logger.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { Followers } from '../dissemination/followers.js';
import { ReceiptsService } from '../dissemination/receipts.service.js';
import { InjectsService } from '../exercises/injects.service.js';
import { SessionEnds } from '../parties/session-ends.js';
import { answer } from './answer.js';
import { Consoles } from './consoles.js';
import type { DeskSocket } from './desk-session.js';
import { DeskSessions } from './desk-sessions.js';
import { CLIENT_EVENT_NAMES, type ClientEvent, type ClientMessage } from './events.js';
import { limitMessages } from './message-limit.js';
import { ReceiptEvents } from './receipt-events.js';
import { DESK_NAMESPACE } from './socket-frames.js';
import { SocketOutlet } from './socket-outlet.js';

type Answering = Promise<Pick<Ack, 'response'> | void>;

/** Consoles: each follows the feed of its audience in one run. */
@WebSocketGateway({ namespace: DESK_NAMESPACE })
export class DeskGateway
  implements OnGatewayInit<Namespace>, OnGatewayConnection<DeskSocket>, OnGatewayDisconnect<DeskSocket>, OnModuleDestroy
{
  private namespace?: Namespace<Record<string, never>, ServerEvents>;

  /** What each event of a console does; access, form, limits and errors are dealt with before and after. */
  private readonly work: { [E in ClientEvent]: (socket: DeskSocket, message: ClientMessage<E>) => Answering } = {
    received: ({ data: { session } }, { seq, epoch }) =>
      // Without an epoch it is the one that this console was sent last.
      this.receipts.received(session.user, session.key, {
        epoch: epoch ?? session.following?.position?.epoch ?? 1,
        seq,
      }),
    displayed: ({ data: { session } }, item) => this.receipts.displayed(session.user, session.key, item),
    acknowledge: ({ data: { session } }, { note, key: idempotencyKey, ...item }) =>
      this.receipts.acknowledge(session.user, session.key, item, { note, idempotencyKey }),
    respond: async ({ data: { session } }, { inject, body, key }) => ({
      response: await this.injects.respond(session.user, session.key.run, inject, body, key),
    }),
    resume: async ({ data: { session } }, position) => session.following?.resume(position),
    authenticate: async (socket, { token }) => {
      this.sessions.renew(socket.data.session, await this.authenticator.authenticate(token));
      this.endWhenTokenEnds(socket, socket.data.session.outlet);
    },
  };

  constructor(
    private readonly followers: Followers,
    private readonly consoles: Consoles,
    private readonly sessions: DeskSessions,
    private readonly receipts: ReceiptsService,
    private readonly receiptEvents: ReceiptEvents,
    private readonly injects: InjectsService,
    private readonly stopping: Stopping,
    private readonly metrics: Metrics,
    private readonly sessionEnds: SessionEnds,
    @Inject(AUTHENTICATOR) private readonly authenticator: Authenticator,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  afterInit(namespace: Namespace): void {
    this.namespace = namespace;
    // Guards do not run on connecting: this is where a connection is let in or refused.
    namespace.use((socket, next) => {
      this.sessions.open(socket as DeskSocket).then(() => next(), next);
    });
    this.followers.start();
  }

  onModuleDestroy(): void {
    this.stopping.begun = true;
    this.namespace?.emit('closing', { reason: 'SERVICE_STOPS' });
    this.namespace?.disconnectSockets(true);
  }

  handleConnection(socket: DeskSocket): void {
    const { session } = socket.data;
    const outlet = new SocketOutlet(socket, {
      onItems: (count) => this.metrics.itemsSentTotal.inc({ channel: 'socket' }, count),
      onRoomAgain: () => void this.receiptEvents.joined(session),
    });
    limitMessages(socket, {
      onRefused: () => this.metrics.rateLimitedTotal.inc(),
      onFlood: () => outlet.close('TOO_MANY_MESSAGES'),
    });
    CLIENT_EVENT_NAMES.forEach((event) => this.hear(socket, event));
    this.endWhenTokenEnds(socket, outlet);
    session.outlet = outlet;
    session.unwatch = this.sessionEnds.watch(
      () => session.user,
      () => outlet.close('SIGNED_OUT'),
    );
    session.following = this.followers.join(outlet, session.key, session.cursor);
    this.consoles.add(session);
    void this.receiptEvents.joined(session);
    this.metrics.consoles.inc({ channel: 'socket' });
  }

  handleDisconnect({ data: { session } }: DeskSocket): void {
    session.forgetExpiry?.();
    session.unwatch?.();
    session.following?.leave();
    this.consoles.remove(session);
    this.metrics.consoles.dec({ channel: 'socket' });
  }

  /** Listens by itself: what Nest puts around a message costs more than the message, and `received` comes by the thousand. */
  private hear<E extends ClientEvent>(socket: DeskSocket, event: E): void {
    const listener = (body: unknown, ...more: unknown[]): void => {
      const reply = [body, ...more].at(-1);
      const work = (message: ClientMessage<E>): Answering => this.work[event](socket, message);
      void answer(socket.data.session, event, body, work, this.logger).then((ack) => {
        if (typeof reply === 'function') {
          (reply as (ack: Ack) => void)(ack);
        }
      });
    };
    (socket as Pick<EventEmitter, 'on'>).on(event, listener);
  }

  private endWhenTokenEnds({ data: { session } }: DeskSocket, outlet?: SocketOutlet): void {
    session.forgetExpiry?.();
    session.forgetExpiry = callAt(session.expiresAt, () => outlet?.close('TOKEN_ENDED'));
  }
}
