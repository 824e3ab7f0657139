import { useState, useSyncExternalStore, type FocusEvent, type KeyboardEvent, type ReactElement } from 'react';
import { useMessages } from '../language.js';
import { navigate } from '../router.js';
import { currentUser, signOut, signOutEverywhere, subscribeSession } from '../session.js';
import { errorText } from '../use-loaded.js';

/** Who is signed in, and how to end that here or on every device; nothing while nobody is. */
export function AccountMenu(): ReactElement | null {
  const messages = useMessages();
  const { public: words } = messages;
  const me = useSyncExternalStore(subscribeSession, currentUser);
  const [open, setOpen] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  if (!me) {
    return null;
  }

  const leave = (): void => {
    signOut();
    navigate('/');
  };
  const leaveEverywhere = async (): Promise<void> => {
    setFailure(undefined);
    try {
      await signOutEverywhere();
      navigate('/');
    } catch (error) {
      setFailure(error);
    }
  };
  const onBlur = ({ currentTarget, relatedTarget }: FocusEvent): void => {
    if (!currentTarget.contains(relatedTarget)) {
      setOpen(false);
    }
  };
  const onKeyDown = ({ key, currentTarget }: KeyboardEvent): void => {
    if (key === 'Escape') {
      setOpen(false);
      currentTarget.querySelector('button')?.focus();
    }
  };

  return (
    <div className="account" onBlur={onBlur} onKeyDown={onKeyDown}>
      <button
        type="button"
        className="button button-quiet"
        aria-expanded={open}
        data-testid="account"
        onClick={() => setOpen(!open)}
      >
        <span className="account-name">{me.displayName}</span> <span aria-hidden="true">▾</span>
      </button>
      {open && (
        <div className="account-choices panel">
          <button type="button" className="button" data-testid="sign-out" onClick={leave}>
            {words.signOut}
          </button>
          {/* A player has one token for one run and no account, so there is nothing elsewhere to end. */}
          {me.onlyRun === undefined && (
            <>
              <button
                type="button"
                className="button"
                data-testid="sign-out-everywhere"
                aria-describedby="everywhere-hint"
                onClick={() => void leaveEverywhere()}
              >
                {words.signOutEverywhere}
              </button>
              <p id="everywhere-hint" className="quiet hint">
                {words.signOutEverywhereHint}
              </p>
            </>
          )}
          {failure !== undefined && (
            <p className="refusal" role="alert">
              {errorText(messages, failure)}
            </p>
          )}
        </div>
      )}
    </div>
  );
}
