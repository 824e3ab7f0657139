import { useCallback, useEffect, useMemo, useState, type ReactElement } from 'react';
import { runNowOf } from '../../../src/core/clock/clock-view.js';
import type { ClockRequest } from '../../../src/core/wire/clock.js';
import type { FeedItem } from '../../../src/core/wire/feed.js';
import type { RunView } from '../../../src/core/wire/run.js';
import { api } from '../api.js';
import { hasEnded } from '../clock.js';
import type { DeskLink, LinkView } from '../desk-link.js';
import { itemKey, newestVersions, type FeedState } from '../feed.js';
import { ApiError } from '../http.js';
import { knowledgeRows, type KnowledgeRow } from '../knowledge.js';
import { MessagesContext, useDocument, useMessages } from '../language.js';
import { messagesFor } from '../messages/catalogue.js';
import { ConnectionBadge } from '../parts/connection-badge.js';
import { ItemCard } from '../parts/item-card.js';
import { Playback } from '../parts/playback.js';
import { RunBanner, RunClock } from '../parts/run-banner.js';
import { Link, Shell } from '../parts/shell.js';
import { Summary } from '../parts/summary.js';
import { WhoKnew } from '../parts/who-knew.js';
import { currentUser, demoAccess, userAccess } from '../session.js';
import { theatreDesks, type TheatreDesk } from '../theatre.js';
import { nameFor } from '../texts.js';
import { useDeskLinks } from '../use-desk-links.js';
import { errorText, useLoaded } from '../use-loaded.js';

/** Three desks side by side, each in its own language and zone, as they receive items. */
export function TheatrePage({ run: runId }: { run: string }): ReactElement {
  const messages = useMessages();
  const access = useMemo(
    () => demoAccess(runId) ?? (currentUser()?.role === 'controller' ? userAccess : undefined),
    [runId],
  );
  const run = useLoaded(access ? `run/${runId}` : '', () => api.run(access ?? userAccess, runId));
  const denied = run.error instanceof ApiError && (run.error.status === 401 || run.error.status === 403);
  const name = nameFor(run.value?.names, messages.language);
  useDocument(`${name.name || messages.public.theatre} · ${messages.public.brand}`, messages.language);

  if (!access || denied) {
    return (
      <Shell languageChoice>
        <div className="panel">
          <h1 tabIndex={-1}>{messages.public.theatre}</h1>
          <p>{messages.public.noAccess}</p>
          <p className="first-links">
            <Link to="/">{messages.public.playAgain}</Link>
            <Link to={`/sign-in?next=${encodeURIComponent(`/replay?run=${runId}`)}`}>{messages.public.signIn}</Link>
          </p>
        </div>
      </Shell>
    );
  }
  if (!run.value) {
    return (
      <Shell languageChoice>
        <div className="panel">
          <h1 tabIndex={-1}>{messages.public.theatre}</h1>
          <p role="status">{run.error === undefined ? messages.public.loading : errorText(messages, run.error)}</p>
        </div>
      </Shell>
    );
  }
  return <Theatre run={run.value} access={access} />;
}

function Theatre({ run, access }: { run: RunView; access: typeof userAccess }): ReactElement {
  const messages = useMessages();
  const desks = useMemo(() => theatreDesks(run), [run]);
  const { links, views } = useDeskLinks(
    access,
    run.id,
    desks.map((desk) => desk.id),
    false,
  );
  const scenario = useLoaded(run.scenario === undefined ? '' : `scenario/${run.scenario}`, () =>
    api.scenario(access, run.scenario ?? ''),
  );
  const [failure, setFailure] = useState<string>();
  const feed = newestClock(views, run);
  const ended = useEnded(feed);
  const lanes = desks.map((desk, index) => ({ party: desk.party, items: views[index]?.feed.items ?? [] }));
  const rows = useMemo(
    () => knowledgeRows(desks.map((desk, index) => ({ party: desk.party, items: views[index]?.feed.items ?? [] }))),
    [desks, views],
  );
  const rowOf = useMemo(() => new Map(rows.map((row) => [row.key, row])), [rows]);
  const parties = desks.map((desk) => desk.party);
  const name = nameFor(run.names, messages.language);

  const command = useCallback(
    (clockCommand: ClockRequest) => {
      setFailure(undefined);
      return api.clock(access, run.id, clockCommand).then(
        ({ clock }) => links.forEach((link: DeskLink) => link.learnClock(clock)),
        (error: unknown) => setFailure(errorText(messages, error)),
      );
    },
    [access, run.id, links, messages],
  );

  return (
    <Shell
      wide
      languageChoice
      title={
        <h1 className="top-title" tabIndex={-1} lang={name.language}>
          {name.name}
        </h1>
      }
    >
      <div className={`theatre theatre-${run.mode}`}>
        <RunBanner run={run} mode={run.mode} feed={feed} timeZone={run.timeZone} connection={null} compact />
        <Playback feed={feed} lanes={lanes} timeZone={run.timeZone} command={command} />
        {failure !== undefined && (
          <p className="refusal" role="alert">
            {failure}
          </p>
        )}
        {ended && <Summary rows={rows} parties={parties} timeZone={run.timeZone} scenario={scenario.value} />}
        <div className="columns">
          {desks.map((desk, index) => {
            const view = views[index];
            return (
              view && (
                <MessagesContext key={desk.id} value={messagesFor(desk.language)}>
                  <Column desk={desk} job={run.job} view={view} rowOf={rowOf} parties={parties} ended={ended} />
                </MessagesContext>
              )
            );
          })}
        </div>
      </div>
    </Shell>
  );
}

