import type { ReactElement } from 'react';
import type { ItemBody } from '../../../src/core/incident/item.js';
import { timeWithZone } from '../../../src/core/time/zone-time.js';
import { useMessages } from '../language.js';

/** Who answered and whether it was in time; what was answered is in the item's own text, in every language. */
export function ResponseText({ body, timeZone }: { body: ItemBody; timeZone: string }): ReactElement | null {
  const { desk: words } = useMessages();
  const { response } = body;
  if (!response) {
    return null;
  }
  return (
    <p className={`outcome ${response.inTime ? 'outcome-in-time' : 'outcome-late'}`}>
      <strong>{response.inTime ? words.inTime : words.lateAnswer}</strong>{' '}
      <span className="quiet">
        {response.person} · {response.desk} · {timeWithZone(Date.parse(response.answeredAt), timeZone)}
      </span>
    </p>
  );
}
