import { useEffect, useState, type FormEvent, type ReactElement } from 'react';
import { api } from '../api.js';
import { ApiError } from '../http.js';
import { useDocument, useMessages } from '../language.js';
import { JoinForm } from '../parts/join-form.js';
import { Shell } from '../parts/shell.js';
import { navigate, usePlace } from '../router.js';
import type { Me } from '../../../src/core/wire/session.js';
import { leaveForProvider, returnFromProvider, signIn } from '../session.js';
import { errorText, useLoaded } from '../use-loaded.js';

/** Signs a person in and takes them to their desk, or a controller to control. */
export function SignInPage(): ReactElement {
  const messages = useMessages();
  const words = messages.public;
  useDocument(`${words.signIn} · ${words.brand}`, messages.language);
  const { query } = usePlace();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const refusedThere = query.get('failed');
  const [failure, setFailure] = useState(refusedThere === null ? undefined : words.signInThereFailed(refusedThere));
  const provider = useLoaded('oidc', api.oidc);

  const enter = (me: Me): void => {
    const next = query.get('next');
    // Only a path of this console: a link from elsewhere must not send a signed-in person away.
    // An administrator has no desk and no feed.
    const home = me.role === 'controller' ? '/control' : me.role === 'administrator' ? '/' : '/desk';
    const allowed = next !== null && /^\/(desk|control|replay|report|compare)(\?|$)/.test(next);
    navigate(
      allowed && me.role !== 'administrator' && (me.role === 'controller' || next.startsWith('/desk')) ? next : home,
      true,
    );
  };

  useEffect(() => {
    const refreshToken = /^#session=(.+)$/.exec(location.hash)?.[1];
    if (refreshToken !== undefined) {
      // Out of the address and its history before anything else.
      history.replaceState(history.state, '', location.pathname);
      returnFromProvider(refreshToken).then(
        (me) => me && enter(me),
        (error: unknown) => setFailure(errorText(messages, error)),
      );
    }
    // Once: the address is looked at as the page opens.
  }, []);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setFailure(undefined);
    try {
      enter(await signIn(username.trim(), password));
    } catch (error) {
      const wrong = error instanceof ApiError && (error.status === 401 || error.status === 400);
      setFailure(wrong ? words.signInFailed : errorText(messages, error));
      setBusy(false);
    }
  };

  return (
    <Shell languageChoice>
      <form className="panel sign-in" onSubmit={(event) => void submit(event)}>
        <h1 tabIndex={-1}>{words.signIn}</h1>
        <label className="field">
          <span>{words.username}</span>
          <input
            data-testid="sign-in-username"
            name="username"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required
            value={username}
            onChange={(event) => setUsername(event.target.value)}
          />
        </label>
        <label className="field">
          <span>{words.password}</span>
          <input
            data-testid="sign-in-password"
            name="password"
            type="password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </label>
        {failure !== undefined && (
          <p className="refusal" role="alert">
            {failure}
          </p>
        )}
        <button type="submit" className="button button-primary" data-testid="sign-in-submit" disabled={busy}>
          {busy ? words.signingIn : words.signIn}
        </button>
        {provider.value?.available === true && (
          <button type="button" className="button" data-testid="sign-in-provider" onClick={leaveForProvider}>
            {words.signInThere}
          </button>
        )}
        <p className="quiet hint">{words.signInHint}</p>
      </form>
      <JoinForm />
    </Shell>
  );
}
