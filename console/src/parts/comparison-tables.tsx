import type { ReactElement } from 'react';
import { compareWords, type CompareWords } from '../../../src/core/compare/compare.words.js';
import type { ComparedCity, ComparedParty, Comparison, Outcome } from '../../../src/core/wire/comparison.js';
import { useMessages } from '../language.js';
import { wordFor } from '../messages/catalogue.js';
import { nameFor } from '../texts.js';
import { duration } from '../time-format.js';
import { Marked } from './marked.js';
import { TablePanel } from './table-panel.js';

interface Compared {
  comparison: Comparison;
}

/** The words of the result, the names of its arrangements, and a length of time as this reader writes it. */
function useResultWords({ terms }: Comparison): {
  result: CompareWords;
  arrangement: (id: string) => string;
  span: (seconds: number) => string;
} {
  const { desk, language } = useMessages();
  return {
    result: compareWords(language),
    arrangement: (id) => nameFor(terms.find((each) => each.id === id)?.names, language).name || id,
    span: (seconds) => `${seconds < 0 ? '−' : ''}${duration(Math.round(seconds) * 1000, desk.durationWords)}`,
  };
}

/** What each arrangement means for each capital. */
export function CapitalTable({ comparison }: Compared): ReactElement {
  const { compare: words } = useMessages();
  const { result, arrangement, span } = useResultWords(comparison);
  const { columns } = result;
  const orNone = (seconds: number | null): string => (seconds === null ? '—' : span(seconds));
  return (
    <TablePanel
      title={words.capitals}
      head={[
        columns.capital,
        columns.arrangement,
        columns.known,
        columns.newlyKnown,
        columns.after,
        columns.saved,
        columns.withheld,
      ]}
    >
      {Object.entries(comparison.capitals).flatMap(([party, under]) =>
        comparison.arrangements.map((id, index) => {
          const figures = under[id];
          return (
            figures && (
              <tr key={`${party}/${id}`} data-testid="compare-capital" data-party={party} data-arrangement={id}>
                {index === 0 && (
                  <th scope="rowgroup" rowSpan={comparison.arrangements.length}>
                    {result.capitals[party] ?? party}
                  </th>
                )}
                <td>{arrangement(id)}</td>
                <td className="digits">{words.ofItems(figures.known, figures.items)}</td>
                <td className="digits">{figures.newlyKnown}</td>
                <td className="digits">{orNone(figures.medianKnownAfterS)}</td>
                <td className="digits">{orNone(figures.medianSavedS)}</td>
                <td className="digits">{words.ofItems(figures.withheld, figures.items)}</td>
              </tr>
            )
          );
        }),
      )}
    </TablePanel>
  );
}

/** When each capital knows each item, what that saves, and what it is not told. */
export function ItemTable({ comparison }: Compared): ReactElement {
  const { compare: words, language } = useMessages();
  const { result, arrangement } = useResultWords(comparison);
  return (
    <TablePanel
      title={words.items}
      head={[result.columns.item, result.columns.capital, result.record, ...comparison.arrangements.map(arrangement)]}
    >
      {comparison.items.flatMap((item) => {
        const parties = Object.entries(item.parties);
        const headline = nameFor(item.headlines, language);
        return parties.map(([party, compared], index) => (
          <tr key={`${item.id}/${item.version}/${party}`}>
            {index === 0 && (
              <th scope="rowgroup" rowSpan={parties.length} lang={headline.language}>
                <Marked text={headline.name} />
              </th>
            )}
            <td>{result.capitals[party] ?? party}</td>
            <RecordCell compared={compared} comparison={comparison} />
            {comparison.arrangements.map((id) => (
              <OutcomeCell key={id} outcome={compared.firstHand ? undefined : compared.under[id]} {...{ comparison }} />
            ))}
          </tr>
        ));
      })}
    </TablePanel>
  );
}

function RecordCell({ compared, comparison }: Compared & { compared: ComparedParty }): ReactElement {
  const { result, span } = useResultWords(comparison);
  const { firstHand, record } = compared;
  return <td>{firstHand ? result.firstHand : record ? span(record.knownAfterS) : result.notOnRecord}</td>;
}

function OutcomeCell({ outcome, comparison }: Compared & { outcome: Outcome | undefined }): ReactElement {
  const { result, span } = useResultWords(comparison);
  if (!outcome) {
    return <td className="quiet">—</td>;
  }
  const { knownAfterS, savedS, withheld } = outcome;
  return (
    <td>
      <span>{knownAfterS ? span(knownAfterS.p50) : result.notKnown}</span>
      {savedS !== null && savedS.p50 !== 0 && (
        <small className="quiet">
          {result.saved} {span(savedS.p50)}
        </small>
      )}
      {knownAfterS && withheld.length > 0 && (
        <small className="quiet">
          {result.without} {withheld.map((field) => result.fields[field]).join(', ')}
        </small>
      )}
    </td>
  );
}

/** How long before a missile is nearest a shelter text goes out, at each city and under each arrangement. */
export function CityTables({ comparison }: Compared): ReactElement {
  const { compare: words, language } = useMessages();
  const { result, arrangement, span } = useResultWords(comparison);
  const left = ({ warningS }: ComparedCity, id: string): string => {
    const warning = warningS[id];
    return warning ? span(warning.leftS.p50) : words.noText;
  };
  return (
    <>
      {comparison.flights.map((flight) => (
        <TablePanel
          key={flight.id}
          title={`${result.warning} · ${nameFor(flight.names, language).name}`}
          lead={flight.outside === undefined ? words.cities : words.notFlown}
          head={[result.city, result.nearest, ...comparison.arrangements.map(arrangement)]}
        >
          {flight.cities.map((city) => (
            <tr key={city.place}>
              <th scope="row">{nameFor(city.names, language).name}</th>
              <td>
                {span(city.nearestAfterS)}, {Math.round(city.distanceKm)} km
              </td>
              {comparison.arrangements.map((id) => (
                <td key={id}>{left(city, id)}</td>
              ))}
            </tr>
          ))}
        </TablePanel>
      ))}
    </>
  );
}

/** What the result rests on, each with its basis and its sources. The reasoning is written in English. */
export function Assumptions({ comparison }: Compared): ReactElement {
  const { compare: words, desk } = useMessages();
  const { result } = useResultWords(comparison);
  const sources = new Map(comparison.sources.map((source) => [source.id, source]));
  return (
    <section className="panel assumptions" data-testid="compare-assumptions">
      <h2>{result.columns.assumptions}</h2>
      <p className="quiet">{result.assumed}</p>
      <ul>
        {comparison.assumptions.map(({ id, basis, text, latencyS, sources: ids }) => (
          <li key={id} data-basis={basis}>
            <span className="tag">{words.basis[basis]}</span> <span lang="en">{text}</span>
            {latencyS && <span className="quiet digits"> {words.latency(...latencyS)}</span>}
            {ids.map((each) => {
              const source = sources.get(each);
              return (
                source && (
                  <a key={each} href={source.url} target="_blank" rel="noreferrer" lang="en">
                    {source.publisher}, {source.title}
                    {source.date !== undefined && `, ${source.date}`} ({wordFor(desk.tier, source.tier)})
                  </a>
                )
              );
            })}
          </li>
        ))}
      </ul>
    </section>
  );
}
