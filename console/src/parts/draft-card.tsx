import { useState, type FormEvent, type ReactElement } from 'react';
import type { AlertDraftView } from '../../../src/core/wire/alert.js';
import type { Me } from '../../../src/core/wire/session.js';
import { api } from '../api.js';
import { useMessages } from '../language.js';
import { userAccess } from '../session.js';
import { dateAndTime } from '../time-format.js';
import { refusalText } from '../refusal.js';

interface DraftCardProps {
  draft: AlertDraftView;
  me: Me;
  timeZone: string;
  onDecided: () => void;
}

/** A draft in its languages side by side, and what the person who looks may do with it. */
export function DraftCard({ draft, me, timeZone, onDecided }: DraftCardProps): ReactElement {
  const messages = useMessages();
  const { desk, send: words, language } = messages;
  const [typed, setTyped] = useState('');
  const [password, setPassword] = useState('');
  const [refusal, setRefusal] = useState<string>();

  const decide = async (work: () => Promise<unknown>): Promise<void> => {
    setRefusal(undefined);
    try {
      await work();
      onDecided();
    } catch (error) {
      setRefusal(refusalText(messages, error));
    } finally {
      // A password stays in no field, whatever came of it.
      setPassword('');
    }
  };
  const approve = (event: FormEvent): void => {
    event.preventDefault();
    const { run, id, hash } = draft;
    void decide(() => api.approveDraft(userAccess, run, id, { hash, password, confirmation: typed }));
  };
  const grades = [
    desk.severity[draft.message.severity],
    desk.urgency[draft.message.urgency],
    desk.certainty[draft.message.certainty],
  ];

  return (
    <li className="draft-card" data-testid="draft" data-id={draft.id}>
      <h3>{draft.message.event}</h3>
      <p className="quiet">
        {grades.join(' · ')} · {words.writtenBy}: {draft.authors.join(', ')} · {words.expires}:{' '}
        {dateAndTime(Date.parse(draft.expiresAt), timeZone, language)}
      </p>
      <div className="side-by-side">
        {draft.message.info.map((info) => (
          <div key={info.language} lang={info.language}>
            <strong>{info.headline}</strong>
            {info.description !== undefined && <p>{info.description}</p>}
            {info.instruction !== undefined && <p>{info.instruction}</p>}
          </div>
        ))}
      </div>
      {draft.own && <p className="hint-line">{words.ownDraft}</p>}
      {me.role === 'approver' && !draft.own && (
        <form className="approve-form" onSubmit={approve}>
          <label className="field">
            <span>
              {words.typePhrase}: <strong data-testid="approve-phrase">{draft.confirmation}</strong>
            </span>
            <input
              data-testid="approve-typed"
              autoComplete="off"
              spellCheck={false}
              required
              value={typed}
              // What must be read and typed is not to be carried over from the line above.
              onPaste={(event) => event.preventDefault()}
              onChange={({ target }) => setTyped(target.value)}
            />
          </label>
          <label className="field">
            <span>{words.password}</span>
            <input
              data-testid="approve-password"
              type="password"
              autoComplete="current-password"
              required
              value={password}
              onChange={({ target }) => setPassword(target.value)}
            />
          </label>
          <div className="button-row">
            <button type="submit" className="button button-actual" data-testid="approve-submit">
              {words.approve}
            </button>
            <button
              type="button"
              className="button"
              data-testid="draft-reject"
              onClick={() => void decide(() => api.endDraft(userAccess, draft.run, draft.id, 'reject'))}
            >
              {words.reject}
            </button>
          </div>
        </form>
      )}
      {draft.own && (
        <button
          type="button"
          className="button"
          data-testid="draft-withdraw"
          onClick={() => void decide(() => api.endDraft(userAccess, draft.run, draft.id, 'withdraw'))}
        >
          {words.withdraw}
        </button>
      )}
      {refusal !== undefined && (
        <p className="refusal" role="alert" data-testid="draft-refusal">
          {refusal}
        </p>
      )}
    </li>
  );
}
