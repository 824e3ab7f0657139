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
import type { Ack, ServerEvents } from '../../core/wire/desk-events.js';
import { AUTHENTICATOR, type Authenticator } from '../../platform/http/authenticator.js';
import { Stopping } from '../../platform/health/stopping.js';
import { LOGGER } from '../../platform/logging/logger.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { Followers } from '../dissemination/followers.js';
import { ReceiptsService } from '../dissemination/receipts.service.js';
import { InjectsService } from '../exercises/injects.service.js';
import { answer } from './answer.js';
import { Consoles } from './consoles.js';
import type { DeskSocket } from './desk-session.js';
import { DeskSessions } from './desk-sessions.js';
import type { ClientMessage } from './events.js';
import { limitMessages } from './message-limit.js';
import { ReceiptEvents } from './receipt-events.js';
import { DESK_NAMESPACE } from './socket-frames.js';
import { SocketOutlet } from './socket-outlet.js';

/** Consoles: each follows the feed of its audience in one run. */
@WebSocketGateway({ namespace: DESK_NAMESPACE })
export class DeskGateway
  implements OnGatewayInit<Namespace>, OnGatewayConnection<DeskSocket>, OnGatewayDisconnect<DeskSocket>, OnModuleDestroy
{
  private namespace?: Namespace<Record<string, never>, ServerEvents>;

  constructor(
    private readonly followers: Followers,
    private readonly consoles: Consoles,
    private readonly sessions: DeskSessions,
    private readonly receipts: ReceiptsService,
    private readonly receiptEvents: ReceiptEvents,
    private readonly injects: InjectsService,
    private readonly stopping: Stopping,
    private readonly metrics: Metrics,
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
    this.endWhenTokenEnds(socket, outlet);
    session.outlet = outlet;
    session.following = this.followers.join(outlet, session.key, session.cursor);
    this.consoles.add(session);
    void this.receiptEvents.joined(session);
    this.metrics.consoles.inc({ channel: 'socket' });
  }

  handleDisconnect({ data: { session } }: DeskSocket): void {
    clearTimeout(session.expiry);
    session.following?.leave();
    this.consoles.remove(session);
    this.metrics.consoles.dec({ channel: 'socket' });
  }

  @SubscribeMessage('received')
  received(@ConnectedSocket() socket: DeskSocket, @MessageBody() body: unknown): Promise<Ack> {
    return this.take(socket, 'received', body, ({ seq, epoch }) => {
      const { user, key, following } = socket.data.session;
      // Without an epoch it is the one that this console was sent last.
      return this.receipts.received(user, key, { epoch: epoch ?? following?.position?.epoch ?? 1, seq });
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
    return this.take(socket, 'resume', body, async (position) => socket.data.session.following?.resume(position));
  }

  @SubscribeMessage('authenticate')
  authenticate(@ConnectedSocket() socket: DeskSocket, @MessageBody() body: unknown): Promise<Ack> {
    return this.take(socket, 'authenticate', body, async ({ token }) => {
      this.sessions.renew(socket.data.session, await this.authenticator.authenticate(token));
      this.endWhenTokenEnds(socket, socket.data.session.outlet);
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

  private endWhenTokenEnds({ data: { session } }: DeskSocket, outlet?: SocketOutlet): void {
    clearTimeout(session.expiry);
    session.expiry = setTimeout(() => outlet?.close('TOKEN_ENDED'), session.expiresAt.getTime() - Date.now());
  }
}
