import { useEffect, useRef, useSyncExternalStore, type ReactElement } from 'react';
import type { Me } from '../../src/core/wire/session.js';
import { MessagesContext, useChosenLanguage } from './language.js';
import { messagesFor } from './messages/catalogue.js';
import { ComparePage } from './pages/compare-page.js';
import { ControlPage } from './pages/control-page.js';
import { DeskPage } from './pages/desk-page.js';
import { FirstPage } from './pages/first-page.js';
import { ReportPage } from './pages/report-page.js';
import { SignInPage } from './pages/sign-in-page.js';
import { TheatrePage } from './pages/theatre-page.js';
import { Link, Shell } from './parts/shell.js';
import { navigate, usePlace, type Place } from './router.js';
import { currentUser, subscribeSession } from './session.js';

/** The console: picks the page by the address and sends people without a session to the sign-in. */
export function App(): ReactElement {
  const place = usePlace();
  const me = useSyncExternalStore(subscribeSession, currentUser);
  const language = useChosenLanguage();
  useFocusOnHeading(place.path);
  return <MessagesContext value={messagesFor(language)}>{pageFor(place, me)}</MessagesContext>;
}

function pageFor({ path, query }: Place, me: Me | undefined): ReactElement {
  const run = query.get('run') ?? '';
  switch (path) {
    case '/':
      return <FirstPage />;
    case '/replay':
      return <TheatrePage key={`${run}/${me?.username ?? ''}`} run={run} />;
    case '/sign-in':
      return <SignInPage />;
    case '/desk':
      return me ? <DeskPage me={me} run={run} desk={query.get('desk') ?? undefined} /> : <ToSignIn />;
    case '/control':
      return me ? <ControlPage me={me} run={run} /> : <ToSignIn />;
    case '/compare':
      return me ? <ComparePage me={me} scenario={query.get('scenario') ?? undefined} /> : <ToSignIn />;
    case '/report':
      return me ? <ReportPage run={run} /> : <ToSignIn />;
    default:
      return <NotFound />;
  }
}

function ToSignIn(): null {
  useEffect(() => {
    const next = window.location.pathname + window.location.search;
    navigate(`/sign-in?next=${encodeURIComponent(next)}`, true);
  }, []);
  return null;
}

function NotFound(): ReactElement {
  const { public: words } = messagesFor(useChosenLanguage());
  return (
    <Shell languageChoice>
      <div className="panel">
        <h1 tabIndex={-1}>{words.notFound}</h1>
        <Link to="/">{words.home}</Link>
      </div>
    </Shell>
  );
}

/** After a change of page the focus goes to its heading, as it would after a load; not on the first load itself. */
function useFocusOnHeading(path: string): void {
  const before = useRef(path);
  useEffect(() => {
    if (before.current !== path) {
      before.current = path;
      document.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
    }
  }, [path]);
}
