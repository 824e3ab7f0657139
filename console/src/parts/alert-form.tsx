import { useState, type FormEvent, type ReactElement } from 'react';
import type { Mode } from '../../../src/core/scenario/mode.js';
import type { AlertIssued, AwaitingApproval } from '../../../src/core/wire/alert.js';
import { newEntry, requestOf, type AlertVerb } from '../alert-entry.js';
import { api } from '../api.js';
import { useMessages } from '../language.js';
import { randomKey } from '../random-key.js';
import { refusalText } from '../refusal.js';
import { userAccess } from '../session.js';
import { AlertPreview } from './alert-preview.js';
import { AlertWords } from './alert-words.js';
import { AreaChoice } from './area-choice.js';
import { GradeChoice } from './grade-choice.js';
import { PhraseChoice } from './phrase-choice.js';
import { TakeBack } from './take-back.js';

const FOLLOW_UPS: readonly AlertVerb[] = ['update', 'correction', 'all-clear'];

interface AlertFormProps {
  run: string;
  mode: Mode;
  /** The alert that is gone on with; without it a new one is written. */
  thread?: string;
  onSent?: () => void;
}

/**
 * Writes an alert, shows it in its three languages with what the checks find, and only then sends it. Where it takes two people
 * it is submitted for approval instead and nobody is told.
 */
export function AlertForm({ run, mode, thread, onSent }: AlertFormProps): ReactElement {
  const messages = useMessages();
  const { send, form: words } = messages;
  const first = thread === undefined ? 'issue' : 'update';
  const [entry, setEntry] = useState(() => newEntry(first));
  const [looking, setLooking] = useState(false);
  /** The key of what was looked over last. The same words keep it, so that a second click or try, also after a look back, sends nothing twice. */
  const [asked, setAsked] = useState<{ key: string; words: string }>();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const [answer, setAnswer] = useState<AlertIssued | AwaitingApproval>();

  const look = (event: FormEvent): void => {
    event.preventDefault();
    setRefusal(undefined);
    const looked = JSON.stringify(requestOf(entry));
    setAsked((before) => (before?.words === looked ? before : { key: randomKey(), words: looked }));
    setLooking(true);
  };
  const sendIt = async (): Promise<void> => {
    setBusy(true);
    setRefusal(undefined);
    const request = requestOf(entry);
    try {
      setAnswer(
        await (thread === undefined
          ? api.sendAlert(userAccess, run, request, asked?.key ?? '')
          : api.updateAlert(userAccess, run, thread, request, asked?.key ?? '')),
      );
      setLooking(false);
      setAsked(undefined);
      setEntry(newEntry(first));
      onSent?.();
    } catch (error) {
      setRefusal(refusalText(messages, error));
    } finally {
      setBusy(false);
    }
  };

  if (answer) {
    const waits = 'state' in answer;
    return (
      <div className="alert-form" data-testid="alert-sent">
        <p role="status">{waits ? send.submitted : words.sent}</p>
        {!waits && (
          <>
            <p className="quiet">{words.undo}</p>
            <TakeBack run={run} id={answer.id} />
          </>
        )}
        <button type="button" className="button" data-testid="alert-another" onClick={() => setAnswer(undefined)}>
          {words.another}
        </button>
      </div>
    );
  }
  return (
    <div className="alert-form" data-testid="alert-form">
      {mode !== 'actual' && <p className="hint-line">{mode === 'test' ? words.testWarning : words.drillWarning}</p>}
      {!looking ? (
        <form className="alert-form" onSubmit={look}>
          {thread !== undefined && (
            <fieldset className="field">
              <legend>{words.verb}</legend>
              {FOLLOW_UPS.map((verb) => (
                <label key={verb} className="choice">
                  <input
                    type="radio"
                    name={`verb-${thread}`}
                    data-testid={`alert-verb-${verb}`}
                    checked={entry.verb === verb}
                    onChange={() => setEntry(newEntry(verb))}
                  />
                  <span>
                    <strong>{words.verbs[verb]}</strong> <span className="quiet">{words.verbHelp[verb]}</span>
                  </span>
                </label>
              ))}
            </fieldset>
          )}
          <PhraseChoice entry={entry} mode={mode} onEntry={setEntry} />
          <div className="button-row alert-grades">
            <label className="field">
              <span>{send.event}</span>
              <input
                data-testid="alert-event"
                required
                maxLength={120}
                value={entry.event}
                onChange={({ target }) => setEntry({ ...entry, event: target.value })}
              />
            </label>
            {(['severity', 'urgency', 'certainty'] as const).map((name) => (
              <GradeChoice
                key={name}
                name={name}
                value={entry[name]}
                onValue={(value) => setEntry({ ...entry, [name]: value })}
              />
            ))}
          </div>
          <AreaChoice chosen={entry.areas} onChoose={(areas) => setEntry({ ...entry, areas })} />
          <AlertWords entry={entry} onEntry={setEntry} />
          <button type="submit" className="button button-primary" data-testid="alert-preview">
            {words.preview}
          </button>
        </form>
      ) : (
        <AlertPreview
          entry={entry}
          mode={mode}
          busy={busy}
          onSend={() => void sendIt()}
          onBack={() => setLooking(false)}
        />
      )}
      {refusal !== undefined && (
        <p className="refusal" role="alert">
          {refusal}
        </p>
      )}
    </div>
  );
}
