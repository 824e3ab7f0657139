import { Injectable } from '@nestjs/common';
import type { ServerEvents } from '../../core/wire/desk-events.js';
import type { DeskSession } from './desk-session.js';
import type { SmallEvent } from './socket-outlet.js';

/** Whom something concerns: those in a run, or of them those of one audience or at one desk. */
export interface Concerned {
  readonly run: string;
  readonly audience?: string;
  readonly desk?: string;
}

/** The consoles that are connected to this node by socket. */
@Injectable()
export class Consoles {
  private readonly byRun = new Map<string, Set<DeskSession>>();

  add(session: DeskSession): void {
    const { run } = session.key;
    this.byRun.set(run, (this.byRun.get(run) ?? new Set()).add(session));
  }

  remove(session: DeskSession): void {
    const sessions = this.byRun.get(session.key.run);
    if (sessions?.delete(session) && sessions.size === 0) {
      this.byRun.delete(session.key.run);
    }
  }

  /** Those connected now. */
  in({ run, audience, desk }: Concerned): DeskSession[] {
    return [...(this.byRun.get(run) ?? [])].filter(
      (session) =>
        (audience === undefined || session.key.audience === audience) && (desk === undefined || session.desk === desk),
    );
  }

  /**
   * Sends a small event to whom it concerns, encoded once. A console whose window is full goes without it, so that what is
   * told must be found out in another way as well.
   */
  tell<E extends SmallEvent>(where: Concerned, event: E, body: Parameters<ServerEvents[E]>[0]): void {
    this.in(where).forEach(({ outlet }) => outlet?.tell(event, body));
  }
}
