import { useState, type ReactElement } from 'react';
import type { PreparedView } from '../../../src/core/wire/alert.js';
import { api } from '../api.js';
import { useMessages } from '../language.js';
import { refusalText } from '../refusal.js';
import { userAccess } from '../session.js';

/** Takes an alert of the own desk back in two clicks: the first shows the words that are ready, the second sends them. */
export function TakeBack({ run, id }: { run: string; id: string }): ReactElement {
  const messages = useMessages();
  const { send: words } = messages;
  const [ready, setReady] = useState<PreparedView>();
  const [refusal, setRefusal] = useState<string>();

  const work = (doing: () => Promise<PreparedView | undefined>): void => {
    setRefusal(undefined);
    void doing().then(setReady, (error: unknown) => setRefusal(refusalText(messages, error)));
  };
  const send = (prepared: 'false-alarm' | 'cancellation'): void =>
    work(async () => {
      await api.cancelAlert(userAccess, run, id, { prepared });
      return undefined;
    });

  return (
    <div className="take-back">
      {!ready && (
        <button
          type="button"
          className="button"
          data-testid="take-back"
          onClick={() => work(() => api.prepared(userAccess, run, id))}
        >
          {words.takeBack}
        </button>
      )}
      {ready &&
        (
          [
            ['false-alarm', ready.falseAlarm, words.falseAlarm],
            ['cancellation', ready.cancellation, words.cancelOnly],
          ] as const
        ).map(([what, info, label]) => (
          <div key={what} className="prepared">
            <div className="side-by-side">
              {info.map(({ language, headline, description }) => (
                <div key={language} lang={language}>
                  <strong>{headline}</strong>
                  {description !== undefined && <p>{description}</p>}
                </div>
              ))}
            </div>
            <button type="button" className="button" data-testid={`send-${what}`} onClick={() => send(what)}>
              {label}
            </button>
          </div>
        ))}
      {ready && (
        <button type="button" className="button button-quiet" onClick={() => setReady(undefined)}>
          {words.keep}
        </button>
      )}
      {refusal !== undefined && (
        <p className="refusal" role="alert">
          {refusal}
        </p>
      )}
    </div>
  );
}
