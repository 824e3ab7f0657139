import { useEffect, useState, type ReactElement } from 'react';
import type { Me } from '../../../src/core/wire/session.js';
import { api, type CompareQuery } from '../api.js';
import { ApiError } from '../http.js';
import { useDocument, useMessages } from '../language.js';
import { CompareForm } from '../parts/compare-form.js';
import { ComparisonFigure } from '../parts/comparison-figure.js';
import { Assumptions, CapitalTable, CityTables, ItemTable } from '../parts/comparison-tables.js';
import { Link, Shell } from '../parts/shell.js';
import { userAccess } from '../session.js';
import { errorText, useLoaded } from '../use-loaded.js';

/** Who would have known what when under several arrangements, as a picture and as tables. */
export function ComparePage({ me, scenario }: { me: Me; scenario: string | undefined }): ReactElement {
  const messages = useMessages();
  const { compare: words, control } = messages;
  useDocument(`${words.title} · Triwatch`, messages.language);
  return (
    <Shell
      wide
      languageChoice
      actions={
        <Link to="/control" className="button button-quiet">
          {control.title}
        </Link>
      }
    >
      <div className="compare">
        <h1 tabIndex={-1}>{words.title}</h1>
        {me.role === 'controller' ? <Comparing first={scenario} /> : <p>{control.notController}</p>}
      </div>
    </Shell>
  );
}

function Comparing({ first }: { first: string | undefined }): ReactElement {
  const messages = useMessages();
  const [wanted, setWanted] = useState<CompareQuery>();
  const comparison = useLoaded(wanted ? JSON.stringify(wanted) : '', () => api.compare(userAccess, wanted!));
  const { value, error } = comparison;
  const busy = wanted !== undefined && value === undefined && error === undefined;
  const again = (next: CompareQuery): void => {
    setWanted(next);
    // The same once more, as after a refusal: nothing else would ask again.
    comparison.reload();
  };
  const known = error instanceof ApiError ? messages.compare.failures[error.code] : undefined;
  return (
    <>
      <CompareForm first={first} busy={busy} onCompare={again} />
      {busy && <Computing />}
      {error !== undefined && (
        <p className="refusal" role="alert" data-testid="compare-refused">
          {known ?? errorText(messages, error)}
        </p>
      )}
      {value && error === undefined && (
        <>
          <ComparisonFigure comparison={value} />
          <CapitalTable comparison={value} />
          <CityTables comparison={value} />
          <ItemTable comparison={value} />
          <Assumptions comparison={value} />
        </>
      )}
    </>
  );
}

/** The service says nothing until it is done, so what is shown is how long it has been at it. */
function Computing(): ReactElement {
  const { compare: words } = useMessages();
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((before) => before + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  return (
    <div className="panel computing" data-testid="compare-busy">
      <progress aria-label={words.compare} />
      <span className="digits">{words.computing(seconds)}</span>
    </div>
  );
}
