import type { ReactElement } from 'react';
import { severityRank } from '../knowledge.js';
import { useMessages } from '../language.js';
import { wordFor } from '../messages/catalogue.js';

/** A shape for each severity, so that it is told apart without its colour: octagon, triangle, diamond, circle, ring. */
const SHAPES: readonly ReactElement[] = [
  <circle key="0" cx="12" cy="12" r="9" fill="none" stroke="currentColor" strokeWidth="2" strokeDasharray="3 3" />,
  <circle key="1" cx="12" cy="12" r="10" fill="currentColor" />,
  <path key="2" d="M12 1 23 12 12 23 1 12Z" fill="currentColor" />,
  <path key="3" d="M12 1.5 23.5 22H.5Z" fill="currentColor" />,
  <path key="4" d="M7.5 1h9L23 7.5v9L16.5 23h-9L1 16.5v-9Z" fill="currentColor" />,
];

/** Severity as a word, a shape, a number and a colour. */
export function Severity({ severity }: { severity: string | undefined }): ReactElement {
  const { desk } = useMessages();
  const rank = severityRank(severity);
  const word = wordFor(desk.severity, severity ?? 'Unknown');
  return (
    <span className={`severity severity-${rank}`} title={desk.severityLabel}>
      <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true" className="severity-shape">
        {SHAPES[rank]}
        <text x="12" y={rank === 3 ? 19 : 16.5} textAnchor="middle" className="severity-number">
          {rank === 0 ? '?' : rank}
        </text>
      </svg>
      <span className="visually-hidden">{`${desk.severityLabel}: `}</span>
      {word}
    </span>
  );
}
