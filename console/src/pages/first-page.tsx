import { useState, type ReactElement } from 'react';
import { api } from '../api.js';
import { useDocument, useMessages } from '../language.js';
import { Link, Shell } from '../parts/shell.js';
import { navigate } from '../router.js';
import { startDemo } from '../session.js';
import { useLoaded } from '../use-loaded.js';

/** What Triwatch is, and one button that shows it. */
export function FirstPage(): ReactElement {
  const messages = useMessages();
  const words = messages.public;
  useDocument(words.brand, messages.language);
  const demo = useLoaded('demo', api.demo);
  const [starting, setStarting] = useState(false);
  const [failure, setFailure] = useState<string>();

  const play = async (): Promise<void> => {
    setStarting(true);
    setFailure(undefined);
    try {
      const run = await startDemo(300);
      navigate(`/replay?run=${encodeURIComponent(run.id)}`);
    } catch (error) {
      setFailure(words.startFailed(error instanceof Error ? error.message : String(error)));
      setStarting(false);
    }
  };

  const unavailable = demo.value?.available === false;
  return (
    <Shell languageChoice>
      <div className="first">
        <div className="first-words">
          <h1 tabIndex={-1}>{words.tagline}</h1>
          <p className="first-pitch">{words.pitch}</p>
          {unavailable ? (
            <p className="first-play">
              <Link to="/sign-in" className="button button-primary button-large">
                {words.signIn}
              </Link>
              <span className="quiet">{words.demoOff}</span>
            </p>
          ) : (
            <p className="first-play">
              <button
                type="button"
                className="button button-primary button-large"
                data-testid="play-demo"
                disabled={starting}
                onClick={() => void play()}
              >
                <svg viewBox="0 0 16 16" width="18" height="18" aria-hidden="true">
                  <path d="M3 1.5 14 8 3 14.5Z" fill="currentColor" />
                </svg>
                {starting ? words.starting : words.play}
              </button>
              <span className="quiet">{words.playHint}</span>
            </p>
          )}
          {failure !== undefined && (
            <p className="refusal" role="alert">
              {failure}
            </p>
          )}
          {demo.error !== undefined && (
            <p className="refusal" role="alert">
              {words.unreachable}
            </p>
          )}
          <p className="first-links">
            <Link to="/sign-in">{words.signInDesk}</Link>
            <Link to="/control">{words.control}</Link>
          </p>
        </div>
        <KnowledgeFigure />
        <ul className="first-jobs">
          {words.jobs.map((job) => (
            <li key={job.title}>
              <h2>{job.title}</h2>
              <p>{job.text}</p>
            </li>
          ))}
        </ul>
      </div>
    </Shell>
  );
}

/** A drawing, not data: one event and three lines that learn of it at different times. */
function KnowledgeFigure(): ReactElement {
  const { public: words } = useMessages();
  const lanes = [
    { party: 'KR', knows: 150, y: 60 },
    { party: 'JP', knows: 300, y: 130 },
    { party: 'US', knows: 420, y: 200 },
  ] as const;
  return (
    <svg className="first-figure" viewBox="0 0 520 250" role="img" aria-label={words.tagline}>
      <line x1="150" x2="150" y1="16" y2="236" className="figure-event" />
      {lanes.map((lane) => (
        <g key={lane.party}>
          <text x="0" y={lane.y + 6} className="figure-name">
            {words.capital[lane.party]}
          </text>
          <line x1="136" x2={lane.knows} y1={lane.y} y2={lane.y} className="figure-unaware" />
          <line x1={lane.knows} x2="520" y1={lane.y} y2={lane.y} className="figure-aware" />
          <circle cx={lane.knows} cy={lane.y} r="9" className={`figure-knows figure-${lane.party}`} />
        </g>
      ))}
    </svg>
  );
}
