import { useMemo, type ReactElement } from 'react';
import type { ObligationView } from '../../../src/core/wire/obligation.js';
import type { FeedItem } from '../../../src/core/wire/feed.js';
import type { Report } from '../../../src/core/wire/report.js';
import type { RunView } from '../../../src/core/wire/run.js';
import { obligationsOf, overdueDuties, progressOf, standingOf } from '../duties.js';
import { itemKey, newestVersions, type FeedState } from '../feed.js';
import { useMessages } from '../language.js';
import { wordFor } from '../messages/catalogue.js';
import { useRunNow } from '../now.js';
import { nameFor, textFor } from '../texts.js';
import { countdown } from '../time-format.js';
import { Marked } from './marked.js';

/** Rows at a glance; older alerts are in the report. */
const ROWS = 20;

interface DutyMatrixProps {
  run: RunView | undefined;
  feed: FeedState;
  report: Report | undefined;
}

/** What is overdue, and under it how far each desk has got with each alert. */
export function DutyMatrix({ run, feed, report }: DutyMatrixProps): ReactElement {
  const { control: words, language } = useMessages();
  const now = useRunNow(feed) ?? 0;
  const newest = useMemo(() => newestVersions(feed.items), [feed.items]);
  const alerts = feed.items
    .filter((item) => item.kind === 'alert' && newest.get(itemKey(item)) === item.version)
    .slice(-ROWS)
    .reverse();
  const desks = (run?.audiences ?? []).flatMap(({ audience, desks: own }) =>
    own.map(({ id, names }) => ({ id, audience, name: nameFor(names, language).name })),
  );
  const overdue = overdueDuties(feed, feed.items, now);
  return (
    <section className="panel duties" aria-labelledby="duties-title">
      <h2 id="duties-title">{words.duties}</h2>
      {overdue.length > 0 ? (
        <ul className="overdue-list" data-testid="overdue-duties" data-count={overdue.length} role="alert">
          {overdue.map((each) => (
            <li key={`${each.kind}/${each.id}/${each.version}/${each.desk}`}>
              <strong className="overdue">
                <span aria-hidden="true">▲ </span>
                {desks.find(({ id }) => id === each.desk)?.name ?? each.desk}
              </strong>{' '}
              {wordFor(words.lapse, each.reason ?? 'NOT_ACKNOWLEDGED')} · <Headline items={feed.items} of={each} />
            </li>
          ))}
        </ul>
      ) : (
        <p className="quiet">{words.noneOverdue}</p>
      )}
      {alerts.length > 0 && (
        <div className="table-scroll">
          <table className="duty-matrix" data-testid="duty-matrix">
            <thead>
              <tr>
                <th scope="col">{words.item}</th>
                {desks.map(({ id, name }) => (
                  <th key={id} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {alerts.map((item) => (
                <tr key={itemKey(item)}>
                  <th scope="row">
                    <Headline items={[item]} of={item} />
                  </th>
                  {desks.map((desk) => (
                    <Cell key={desk.id} item={item} desk={desk} feed={feed} report={report} now={now} />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

const SIGNS = { acknowledged: '✓', displayed: '◉', received: '○', none: '–' } as const;

function Cell({
  item,
  desk,
  feed,
  report,
  now,
}: Pick<DutyMatrixProps, 'feed' | 'report'> & {
  item: FeedItem;
  desk: { id: string; audience: string };
  now: number;
}): ReactElement {
  const { control: words } = useMessages();
  const progress = progressOf(feed, item, desk, report);
  const duty = obligationsOf(feed, item).find((each) => each.desk === desk.id);
  const standing = duty && standingOf(duty, feed.acknowledged, now);
  const late = standing === 'overdue' || standing === 'lapsed';
  return (
    <td data-testid="duty-cell" data-desk={desk.id} data-progress={progress} data-standing={standing ?? 'none'}>
      <span>
        <span aria-hidden="true">{SIGNS[progress]} </span>
        {words.progress[progress]}
      </span>
      {late && (
        <strong className="overdue">
          <span aria-hidden="true">▲ </span>
          {words.overdue}
        </strong>
      )}
      {duty && standing === 'asked' && (
        <span className="digits quiet">{countdown(Math.max(0, Date.parse(duty.acknowledgeBy) - now))}</span>
      )}
    </td>
  );
}

function Headline({
  items,
  of,
}: {
  items: readonly FeedItem[];
  of: Pick<ObligationView, 'kind' | 'id' | 'version'>;
}): ReactElement {
  const { language } = useMessages();
  const item = items.find((each) => each.kind === of.kind && each.id === of.id && each.version === of.version);
  const text = item && textFor(item.body.texts, language);
  return text ? (
    <span lang={text.language}>
      <Marked text={text.headline} />
    </span>
  ) : (
    <span>{of.id}</span>
  );
}
