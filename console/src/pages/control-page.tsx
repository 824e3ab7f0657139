import { useMemo, type ReactElement } from 'react';
import type { FeedItem } from '../../../src/core/wire/feed.js';
import type { InjectView } from '../../../src/core/wire/inject.js';
import type { Report } from '../../../src/core/wire/report.js';
import type { RunView } from '../../../src/core/wire/run.js';
import type { Me } from '../../../src/core/wire/session.js';
import { api } from '../api.js';
import { itemKey, newestVersions } from '../feed.js';
import { useDocument, useMessages } from '../language.js';
import { ClockControls } from '../parts/clock-controls.js';
import { ConnectionBadge } from '../parts/connection-badge.js';
import { DrillSend } from '../parts/drill-send.js';
import { DutyMatrix } from '../parts/duty-matrix.js';
import { InjectTable } from '../parts/inject-table.js';
import { ItemCard } from '../parts/item-card.js';
import { JoinCodes } from '../parts/join-codes.js';
import { LiveRegions } from '../parts/live-regions.js';
import { Marked } from '../parts/marked.js';
import { OwnAlert } from '../parts/own-alert.js';
import { RunBanner } from '../parts/run-banner.js';
import { RunList } from '../parts/run-list.js';
import { Link, Shell } from '../parts/shell.js';
import { StartRun } from '../parts/start-run.js';
import { userAccess } from '../session.js';
import { nameFor, textFor } from '../texts.js';
import { useDeskLinks } from '../use-desk-links.js';
import { errorText, useLoaded } from '../use-loaded.js';
import { useSnapshot } from '../use-snapshot.js';

const INJECTS_EVERY_MS = 2000;
const REPORT_EVERY_MS = 5000;

/** An alert that control issued in its own name. */
const isOfControl = ({ kind, body }: FeedItem): boolean => kind === 'alert' && body.actor?.['en-US'] === 'Control';

/** The controller's page: all runs, or one run in hand. */
export function ControlPage({ me, run }: { me: Me; run: string }): ReactElement {
  const messages = useMessages();
  if (me.role !== 'controller') {
    return (
      <Shell languageChoice>
        <div className="panel">
          <h1 tabIndex={-1}>{messages.control.title}</h1>
          <p>{messages.control.notController}</p>
        </div>
      </Shell>
    );
  }
  return run === '' ? <AllRuns /> : <RunControl key={run} runId={run} />;
}

function AllRuns(): ReactElement {
  const messages = useMessages();
  const { control: words } = messages;
  useDocument(`${words.title} · Triwatch`, messages.language);
  const runs = useLoaded('runs', () => api.runs(userAccess), 3000);
  return (
    <Shell wide languageChoice>
      <div className="control-home">
        <h1 tabIndex={-1}>{words.title}</h1>
        <StartRun />
        <section className="panel" aria-labelledby="runs-title">
          <h2 id="runs-title">{words.runs}</h2>
          {runs.error !== undefined && <p className="refusal">{errorText(messages, runs.error)}</p>}
          {runs.value && (
            <RunList
              runs={runs.value}
              timeZone="UTC"
              actions={(run) => (
                <Link to={`/control?run=${encodeURIComponent(run.id)}`} className="button">
                  {words.openControl}
                </Link>
              )}
            />
          )}
        </section>
      </div>
    </Shell>
  );
}

