import type { ReactElement, ReactNode } from 'react';
import type { Names, Texts } from '../../../src/core/scenario/scenario.schema.js';
import { runNowOf } from '../../../src/core/clock/clock-view.js';
import { timeWithZone } from '../../../src/core/time/zone-time.js';
import type { ItemRef } from '../../../src/core/wire/feed.js';
import type { Report } from '../../../src/core/wire/report.js';
import { api } from '../api.js';
import { hasEnded } from '../clock.js';
import { versionKey } from '../duties.js';
import { whyMissing } from '../knowledge.js';
import { useDocument, useMessages } from '../language.js';
import { wordFor } from '../messages/catalogue.js';
import { AnswerName } from '../parts/branch-list.js';
import { Link, Shell } from '../parts/shell.js';
import { Marked } from '../parts/marked.js';
import { ModeBadge } from '../parts/mode-badge.js';
import { TablePanel } from '../parts/table-panel.js';
import { save } from '../save.js';
import { userAccess } from '../session.js';
import { deskNames, nameFor, textFor } from '../texts.js';
import { dateAndTime, duration } from '../time-format.js';
import { errorText, useLoaded } from '../use-loaded.js';

/** The after-action report as tables for people; the JSON is what other tools take. */
export function ReportPage({ run }: { run: string }): ReactElement {
  const messages = useMessages();
  const { control: words, language } = messages;
  const report = useLoaded(`report/${run}`, () => api.report(userAccess, run));
  const name = nameFor(report.value?.run.names, language);
  useDocument(`${words.reportTitle} · ${name.name || run} · Triwatch`, language);
  return (
    <Shell
      wide
      languageChoice
      actions={
        <Link to={`/control?run=${encodeURIComponent(run)}`} className="button button-quiet">
          {words.title}
        </Link>
      }
    >
      <div className="report">
        <h1 tabIndex={-1}>{words.reportTitle}</h1>
        {report.error !== undefined && (
          <p className="refusal" role="alert">
            {errorText(messages, report.error)}
          </p>
        )}
        {!report.value && report.error === undefined && <p role="status">{messages.public.loading}</p>}
        {report.value && <ReportBody report={report.value} reload={report.reload} />}
      </div>
    </Shell>
  );
}

/** The mode is in the name, so that an exercise's report cannot pass for a record of fact. */
const saveReport = (report: Report): void =>
  save(`triwatch-${report.run.mode}-${report.run.id}.json`, 'application/json', JSON.stringify(report, null, 2));

