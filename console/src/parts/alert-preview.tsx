import { useEffect, useRef, type ReactElement } from 'react';
import type { Finding } from '../../../src/core/wire/problem.js';
import { previewOf, type AlertEntry } from '../alert-entry.js';
import { useMessages } from '../language.js';
import { wordFor } from '../messages/catalogue.js';
import { Marked } from './marked.js';
import { ModeBadge } from './mode-badge.js';
import { Severity } from './severity.js';
import type { Mode } from '../../../src/core/scenario/mode.js';

interface AlertPreviewProps {
  entry: AlertEntry;
  mode: Mode;
  busy: boolean;
  onSend: () => void;
  onBack: () => void;
}

/** An alert as desks will be shown it, what the checks find, and the button that sends it: none while a finding forbids it. */
export function AlertPreview({ entry, mode, busy, onSend, onBack }: AlertPreviewProps): ReactElement {
  const { desk, form: words } = useMessages();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const { texts, faults, warnings } = previewOf(entry, mode);
  return (
    <section className="alert-preview" data-testid="alert-preview-panel" aria-labelledby="alert-preview-title">
      <h3 id="alert-preview-title" ref={heading} tabIndex={-1}>
        {words.previewTitle}
      </h3>
      <p className="card-top">
        <ModeBadge mode={mode} />
        <Severity severity={entry.severity as Parameters<typeof Severity>[0]['severity']} />
        <span className="tag">{words.verbs[entry.verb]}</span>
        <span className="quiet">
          {wordFor(desk.urgency, entry.urgency)} · {wordFor(desk.certainty, entry.certainty)}
        </span>
      </p>
      <div className="side-by-side">
        {Object.entries(texts).map(([language, { headline, description }]) => (
          <div key={language} lang={language} data-testid={`alert-shown-${language}`}>
            <strong>
              <Marked text={headline} />
            </strong>
            {description !== undefined && (
              <p className="description">
                <Marked text={description} />
              </p>
            )}
          </div>
        ))}
      </div>
      {faults.length + warnings.length === 0 ? (
        <p role="status">{words.noFindings}</p>
      ) : (
        <>
          <h4>{words.findings}</h4>
          <ul className="alert-findings">
            {faults.map((finding) => (
              <FindingLine key={`${finding.rule} ${finding.path}`} finding={finding} label={words.fault} grave />
            ))}
            {warnings.map((finding) => (
              <FindingLine
                key={`${finding.rule} ${finding.path} ${finding.message}`}
                finding={finding}
                label={words.warning}
              />
            ))}
          </ul>
        </>
      )}
      <div className="button-row">
        {faults.length === 0 && (
          <button
            type="button"
            className={mode === 'actual' ? 'button button-actual' : 'button button-primary'}
            data-testid="alert-send"
            disabled={busy}
            onClick={onSend}
          >
            {words.send[mode]}
          </button>
        )}
        <button type="button" className="button" data-testid="alert-back" onClick={onBack}>
          {words.back}
        </button>
      </div>
    </section>
  );
}

/** A finding in the reader's words; what exactly it found is quoted from the check, which speaks English. */
function FindingLine({
  finding,
  label,
  grave = false,
}: {
  finding: Finding;
  label: string;
  grave?: boolean;
}): ReactElement {
  const { form: words } = useMessages();
  const said = wordFor(words.rules, finding.rule);
  return (
    <li className={grave ? 'refusal' : 'hint-line'} data-testid="alert-finding" data-rule={finding.rule}>
      <strong>{label}:</strong> {said}{' '}
      <span className="quiet" lang="en-US">
        {finding.message}
      </span>
    </li>
  );
}
