import { useMemo, type ReactElement } from 'react';
import type { FeedItem } from '../../../src/core/wire/feed.js';
import type { ObligationView } from '../../../src/core/wire/obligation.js';
import type { Report } from '../../../src/core/wire/report.js';
import type { RunView } from '../../../src/core/wire/run.js';
import { deskKey, versionKey } from '../duties.js';
import {
  obligationsOf,
  overdueDuties,
  progressOf,
  reportIndex,
  standingOf,
  type DutyIndex,
  type ReportIndex,
} from '../duty-index.js';
import { itemKey, newestVersions, type FeedState } from '../feed.js';
import { useMessages } from '../language.js';
import { wordFor } from '../messages/catalogue.js';
import { useRunNow } from '../now.js';
import { deskNames, nameFor, textFor } from '../texts.js';
import { countdown } from '../time-format.js';
import { useDutyIndex } from '../use-duty-index.js';
import { Marked } from './marked.js';
import { SpokenLines } from './spoken-lines.js';

/** Rows at a glance, of either list; older alerts are in the report. */
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
  const index = useDutyIndex(feed);
  const told = useMemo(() => reportIndex(report), [report]);
  const alerts = useMemo(() => newestAlerts(feed.items), [feed.items]);
  const desks = useMemo(() => desksOf(run, language), [run, language]);
  const nameOf = useMemo(() => deskNames(run, language), [run, language]);
  const overdue = overdueDuties(index, now);
  const lapse = ({ reason = 'NOT_ACKNOWLEDGED' }: ObligationView): string => wordFor(words.lapse, reason);
  const headline = (of: ObligationView): string => {
    const item = index.items.get(versionKey(of));
    return item ? textFor(item.body.texts, language).headline : of.id;
  };
  const lines = overdue.map((each) => ({
    key: `${each.epoch}/${deskKey(each)}`,
    text: `${nameOf(each.desk)} ${lapse(each)}: ${headline(each)}`,
  }));
  return (
    <section className="panel duties" aria-labelledby="duties-title">
      <h2 id="duties-title">{words.duties}</h2>
      <SpokenLines lines={lines} testId="live-overdue" />
      {overdue.length > 0 ? (
        <ul className="overdue-list" data-testid="overdue-duties" data-count={overdue.length}>
          {overdue.slice(0, ROWS).map((each) => (
            <li key={deskKey(each)}>
              <strong className="overdue">
                <span aria-hidden="true">▲ </span>
                {nameOf(each.desk)}
              </strong>{' '}
              {lapse(each)} · <Headline item={index.items.get(versionKey(each))} id={each.id} />
            </li>
          ))}
          {overdue.length > ROWS && <li className="quiet">{words.more(overdue.length - ROWS)}</li>}
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
                    <Headline item={item} id={item.id} />
                  </th>
                  {desks.map((desk) => (
                    <Cell key={desk.id} item={item} desk={desk} index={index} told={told} now={now} />
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

const newestAlerts = (items: readonly FeedItem[]): FeedItem[] => {
  const newest = newestVersions(items);
  return items
    .filter((item) => item.kind === 'alert' && newest.get(itemKey(item)) === item.version)
    .slice(-ROWS)
    .reverse();
};

interface DeskColumn {
  id: string;
  audience: string;
  name: string;
}

const desksOf = (run: RunView | undefined, language: string): DeskColumn[] =>
  (run?.audiences ?? []).flatMap(({ audience, desks }) =>
    desks.map(({ id, names }) => ({ id, audience, name: nameFor(names, language).name })),
  );

const SIGNS = { acknowledged: '✓', displayed: '◉', received: '○', none: '–' } as const;

function Cell({
  item,
  desk,
  index,
  told,
  now,
}: {
  item: FeedItem;
  desk: DeskColumn;
  index: DutyIndex;
  told: ReportIndex;
  now: number;
}): ReactElement {
  const { control: words } = useMessages();
  const progress = progressOf(index, told, item, desk);
  const duty = obligationsOf(index, item).find((each) => each.desk === desk.id);
  const standing = duty && standingOf(duty, index, now);
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

function Headline({ item, id }: { item: FeedItem | undefined; id: string }): ReactElement {
  const { language } = useMessages();
  const text = item && textFor(item.body.texts, language);
  return text ? (
    <span lang={text.language}>
      <Marked text={text.headline} />
    </span>
  ) : (
    <span>{id}</span>
  );
}
