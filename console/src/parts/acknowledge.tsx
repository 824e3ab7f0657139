import { useRef, useState, type ReactElement } from 'react';
import type { Job } from '../../../src/core/scenario/mode.js';
import type { DeskView } from '../../../src/core/wire/desk.js';
import type { Acknowledgement, FeedItem } from '../../../src/core/wire/feed.js';
import type { Me } from '../../../src/core/wire/session.js';
import type { DeskLink } from '../desk-link.js';
import { useMessages } from '../language.js';
import { commandKey } from '../outcome.js';
import { wallTime } from '../wall-time.js';

interface AcknowledgeProps {
  item: FeedItem;
  link: DeskLink | undefined;
  me: Me;
  desk: DeskView;
  job: Job | undefined;
  acknowledged: readonly Acknowledgement[];
}

/** The button that puts a person's name to an item version, and who has done so already. */
export function Acknowledge({ item, link, me, desk, job, acknowledged }: AcknowledgeProps): ReactElement {
  const messages = useMessages();
  const { desk: words } = messages;
  const [note, setNote] = useState('');
  const [state, setState] = useState<'idle' | 'sending' | 'retrying'>('idle');
  const [refusal, setRefusal] = useState<string>();
  // One key for all tries, so that a lost reply never makes two acknowledgements.
  const key = useRef(commandKey());
  const mine = acknowledged.some((entry) => entry.desk === desk.id);

  const send = async (): Promise<void> => {
    if (!link) {
      return;
    }
    setState('sending');
    setRefusal(undefined);
    const { kind, id, version } = item;
    const message = { kind, id, version, key: key.current, ...(note.trim() === '' ? {} : { note: note.trim() }) };
    const reply = await link.acknowledge(message, () => setState('retrying'));
    setState('idle');
    if (reply.ok) {
      const at = new Date().toISOString();
      link.learnOwn({ kind, id, version, desk: desk.id, person: me.displayName, at });
    } else {
      setRefusal(reply.detail ?? reply.code ?? '');
    }
  };

  return (
    <footer className="acknowledge">
      {acknowledged.length > 0 && (
        <p className="acknowledged" data-testid="acknowledged">
          <strong>{words.acknowledged}</strong>
          {acknowledged.map((entry) => (
            <span key={`${entry.desk}/${entry.person}`}>
              {words.acknowledgedBy(
                entry.person,
                entry.desk,
                wallTime(Date.parse(entry.at), desk.timeZone, job, messages),
              )}
              {entry.note !== undefined && ` “${entry.note}”`}
            </span>
          ))}
        </p>
      )}
      {!mine && me.role === 'officer' && (
        <div className="acknowledge-row">
          <button
            type="button"
            className="button"
            data-testid="acknowledge"
            disabled={state !== 'idle' || !link}
            onClick={() => void send()}
          >
            {words.acknowledge}
          </button>
          <details className="more acknowledge-note">
            <summary>{words.addNote}</summary>
            <label>
              <span className="visually-hidden">{words.acknowledgeNote}</span>
              <input
                value={note}
                maxLength={400}
                placeholder={words.acknowledgeNote}
                onChange={(event) => setNote(event.target.value)}
              />
            </label>
          </details>
          {state !== 'idle' && <span className="quiet">{state === 'sending' ? words.sending : words.retrying}</span>}
        </div>
      )}
      {refusal !== undefined && <p className="refusal">{words.refusedReply(refusal)}</p>}
    </footer>
  );
}