function RunControl({ runId }: { runId: string }): ReactElement {
  const messages = useMessages();
  const { control: words, desk, language } = messages;
  const run = useLoaded(`run/${runId}`, () => api.run(userAccess, runId));
  const injects = useLoaded(`injects/${runId}`, () => api.injects(userAccess, runId), INJECTS_EVERY_MS);
  const report = useLoaded(`report/${runId}`, () => api.report(userAccess, runId), REPORT_EVERY_MS);
  const { links, views } = useDeskLinks(userAccess, runId, ['control'], false);
  const view = views[0];
  useSnapshot(runId, 'control', links[0], view);
  const name = nameFor(run.value?.names, language);
  const mode = run.value?.mode ?? 'test';
  const timeZone = run.value?.timeZone ?? 'UTC';
  useDocument(`${desk.mode[mode]} · ${name.name || words.title} · Triwatch`, language);

  const items = useMemo(() => view?.feed.items ?? [], [view]);
  const newest = useMemo(() => newestVersions(items), [items]);
  const feed = view?.feed.clock
    ? view.feed
    : { clock: run.value?.clock, serverOffsetMs: view?.feed.serverOffsetMs ?? 0 };
  const query = encodeURIComponent(runId);

  return (
    <Shell
      wide
      languageChoice
      title={
        <h1 className="top-title" tabIndex={-1}>
          <span className="quiet">{words.title} ·</span> <span lang={name.language}>{name.name}</span>
        </h1>
      }
      actions={
        <Link to="/control" className="button button-quiet">
          {words.runs}
        </Link>
      }
    >
      <div className={`control frame-${mode}`}>
        <RunBanner
          run={run.value}
          mode={mode}
          feed={feed}
          timeZone={timeZone}
          connection={view && <ConnectionBadge connection={view.connection} timeZone={timeZone} job={run.value?.job} />}
          compact
        />
        <LiveRegions items={items} quiet={view?.connection.state !== 'live'} />
        {run.error !== undefined && (
          <p className="refusal" role="alert">
            {errorText(messages, run.error)}
          </p>
        )}
        <div className="control-grid">
          <div className="control-side">
            <ClockControls
              run={runId}
              feed={feed}
              timeZone={timeZone}
              onClock={(clock) => {
                links.forEach((link) => link.learnClock(clock));
                injects.reload();
              }}
            />
            <Answers injects={injects.value ?? []} />
            <Acknowledged run={run.value} report={report.value} />
            {run.value && run.value.job !== 'watch' && <JoinCodes run={run.value} />}
            <nav className="panel control-links" aria-label={words.ofRun}>
              <Link to={`/report?run=${query}`} className="button" testId="report-link">
                {words.report}
              </Link>
              <Link to={`/replay?run=${query}`} className="button">
                {words.openTheatre}
              </Link>
              {run.value?.audiences
                .flatMap((audience) => audience.desks ?? [])
                .map((each) => (
                  <Link key={each.id} to={`/desk?run=${query}&desk=${encodeURIComponent(each.id)}`}>
                    {words.openDesk(nameFor(each.names, language).name)}
                  </Link>
                ))}
            </nav>
          </div>
          <div className="control-main">
            {view && run.value?.job !== 'replay' && (
              <DutyMatrix run={run.value} feed={view.feed} report={report.value} />
            )}
            {run.value && mode !== 'actual' && <DrillSend run={runId} mode={mode} />}
            <section className="panel" aria-labelledby="injects-title">
              <h2 id="injects-title">{words.injects}</h2>
              {injects.error !== undefined && <p className="refusal">{errorText(messages, injects.error)}</p>}
              <InjectTable
                run={runId}
                injects={injects.value ?? []}
                feed={feed}
                timeZone={timeZone}
                onSent={injects.reload}
              />
            </section>
            <section aria-labelledby="feed-title">
              <h2 id="feed-title" className="feed-title">
                {words.controlFeed} <span className="quiet">{desk.items(items.length)}</span>
              </h2>
              {items.length === 0 && <p className="empty quiet">{desk.empty}</p>}
              <div className="desk-items">
                {[...items].reverse().map((item) => {
                  const version = newest.get(itemKey(item)) ?? item.version;
                  return (
                    <ItemCard
                      key={`${view?.feed.epoch}/${item.seq}`}
                      item={item}
                      feed={feed}
                      timeZone={timeZone}
                      supersededBy={version > item.version ? version : undefined}
                      atControl
                    >
                      {version === item.version && mode !== 'actual' && isOfControl(item) && (
                        <OwnAlert run={runId} mode={mode} id={item.id} mayWrite />
                      )}
                    </ItemCard>
                  );
                })}
              </div>
            </section>
          </div>
        </div>
      </div>
    </Shell>
  );
}

/** Who answered, and whom control is waiting for. */
function Answers({ injects }: { injects: readonly InjectView[] }): ReactElement {
  const { control: words, language } = useMessages();
  const sent = injects.flatMap((inject) =>
    inject.deliveries
      .filter((delivery) => delivery.state === 'sent')
      .map((delivery) => ({ inject, delivery, headline: textFor(inject.texts, language).headline })),
  );
  const waiting = sent.filter(({ delivery }) => delivery.answers.length === 0);
  const answered = sent.flatMap((entry) => entry.delivery.answers.map((answer) => ({ ...entry, answer })));
  return (
    <section className="panel answers" aria-labelledby="answers-title">
      <h2 id="answers-title">{words.waitingFor}</h2>
      {waiting.length === 0 && (
        <p className="quiet">{sent.length === 0 ? words.waitingNoneSent : words.waitingNobody}</p>
      )}
      <ul>
        {waiting.map(({ inject, delivery, headline }) => (
          <li key={`${inject.id}/${delivery.audience}`} data-testid="waiting-for" data-audience={delivery.audience}>
            <span className="tag">{delivery.audience.toUpperCase()}</span> <Marked text={headline} />
          </li>
        ))}
      </ul>
      <h2>{words.answeredBy}</h2>
      {answered.length === 0 && <p className="quiet">{words.answeredNobody}</p>}
      <ul>
        {answered.map(({ inject, delivery, headline, answer }) => (
          <li key={`${inject.id}/${answer.desk}`} data-testid="answered-by" data-audience={delivery.audience}>
            <span className="tag">{delivery.audience.toUpperCase()}</span> <Marked text={headline} />{' '}
            <span className="quiet">
              {answer.person} · {answer.inTime ? words.inTime : words.late}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** How many of the items that an audience was shown have a name to them. */
function Acknowledged({ run, report }: { run: RunView | undefined; report: Report | undefined }): ReactElement {
  const { control: words, language } = useMessages();
  const audiences = run?.audiences.filter((audience) => audience.party !== undefined) ?? [];
  return (
    <section className="panel" aria-labelledby="acknowledged-title">
      <h2 id="acknowledged-title">{words.acknowledgements}</h2>
      <ul className="counts">
        {audiences.map((audience) => {
          const shown = report?.shown.filter((entry) => entry.audience === audience.audience) ?? [];
          const done = shown.filter((entry) => entry.acknowledged.length > 0).length;
          return (
            <li key={audience.audience}>
              <span className="tag">{audience.audience.toUpperCase()}</span>
              <span>{nameFor(audience.names, language).name}</span>
              <span className="digits">{words.unacknowledged(done, shown.length)}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
