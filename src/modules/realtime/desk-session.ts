import type { Socket } from 'socket.io';
import type { ServerEvents } from '../../core/wire/desk-events.js';
import type { Cursor } from '../../core/wire/feed.js';
import type { UserPrincipal } from '../../platform/database/principal.js';
import type { FeedKey } from '../dissemination/feed.js';

export type DeskSocket = Socket<Record<string, never>, ServerEvents, Record<string, never>, { session: DeskSession }>;

/** What the gateway knows of one connection. */
export interface DeskSession {
  user: UserPrincipal;
  expiresAt: Date;
  /** The desk whose feed it is, or `control`. */
  readonly desk: string;
  readonly key: FeedKey;
  /** How far it has been sent while it catches up; a socket in the feed's room is where the feed is. */
  position?: Cursor;
  /** Raised whenever catching up starts anew, so that an older round stops. */
  round: number;
  expiry?: NodeJS.Timeout;
}
