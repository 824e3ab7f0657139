import { useMemo, type ReactElement } from 'react';
import type { DeskView } from '../../../src/core/wire/desk.js';
import type { RunView } from '../../../src/core/wire/run.js';
import type { FeedItem } from '../../../src/core/wire/feed.js';
import type { Me, Role } from '../../../src/core/wire/session.js';
import { api } from '../api.js';
import { receiptsOf } from '../duty-index.js';
import { emptyFeed, itemKey, needsReceipt, newestVersions, unacknowledged } from '../feed.js';
import { MessagesContext, useDocument, useMessages } from '../language.js';
import { messagesFor } from '../messages/catalogue.js';
import { Acknowledge } from '../parts/acknowledge.js';
import { ConnectionBadge } from '../parts/connection-badge.js';
import { DrillSend } from '../parts/drill-send.js';
import { Drafts } from '../parts/drafts.js';
import { Duty } from '../parts/duty.js';
import { InjectForm } from '../parts/inject-form.js';
import { ItemCard } from '../parts/item-card.js';
import { LiveRegions } from '../parts/live-regions.js';
import { OwnAlert } from '../parts/own-alert.js';
import { OwnDuties } from '../parts/own-duties.js';
import { RunBanner } from '../parts/run-banner.js';
import { RunList } from '../parts/run-list.js';
import { Link, Shell } from '../parts/shell.js';
import { userAccess } from '../session.js';
import { deskNames, nameFor } from '../texts.js';
import { useDeskLinks } from '../use-desk-links.js';
import { useDutyIndex } from '../use-duty-index.js';
import { errorText, useLoaded } from '../use-loaded.js';
import { useSnapshot } from '../use-snapshot.js';

const WRITERS: readonly Role[] = ['drafter', 'approver'];
const SENDERS: readonly Role[] = ['officer', ...WRITERS];

/** An alert that this desk issued; the service decides, this only leaves the button off the others. */
const isOwnAlert = ({ kind, body }: FeedItem, desk: DeskView): boolean =>
  kind === 'alert' && body.actor?.['en-US'] === desk.names['en-US'];

/** A desk's own console. A controller may look on at any desk with `?desk=`. */
export function DeskPage({ me, run, desk }: { me: Me; run: string; desk: string | undefined }): ReactElement {
  const onlooker = me.role === 'controller';
  const desks = useLoaded(onlooker && desk !== undefined ? 'desks' : '', () => api.desks(userAccess));
  const shown = onlooker ? desks.value?.find((entry) => entry.id === desk) : me.desk;
  const messages = useMessages();
  const words = messagesFor(shown?.language ?? messages.language);
  return (
    <MessagesContext value={words}>
      {shown && run !== '' && <DeskConsole key={`${run}/${shown.id}`} me={me} runId={run} desk={shown} />}
      {shown && run === '' && <ChooseRun desk={shown} />}
      {!shown && (
        <Shell>
          <div className="panel">
            <h1 tabIndex={-1}>{words.desk.chooseRun}</h1>
            <p role="status">{desks.error === undefined ? words.public.loading : errorText(words, desks.error)}</p>
          </div>
        </Shell>
      )}
    </MessagesContext>
  );
}

function DeskTitle({ desk, heading }: { desk: DeskView; heading: boolean }): ReactElement {
  const { language } = useMessages();
  const name = nameFor(desk.names, language);
  return heading ? (
    <h1 className="top-title" tabIndex={-1} lang={name.language}>
      {name.name}
    </h1>
  ) : (
    <span className="top-title" lang={name.language}>
      {name.name}
    </span>
  );
}

function ChooseRun({ desk }: { desk: DeskView }): ReactElement {
  const messages = useMessages();
  const words = messages.desk;
  useDocument(`${words.chooseRun} · ${nameFor(desk.names, messages.language).name} · Triwatch`, messages.language);
  const runs = useLoaded('runs', () => api.runs(userAccess), 5000);
  const mine = (run: RunView): boolean =>
    run.audiences.some((entry) => entry.desks.some((each) => each.id === desk.id) ?? false);
  return (
    <Shell title={<DeskTitle desk={desk} heading={false} />}>
      <div className="panel">
        <h1 tabIndex={-1}>{words.chooseRun}</h1>
        <p className="quiet">{words.chooseRunHint}</p>
        {runs.error !== undefined && <p className="refusal">{errorText(messages, runs.error)}</p>}
        {!runs.value && runs.error === undefined && <p role="status">{messages.public.loading}</p>}
        {runs.value && (
          <RunList
            runs={runs.value.filter(mine)}
            timeZone={desk.timeZone}
            actions={(run) => (
              <Link to={`/desk?run=${encodeURIComponent(run.id)}`} className="button button-primary">
                {words.openRun}
              </Link>
            )}
          />
        )}
      </div>
    </Shell>
  );
}