/** The banner follows whichever column heard the latest word on the clock. */
function newestClock(views: readonly LinkView[], run: RunView): Pick<FeedState, 'clock' | 'serverOffsetMs'> {
  const best = views
    .map((view) => view.feed)
    .filter((feed) => feed.clock !== undefined)
    .sort((a, b) => (b.clock?.revision ?? 0) - (a.clock?.revision ?? 0))[0];
  return best ?? { clock: run.clock, serverOffsetMs: 0 };
}

/** Renders again only when the run ends, not with each step of the clock. */
function useEnded(feed: Pick<FeedState, 'clock' | 'serverOffsetMs'>): boolean {
  const [ended, setEnded] = useState(false);
  useEffect(() => {
    const check = (): void =>
      setEnded(
        feed.clock !== undefined && hasEnded(feed.clock, runNowOf(feed.clock, Date.now() + feed.serverOffsetMs)),
      );
    check();
    const timer = setInterval(check, 500);
    return () => clearInterval(timer);
  }, [feed.clock, feed.serverOffsetMs]);
  return ended;
}

function Column(props: {
  desk: TheatreDesk;
  job: RunView['job'];
  view: LinkView;
  rowOf: ReadonlyMap<string, KnowledgeRow>;
  parties: readonly string[];
  ended: boolean;
}): ReactElement {
  const { desk: words, language } = useMessages();
  const { desk, view } = props;
  const { items } = view.feed;
  const newest = useMemo(() => newestVersions(items), [items]);
  const name = nameFor(desk.names, language);
  const headingId = `column-${desk.id}`;
  const replaced = (item: FeedItem): number | undefined => {
    const version = newest.get(itemKey(item)) ?? item.version;
    return version > item.version ? version : undefined;
  };
  return (
    <section
      className="column"
      lang={desk.language}
      data-testid={`column-${desk.party.toLowerCase()}`}
      aria-labelledby={headingId}
    >
      <header className="column-head">
        <div className="column-title">
          <span className="party" aria-hidden="true">
            {desk.party}
          </span>
          <h2 id={headingId} lang={name.language}>
            {name.name}
          </h2>
        </div>
        <RunClock feed={view.feed} timeZone={desk.timeZone} big />
        <div className="column-status">
          <ConnectionBadge connection={view.connection} timeZone={desk.timeZone} job={props.job} />
          <span className="quiet">{words.items(items.length)}</span>
        </div>
        {view.refused !== undefined && (
          <p className="refusal">{words.refusedFeed[view.refused as keyof typeof words.refusedFeed] ?? view.refused}</p>
        )}
      </header>
      <div className="column-items" tabIndex={0} role="region" aria-labelledby={headingId}>
        {items.length === 0 && (
          <div className="empty">
            <p>{words.empty}</p>
            <p className="quiet">{words.emptyHint}</p>
          </div>
        )}
        {[...items].reverse().map((item) => (
          <ItemCard
            key={`${view.feed.epoch}/${item.seq}`}
            item={item}
            feed={view.feed}
            timeZone={desk.timeZone}
            supersededBy={replaced(item)}
          >
            <WhoKnew row={props.rowOf.get(itemKey(item))} parties={props.parties} ended={props.ended} />
          </ItemCard>
        ))}
      </div>
    </section>
  );
}
