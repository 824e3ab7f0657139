import { useState, type FormEvent, type ReactElement } from 'react';
import { ApiError } from '../http.js';
import { useMessages } from '../language.js';
import { navigate } from '../router.js';
import { joinRun } from '../session.js';
import { errorText } from '../use-loaded.js';

/** Lets a player into an exercise with a code that control handed out. */
export function JoinForm(): ReactElement {
  const messages = useMessages();
  const words = messages.public;
  const [code, setCode] = useState('');
  const [name, setName] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setFailure(undefined);
    try {
      navigate(`/desk?run=${encodeURIComponent(await joinRun(code, name.trim()))}`, true);
    } catch (error) {
      const known = error instanceof ApiError ? words.joinFailures[error.code] : undefined;
      setFailure(known ?? errorText(messages, error));
      setBusy(false);
    }
  };

  return (
    <form className="panel sign-in" onSubmit={(event) => void submit(event)}>
      <h2>{words.join}</h2>
      <label className="field">
        <span>{words.joinCode}</span>
        <input
          data-testid="join-code"
          name="code"
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          placeholder="7K3M-Q0XD"
          required
          maxLength={40}
          value={code}
          onChange={(event) => setCode(event.target.value)}
        />
      </label>
      <label className="field">
        <span>{words.joinName}</span>
        <input
          data-testid="join-name"
          name="name"
          autoComplete="name"
          required
          maxLength={80}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      {failure !== undefined && (
        <p className="refusal" role="alert">
          {failure}
        </p>
      )}
      <button type="submit" className="button" data-testid="join-submit" disabled={busy}>
        {words.joinButton}
      </button>
    </form>
  );
}