function DeskConsole({ me, runId, desk }: { me: Me; runId: string; desk: DeskView }): ReactElement {
  const messages = useMessages();
  const words = messages.desk;
  const officer = me.role === 'officer';
  const run = useLoaded(`run/${runId}`, () => api.run(userAccess, runId));
  const { links, views } = useDeskLinks(userAccess, runId, [desk.id], officer);
  const link = links[0];
  const view = views[0];
  const feed = view?.feed;
  const { items, acknowledged } = feed ?? emptyFeed;
  const index = useDutyIndex(feed ?? emptyFeed);
  const newest = useMemo(() => newestVersions(items), [items]);
  const waiting = useMemo(
    () => unacknowledged({ items, acknowledged }, desk.id).length,
    [items, acknowledged, desk.id],
  );
  const nameOf = useMemo(() => deskNames(run.value, messages.language), [run.value, messages.language]);
  const mode = run.value?.mode ?? items[0]?.body.mode ?? 'test';
  const deskName = nameFor(desk.names, messages.language).name;
  useDocument(
    `${waiting > 0 && officer ? `(${waiting}) ` : ''}${words.mode[mode]} · ${deskName} · Triwatch`,
    messages.language,
  );

  const audience = run.value?.audiences.find((entry) => entry.desks.some((each) => each.id === desk.id))?.audience;
  useSnapshot(runId, audience, link, view);

  if (!feed || !view) {
    return <p role="status">{messages.public.loading}</p>;
  }
  const unhealthy = view.connection.state === 'stale' || view.connection.state === 'down';
  return (
    <Shell
      wide
      title={<DeskTitle desk={desk} heading />}
      actions={
        <Link to={me.role === 'controller' ? '/control' : '/desk'} className="button button-quiet">
          {words.otherRuns}
        </Link>
      }
    >
      <div className={`desk frame-${mode}`}>
        <RunBanner
          run={run.value}
          mode={mode}
          feed={feed}
          timeZone={desk.timeZone}
          connection={<ConnectionBadge connection={view.connection} timeZone={desk.timeZone} job={run.value?.job} />}
        />
        <LiveRegions items={items} quiet={view.connection.state !== 'live'} />
        {unhealthy && (
          <p className="link-warning" role="alert">
            {words.connectionHelp[view.connection.state === 'stale' ? 'stale' : 'down']}
          </p>
        )}
        {view.sentTooMuch && view.connection.state !== 'live' && (
          <p className="hint-line" role="status">
            {words.sentTooMuch}
          </p>
        )}
        {view.refused !== undefined && (
          <p className="refusal" role="alert">
            {words.refusedFeed[view.refused as keyof typeof words.refusedFeed] ?? view.refused}
          </p>
        )}
        {feed.resetReason === 'REWOUND' && <p className="hint-line">{words.rewound}</p>}
        {!officer && <p className="hint-line">{words.onlooker}</p>}
        {mode === 'actual' && run.value && WRITERS.includes(me.role) && (
          <Drafts run={run.value.id} me={me} timeZone={desk.timeZone} />
        )}
        {mode !== 'actual' && run.value && SENDERS.includes(me.role) && <DrillSend run={run.value.id} mode={mode} />}
        <OwnDuties index={index} feed={feed} desk={desk.id} timeZone={desk.timeZone} />
        <div className="desk-count">
          <span>{words.items(items.length)}</span>
          {officer && items.length > 0 && (
            <strong className={waiting > 0 ? 'waiting' : 'quiet'} data-testid="unacknowledged" data-count={waiting}>
              {waiting > 0 ? words.unacknowledged(waiting) : words.allAcknowledged}
            </strong>
          )}
        </div>
        <div className="desk-items">
          {items.length === 0 && (
            <div className="empty">
              <p>{words.empty}</p>
              <p className="quiet">{words.emptyHint}</p>
            </div>
          )}
          {[...items].reverse().map((item) => {
            const version = newest.get(itemKey(item)) ?? item.version;
            return (
              <ItemCard
                key={`${feed.epoch}/${item.seq}`}
                item={item}
                feed={feed}
                timeZone={desk.timeZone}
                supersededBy={version > item.version ? version : undefined}
                onDisplayed={officer ? (shown) => link?.markDisplayed(shown) : undefined}
              >
                <Duty item={item} index={index} feed={feed} desk={desk} nameOf={nameOf} />
                <InjectForm item={item} feed={feed} link={link} desk={desk} mayAnswer={officer} />
                {version === item.version && isOwnAlert(item, desk) && run.value && SENDERS.includes(me.role) && (
                  <OwnAlert
                    run={run.value.id}
                    mode={mode}
                    id={item.id}
                    mayWrite={mode !== 'actual' || WRITERS.includes(me.role)}
                  />
                )}
                {version === item.version && needsReceipt(item) && (
                  <Acknowledge
                    item={item}
                    link={link}
                    me={me}
                    desk={desk}
                    job={run.value?.job}
                    acknowledged={receiptsOf(index, item)}
                  />
                )}
              </ItemCard>
            );
          })}
        </div>
      </div>
    </Shell>
  );
}
