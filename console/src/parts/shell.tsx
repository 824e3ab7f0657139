import type { MouseEvent, ReactElement, ReactNode } from 'react';
import { chooseLanguage, useMessages } from '../language.js';
import { UI_LANGUAGES } from '../messages/catalogue.js';
import { navigate } from '../router.js';
import { AccountMenu } from './account-menu.js';

const LANGUAGE_NAMES = { 'ja-JP': '日本語', 'ko-KR': '한국어', 'en-US': 'English' } as const;

/** A link within the console that does not load it anew. */
export function Link(props: { to: string; className?: string; children: ReactNode; testId?: string }): ReactElement {
  const follow = (event: MouseEvent): void => {
    if (event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      navigate(props.to);
    }
  };
  return (
    <a href={props.to} className={props.className} onClick={follow} data-testid={props.testId}>
      {props.children}
    </a>
  );
}

/** The mark: three desks, one of which knows first. */
function Mark(): ReactElement {
  return (
    <svg viewBox="0 0 32 32" width="26" height="26" aria-hidden="true" className="mark">
      <path d="M16 6.5 26 24.2H6Z" fill="none" stroke="currentColor" strokeWidth="1.4" className="mark-line" />
      <circle cx="16" cy="6.5" r="3.6" className="mark-first" />
      <circle cx="26" cy="24.2" r="3.6" className="mark-second" />
      <circle cx="6" cy="24.2" r="3.6" className="mark-third" />
    </svg>
  );
}

/** The head of every page, and its main part. */
export function Shell(props: {
  children: ReactNode;
  /** Shown beside the name, such as a page's title or a desk's name. */
  title?: ReactNode;
  actions?: ReactNode;
  /** A desk reads its own language; other pages let the reader choose. */
  languageChoice?: boolean;
  wide?: boolean;
}): ReactElement {
  const messages = useMessages();
  return (
    <>
      <a className="skip" href="#main">
        {messages.public.skip}
      </a>
      <header className="top">
        <Link to="/" className="brand">
          <Mark />
          {messages.public.brand}
        </Link>
        {props.title}
        <div className="top-actions">
          {props.actions}
          {props.languageChoice && (
            <div className="languages" role="group" aria-label="Language · 言語 · 언어">
              {UI_LANGUAGES.map((language) => (
                <button
                  key={language}
                  type="button"
                  lang={language}
                  aria-pressed={messages.language === language}
                  onClick={() => chooseLanguage(language)}
                >
                  {LANGUAGE_NAMES[language]}
                </button>
              ))}
            </div>
          )}
          <AccountMenu />
        </div>
      </header>
      <main id="main" className={props.wide ? 'wide' : undefined}>
        {props.children}
      </main>
    </>
  );
}
