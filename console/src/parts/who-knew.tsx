import type { ReactElement } from 'react';
import type { KnowledgeRow } from '../knowledge.js';
import { useMessages } from '../language.js';
import { duration } from '../time-format.js';

/** On a theatre card: how long after the event each capital knew, as far as this replay has got. */
export function WhoKnew({
  row,
  parties,
  ended,
}: {
  row: KnowledgeRow | undefined;
  parties: readonly string[];
  ended: boolean;
}): ReactElement | null {
  const { desk } = useMessages();
  if (!row) {
    return null;
  }
  return (
    <ul className="who-knew" aria-label={desk.whoKnew}>
      {parties.map((party) => {
        const cell = row.cells[party];
        return (
          <li key={party} className={cell ? 'knows' : 'knows-not'}>
            <strong>{party}</strong>{' '}
            {cell
              ? Math.abs(cell.delayMs) < 1000
                ? '±0'
                : `${cell.delayMs < 0 ? '−' : '+'}${duration(cell.delayMs, desk.durationWords)}`
              : ended
                ? '—'
                : desk.notYet}
          </li>
        );
      })}
    </ul>
  );
}
