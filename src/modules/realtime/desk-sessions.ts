import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '../../core/domain-error.js';
import type { UserPrincipal } from '../../platform/database/principal.js';
import { SOCKET_SCOPE } from '../../platform/http/access-table.js';
import { AUTHENTICATOR, type Authenticator } from '../../platform/http/authenticator.js';
import { problemOf } from '../../platform/http/problem.js';
import { DatabaseWatch } from '../../platform/database/database-watch.js';
import { databaseUnavailable } from '../../platform/database/unavailable.js';
import { OperationalError } from '../../platform/operational-error.js';
import { Stopping } from '../../platform/health/stopping.js';
import { Watches } from '../runs/watches.js';
import { FeedsService } from '../dissemination/feeds.service.js';
import type { DeskSession, DeskSocket } from './desk-session.js';
import { handshakeSchema } from './events.js';

/** Who may open a connection, and on which feed. */
@Injectable()
export class DeskSessions {
  constructor(
    @Inject(AUTHENTICATOR) private readonly authenticator: Authenticator,
    private readonly feeds: FeedsService,
    private readonly watches: Watches,
    private readonly stopping: Stopping,
    private readonly database: DatabaseWatch,
  ) {}

  /**
   * Lets a connection in and notes its session. Rejects with an error whose `data.code` is stable: UNAUTHENTICATED,
   * BAD_HANDSHAKE, BAD_CURSOR, FORBIDDEN_FEED, RUN_NOT_FOUND, DATABASE_UNAVAILABLE or STOPPING.
   */
  async open(socket: DeskSocket): Promise<void> {
    try {
      if (this.stopping.begun) {
        throw new OperationalError('STOPPING', 'This node is about to stop; connect again, to another.');
      }
      if (this.database.silent) {
        // At once: behind a network that is cut the question itself would hang, and another node may be well.
        throw databaseUnavailable();
      }
      socket.data.session = await this.sessionOf(socket.handshake.auth);
    } catch (error) {
      const problem = problemOf(error);
      const refusal = new Error(problem?.detail ?? 'The service failed; its log says why.');
      throw Object.assign(refusal, { data: { code: problem?.code ?? 'INTERNAL', detail: refusal.message } });
    }
  }

  /**
   * Takes over a fresh token of the same person with the same rights: whoever got another desk or role meanwhile must
   * connect anew, since the feed was chosen by the old ones. Throws DomainError UNAUTHENTICATED.
   */
  renew(session: DeskSession, fresh: { user: UserPrincipal; expiresAt: Date } | undefined): void {
    const { user } = session;
    const same = (['id', 'role', 'desk', 'onlyRun'] as const).every((part) => fresh?.user[part] === user[part]);
    if (!fresh || !same) {
      throw new DomainError('UNAUTHENTICATED', 'Send a valid access token of the person who opened this connection.');
    }
    session.user = fresh.user;
    session.expiresAt = fresh.expiresAt;
  }

  private async sessionOf(auth: unknown): Promise<DeskSession> {
    const handshake = handshakeSchema.safeParse(auth);
    if (!handshake.success) {
      const path = handshake.error.issues[0]?.path[0];
      if (path === 'cursor') {
        throw new DomainError(
          'BAD_CURSOR',
          'Give the cursor as {"epoch": 1, "seq": 0}, or leave it out to get everything.',
        );
      }
      if (path === 'token') {
        throw new DomainError('UNAUTHENTICATED', 'Sign in: send a valid access token as auth.token.');
      }
      throw new DomainError('BAD_HANDSHAKE', 'Connect with auth {token, run, desk, cursor?}.');
    }
    const { token, run, desk, cursor } = handshake.data;
    const signedIn = await this.authenticator.authenticate(token);
    if (!signedIn) {
      throw new DomainError('UNAUTHENTICATED', 'Sign in: send a valid access token as auth.token.');
    }
    if (signedIn.user.scopes && !signedIn.user.scopes.includes(SOCKET_SCOPE)) {
      throw new DomainError('FORBIDDEN', `This key may not read feeds; it lacks the scope ${SOCKET_SCOPE}.`);
    }
    const key = await this.feeds.feedOfDesk(signedIn.user, this.watches.idOf(run), desk);
    return { ...signedIn, desk, key, cursor };
  }
}
