import type { ReactElement } from 'react';
import { useMessages } from '../language.js';
import { timeWithZone } from '../time-format.js';
import type { ItemBody } from '../wire.js';

/** What a desk answered, on the card that carries the answer. */
export function ResponseText({ body, timeZone }: { body: ItemBody; timeZone: string }): ReactElement | null {
  const { desk: words } = useMessages();
  const { response } = body;
  if (!response) {
    return null;
  }
  return (
    <div className={`outcome ${response.inTime ? 'outcome-in-time' : 'outcome-late'}`}>
      <strong>{response.inTime ? words.inTime : words.lateAnswer}</strong>{' '}
      {response.option !== undefined && <span className="tag">{response.option}</span>}
      {response.decision !== '' && <p>{response.decision}</p>}
      <p className="quiet">
        {response.person} · {response.desk} · {timeWithZone(Date.parse(response.answeredAt), timeZone)}
      </p>
    </div>
  );
}