function ReportBody({ report, reload }: { report: Report; reload: () => void }): ReactElement {
  const { control: words, desk, public: pub, language } = useMessages();
  const zone = report.run.timeZone;
  const at = (iso: string | undefined | null): string => (iso ? timeWithZone(Date.parse(iso), zone) : '—');
  // When a desk really had it on its screen is the time of the room, not of the run.
  const wall = (iso: string | undefined): string =>
    iso ? desk.realTime(dateAndTime(Date.parse(iso), 'UTC', language)) : '—';
  const headline = (texts: Texts): ReactElement => {
    const text = textFor(texts, language);
    return (
      <span lang={text.language}>
        <Marked text={text.headline} />
      </span>
    );
  };
  const nameOf = deskNames(report.run, language);
  const shownTexts = new Map(report.shown.map((entry) => [versionKey(entry), entry.texts]));
  const headlineOf = (item: ItemRef): ReactNode => {
    const texts = shownTexts.get(versionKey(item));
    return texts ? headline(texts) : item.id;
  };
  // A question is asked, not known of.
  const knew = report.knew.filter((row) => row.kind !== 'inject');
  const audiences = report.run.audiences.filter((audience) => audience.party !== undefined);
  const name = nameFor(report.run.names, language);
  const digest = report.digest ?? report.run.digest;
  const { run } = report;
  const injects = useLoaded(`injects/${run.id}`, () => api.injects(userAccess, run.id));
  const optionOf = (inject: string, id: string): Names | undefined =>
    injects.value?.find((each) => each.id === inject)?.options?.find((each) => each.id === id)?.names;
  const scenario = useLoaded(run.scenario === undefined ? '' : `scenario/${run.scenario}`, () =>
    api.scenario(userAccess, run.scenario ?? ''),
  );
  const ended = hasEnded(run.clock, runNowOf(run.clock, Date.now()));
  // While a run goes on, only the scenario can say that a capital will never be told.
  const untold = (id: string, party: string | undefined): string =>
    ended || whyMissing({ id }, party ?? '', scenario.value) === 'not-told' ? pub.notTold : desk.notYet;
  return (
    <>
      <p className="report-head">
        <ModeBadge mode={report.run.mode} /> <strong lang={name.language}>{name.name}</strong>{' '}
        <span className="quiet">{desk.job[report.run.job]}</span>
      </p>
      {digest !== undefined && (
        <p className="digest">
          {words.digest} <code>{digest}</code> <span className="quiet">{words.digestHint}</span>
        </p>
      )}
      <div className="button-row">
        <button type="button" className="button" data-testid="report-download" onClick={() => saveReport(report)}>
          {words.download}
        </button>
        <button type="button" className="button button-quiet" onClick={reload}>
          {words.refresh}
        </button>
      </div>

      <TablePanel
        title={words.injects}
        empty={report.injects.length === 0 ? words.none : undefined}
        head={[words.inject, words.audience, words.due, words.displayed, words.deadline, words.state, words.answer]}
      >
        {report.injects.flatMap((inject) =>
          inject.deliveries.map((delivery) => (
            <tr
              key={`${inject.id}/${delivery.audience}`}
              data-testid="report-inject"
              data-inject={inject.id}
              data-audience={delivery.audience}
              data-outcome={delivery.outcome}
            >
              <th scope="row">{headline(inject.texts)}</th>
              <td>{delivery.audience.toUpperCase()}</td>
              <td className="digits">{at(delivery.dueAt)}</td>
              <td className="digits">{wall(delivery.shownAt)}</td>
              <td className="digits">{at(delivery.deadlineAt)}</td>
              <td>
                <span className={`report-outcome report-${delivery.outcome}`}>{words.outcome[delivery.outcome]}</span>
              </td>
              <td>
                {delivery.answers.map((answer) => {
                  const option = answer.option === undefined ? undefined : optionOf(inject.id, answer.option);
                  const chosen = nameFor(option, language);
                  // A desk that only chose sends the option's name for its decision; once is enough.
                  const own = option && Object.values(option).includes(answer.decision) ? '' : answer.decision;
                  return (
                    <p key={answer.answeredAt + answer.desk}>
                      {answer.option !== undefined && <span className="tag">{answer.option}</span>}{' '}
                      <span lang={chosen.language}>{chosen.name}</span>
                      {chosen.name !== '' && own !== '' && ' · '}
                      {own}{' '}
                      <span className="quiet">
                        {answer.person} · {nameOf(answer.desk)} · {at(answer.answeredAt)}
                      </span>
                    </p>
                  );
                })}
              </td>
            </tr>
          )),
        )}
      </TablePanel>

      <TablePanel
        title={words.branches}
        empty={report.branches.length === 0 ? words.none : undefined}
        head={[words.inject, words.branchDecidedBy, words.answer, words.branchFollowed]}
      >
        {report.branches.map((branch) => {
          const inject = injects.value?.find(({ id }) => id === branch.inject);
          const taken = branch.ways.find(({ state }) => state === 'taken');
          return (
            <tr key={`${branch.inject}/${branch.by}`} data-testid="report-branch" data-inject={branch.inject}>
              <th scope="row">{inject ? headline(inject.texts) : branch.inject}</th>
              <td>
                {branch.by.toUpperCase()} {branch.decidedBy === 'control' && `· ${words.branchByHand}`}
              </td>
              <td>{branch.answer === undefined ? '—' : <AnswerName answer={branch.answer} inject={inject} />}</td>
              <td>{taken ? taken.items.map((item) => <p key={item.id}>{headline(item.texts)}</p>) : '—'}</td>
            </tr>
          );
        })}
      </TablePanel>

      <TablePanel
        title={words.knewTitle}
        empty={knew.length === 0 ? words.none : undefined}
        head={[
          words.event,
          words.item,
          ...audiences.map((audience) => nameFor(audience.names, language).name || audience.audience),
        ]}
      >
        {knew.map((row) => (
          <tr key={`${row.kind}/${row.id}/${row.version}`}>
            <td className="digits">{at(row.eventAt)}</td>
            <th scope="row">{headline(row.texts)}</th>
            {audiences.map((audience) => {
              const entry = row.audiences.find((each) => each.audience === audience.audience);
              return (
                <td key={audience.audience} className={entry?.knownAt === undefined ? 'summary-missing' : undefined}>
                  {entry?.knownAt === undefined ? (
                    untold(row.id, audience.party)
                  ) : (
                    <>
                      {entry.delayMs !== undefined &&
                        (Math.abs(entry.delayMs) < 1000
                          ? desk.atOnce
                          : `${entry.delayMs < 0 ? '−' : '+'}${duration(entry.delayMs, desk.durationWords)}`)}{' '}
                      <small className="digits">{at(entry.knownAt)}</small>
                    </>
                  )}
                </td>
              );
            })}
          </tr>
        ))}
      </TablePanel>

      <TablePanel
        title={words.shownTitle}
        empty={report.shown.length === 0 ? words.none : undefined}
        head={[words.audience, '#', words.item, words.due, words.displayed, words.acknowledgements]}
      >
        {report.shown.map((entry) => (
          <tr key={`${entry.audience}/${entry.epoch}/${entry.seq}`}>
            <td>{entry.audience.toUpperCase()}</td>
            <td className="digits">
              {entry.epoch}:{entry.seq}
            </td>
            <th scope="row">
              <span className="quiet">{desk.kind[entry.kind]}</span> {headline(entry.texts)}
              {entry.version > 1 && <span className="tag">{desk.version(entry.version)}</span>}
              {entry.late && <span className="tag tag-late">{desk.late}</span>}
            </th>
            <td className="digits">{at(entry.dueAt)}</td>
            <td>{entry.displayed.map((each) => nameOf(each.desk)).join(', ') || '—'}</td>
            <td>{entry.acknowledged.map((each) => `${each.person} (${nameOf(each.desk)})`).join(', ') || '—'}</td>
          </tr>
        ))}
      </TablePanel>

      <TablePanel
        title={words.duties}
        empty={report.obligations.length === 0 ? words.none : undefined}
        head={[words.item, words.rank, words.audience, words.acknowledgeBy, words.state]}
      >
        {report.obligations.map((duty) => (
          <tr
            key={`${duty.kind}/${duty.id}/${duty.version}/${duty.desk}`}
            data-testid="report-duty"
            data-outcome={duty.outcome}
          >
            <th scope="row">
              {headlineOf(duty)} <span className="quiet">{desk.version(duty.version)}</span>
            </th>
            <td className="digits">{duty.rank}</td>
            <td>{nameOf(duty.desk)}</td>
            <td className="digits">{at(duty.acknowledgeBy)}</td>
            <td>
              {words.dutyOutcome[duty.outcome]}
              {duty.reason !== undefined && Object.hasOwn(words.lapse, duty.reason) && (
                <span className="quiet"> · {wordFor(words.lapse, duty.reason)}</span>
              )}
            </td>
          </tr>
        ))}
      </TablePanel>

      <TablePanel
        title={words.suppressedTitle}
        empty={report.suppressed.length === 0 ? words.none : undefined}
        head={[words.audience, words.item, words.due, words.reason]}
      >
        {report.suppressed.map((entry) => (
          <tr key={`${entry.audience}/${entry.kind}/${entry.id}/${entry.version}/${entry.step}/${entry.dueAt}`}>
            <td>{entry.audience.toUpperCase()}</td>
            <th scope="row">
              <span className="quiet">{desk.kind[entry.kind]}</span> {entry.id}
            </th>
            <td className="digits">{at(entry.dueAt)}</td>
            <td>{entry.reason ?? entry.state}</td>
          </tr>
        ))}
      </TablePanel>

      <TablePanel
        title={words.untimedTitle}
        empty={report.untimed.length === 0 ? words.none : undefined}
        head={[words.item, desk.note]}
      >
        {report.untimed.map((entry) => (
          <tr key={entry.id}>
            <th scope="row">{headline(entry.texts)}</th>
            <td>{entry.note ?? '—'}</td>
          </tr>
        ))}
      </TablePanel>
    </>
  );
}
