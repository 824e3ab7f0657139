import type { ReactElement } from 'react';
import { clockTime, zoneLabel } from '../../../src/core/time/zone-time.js';
import type { ScenarioDetail } from '../../../src/core/wire/scenario.js';
import { delayWords } from '../item-time.js';
import { leadRow, medianDelayMs, toldCounts, whyMissing, type KnowledgeRow } from '../knowledge.js';
import { useMessages } from '../language.js';
import { wordFor } from '../messages/catalogue.js';
import { nameFor, textFor } from '../texts.js';
import { duration } from '../time-format.js';
import { Marked } from './marked.js';

interface SummaryProps {
  rows: readonly KnowledgeRow[];
  parties: readonly string[];
  timeZone: string;
  scenario: ScenarioDetail | undefined;
}

/** What the replay showed: who knew, how long after, and what a capital is not known to have been told. */
export function Summary({ rows, parties, timeZone, scenario }: SummaryProps): ReactElement {
  const messages = useMessages();
  const { desk, public: words, language } = messages;
  const lead = leadRow(rows);
  const leadText = lead ? textFor(lead.texts, language) : undefined;
  return (
    <section className="summary" data-testid="summary" aria-labelledby="summary-title">
      <h2 id="summary-title">{words.summaryTitle}</h2>
      <p className="quiet">{words.summaryLead}</p>
      {lead && leadText && (
        <p className="summary-event">
          <span className="digits">
            {clockTime(lead.eventAtMs, timeZone).slice(0, 5)} {zoneLabel(lead.eventAtMs, timeZone)}
          </span>{' '}
          <span lang={leadText.language}>
            <Marked text={leadText.headline} />
          </span>
        </p>
      )}
      <div className="summary-capitals">
        {parties.map((party) => {
          const cell = lead?.cells[party];
          const median = medianDelayMs(rows, party);
          const { told, total, ownActs } = toldCounts(rows, party);
          return (
            <div key={party} className="summary-capital" data-party={party}>
              <h3>{wordFor(words.capital, party)}</h3>
              <p className="summary-figure">{figure(lead, cell?.delayMs, party)}</p>
              <p className="quiet">
                {median !== undefined && `${words.median}: ${signed(median)} · `}
                {words.told(told, total)}
                {ownActs > 0 && ` · ${words.ownActs(ownActs)}`}
              </p>
              <NotTold
                rows={rows.filter((row) => !row.cells[party] && whyMissing(row, party, scenario) === 'not-told')}
              />
            </div>
          );
        })}
      </div>
      <div className="table-scroll" tabIndex={0} role="region" aria-labelledby="summary-title">
        <table>
          <thead>
            <tr>
              <th scope="col">{words.summaryAt}</th>
              <th scope="col">{words.summaryItem}</th>
              {parties.map((party) => (
                <th scope="col" key={party}>
                  {wordFor(words.capital, party)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => {
              const text = textFor(row.texts, language);
              return (
                <tr key={row.key}>
                  <td className="digits">{clockTime(row.eventAtMs, timeZone).slice(0, 5)}</td>
                  <th scope="row" lang={text.language}>
                    <Marked text={text.headline} />
                  </th>
                  {parties.map((party) => {
                    const cell = row.cells[party];
                    return cell ? (
                      <td key={party} className="summary-delay">
                        {signed(cell.delayMs)} <small>{wordFor(desk.basis, cell.basis)}</small>
                      </td>
                    ) : (
                      <td key={party} className="summary-missing">
                        {missing(row, party)}
                      </td>
                    );
                  })}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {scenario && scenario.untimed.length > 0 && (
        <details className="more">
          <summary>
            {words.untimedTitle} ({scenario.untimed.length})
          </summary>
          <ul>
            {scenario.untimed.map((entry) => {
              const text = nameFor(
                Object.fromEntries(Object.entries(entry.texts).map(([tag, value]) => [tag, value.headline])),
                language,
              );
              return (
                <li key={entry.id} lang={text.language}>
                  <Marked text={text.name} />
                </li>
              );
            })}
          </ul>
        </details>
      )}
    </section>
  );

  function signed(delayMs: number): string {
    if (Math.abs(delayMs) < 1000) {
      return desk.atOnce;
    }
    return `${delayMs < 0 ? '−' : '+'}${duration(delayMs, desk.durationWords)}`;
  }

  function figure(row: KnowledgeRow | undefined, delayMs: number | undefined, party: string): string {
    if (!row) {
      return '—';
    }
    return delayMs === undefined ? missing(row, party) : delayMs > 1000 ? signed(delayMs) : delayWords(delayMs, desk);
  }

  function missing(row: KnowledgeRow, party: string): string {
    return whyMissing(row, party, scenario) === 'not-told' ? words.notTold : words.notShown;
  }
}

/** What no source says that a capital was told; the gap in the record is as telling as the record. */
function NotTold({ rows }: { rows: readonly KnowledgeRow[] }): ReactElement {
  const { public: words, language } = useMessages();
  if (rows.length === 0) {
    return <p className="quiet">{words.notToldNone}</p>;
  }
  return (
    <details className="more">
      <summary>
        {words.notToldTitle} ({rows.length})
      </summary>
      <ul className="not-told">
        {rows.map((row) => {
          const text = textFor(row.texts, language);
          return (
            <li key={row.key} lang={text.language}>
              <Marked text={text.headline} />
            </li>
          );
        })}
      </ul>
    </details>
  );
}
