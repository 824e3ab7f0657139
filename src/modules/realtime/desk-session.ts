import type { Socket } from 'socket.io';
import type { ServerEvents } from '../../core/wire/desk-events.js';
import type { Cursor } from '../../core/wire/feed.js';
import type { UserPrincipal } from '../../platform/database/principal.js';
import type { FeedKey } from '../dissemination/feed.js';
import type { Following } from '../dissemination/following.js';
import type { SocketOutlet } from './socket-outlet.js';

export type DeskSocket = Socket<Record<string, never>, ServerEvents, Record<string, never>, { session: DeskSession }>;

/** What the gateway knows of one connection. */
export interface DeskSession {
  user: UserPrincipal;
  expiresAt: Date;
  /** The desk whose feed it is, or `control`. */
  readonly desk: string;
  readonly key: FeedKey;
  /** Where it connected from; how far it is now is in `following`. */
  readonly cursor?: Cursor;
  /** These two from when the connection stands. */
  outlet?: SocketOutlet;
  following?: Following;
  /** Takes back the close at the end of the token. */
  forgetExpiry?: () => void;
  /** Stops watching whether the session is ended before its time. */
  unwatch?: () => void;
}
