import type { ReactElement } from 'react';
import { timeWithZone } from '../../../src/core/time/zone-time.js';
import type { ConnectionState } from '../connection.js';
import { useMessages } from '../language.js';

/** The state of the link in words. Wall time in the desk's zone: this is about the console, not about the run. */
export function ConnectionBadge({
  connection,
  timeZone,
}: {
  connection: ConnectionState;
  timeZone: string;
}): ReactElement {
  const { desk } = useMessages();
  return (
    <span
      className={`connection connection-${connection.state}`}
      data-testid="connection"
      data-state={connection.state}
    >
      <span className="connection-dot" aria-hidden="true" />
      {textOf(connection, timeZone, desk.connection)}
    </span>
  );
}

function textOf(
  connection: ConnectionState,
  timeZone: string,
  words: {
    live: string;
    catchingUp: (n: number) => string;
    stale: (time: string) => string;
    down: (time: string) => string;
  },
): string {
  switch (connection.state) {
    case 'live':
      return words.live;
    case 'catching-up':
      return words.catchingUp(connection.behind);
    case 'stale':
      return words.stale(timeWithZone(connection.sinceMs, timeZone));
    case 'down':
      return words.down(timeWithZone(connection.sinceMs, timeZone));
  }
}
