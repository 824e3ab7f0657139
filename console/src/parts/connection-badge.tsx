import type { ReactElement } from 'react';
import type { Job } from '../../../src/core/scenario/mode.js';
import type { ConnectionState } from '../connection.js';
import { useMessages } from '../language.js';
import { wallTime } from '../wall-time.js';

/** The state of the link in words. Wall time in the desk's zone: this is about the console, not about the run. */
export function ConnectionBadge({
  connection,
  timeZone,
  job,
}: {
  connection: ConnectionState;
  timeZone: string;
  job: Job | undefined;
}): ReactElement {
  const messages = useMessages();
  return (
    <span
      className={`connection connection-${connection.state}`}
      data-testid="connection"
      data-state={connection.state}
    >
      <span className="connection-dot" aria-hidden="true" />
      {textOf(connection, messages.desk.connection, (ms) => wallTime(ms, timeZone, job, messages))}
    </span>
  );
}

function textOf(
  connection: ConnectionState,
  words: {
    live: string;
    catchingUp: (n: number) => string;
    stale: (time: string) => string;
    down: (time: string) => string;
  },
  wall: (ms: number) => string,
): string {
  switch (connection.state) {
    case 'live':
      return words.live;
    case 'catching-up':
      return words.catchingUp(connection.behind);
    case 'stale':
      return words.stale(wall(connection.sinceMs));
    case 'down':
      return words.down(wall(connection.sinceMs));
  }
}
