import type { ReactElement, ReactNode } from 'react';
import type { RunView } from '../../../src/core/wire/run.js';
import { useMessages } from '../language.js';
import { nameFor } from '../texts.js';
import { dateAndTime } from '../time-format.js';
import { ModeBadge } from './mode-badge.js';
import { RunClock, RunState } from './run-banner.js';

/** The live watch first, then what was started last. */
function sortedRuns(runs: readonly RunView[]): RunView[] {
  const rank = (run: RunView): number => (run.job === 'watch' ? 0 : 1);
  return [...runs].sort((a, b) => rank(a) - rank(b) || Date.parse(b.createdAt) - Date.parse(a.createdAt));
}

/** Runs to choose from, each with its mode and clock. */
export function RunList(props: {
  runs: readonly RunView[];
  timeZone: string;
  actions: (run: RunView) => ReactNode;
}): ReactElement {
  const { desk: words, control, language } = useMessages();
  if (props.runs.length === 0) {
    return <p className="quiet">{control.noRuns}</p>;
  }
  return (
    <ul className="run-list">
      {sortedRuns(props.runs).map((run) => {
        const name = nameFor(run.names, language);
        const feed = { clock: run.clock, serverOffsetMs: 0 };
        const created = Date.parse(run.createdAt);
        return (
          <li key={run.id} className="run-row" data-testid="run-choice" data-run={run.id} data-job={run.job}>
            <ModeBadge mode={run.mode} />
            <div className="run-row-name">
              <strong lang={name.language}>{name.name}</strong>
              <span className="quiet">
                {words.job[run.job]} · {words.realTime(dateAndTime(created, props.timeZone, language))}
              </span>
            </div>
            <div className="run-row-clock">
              <RunClock feed={feed} timeZone={props.timeZone} />
              <RunState feed={feed} />
            </div>
            <div className="run-row-actions">{props.actions(run)}</div>
          </li>
        );
      })}
    </ul>
  );
}
