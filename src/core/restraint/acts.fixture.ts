import { runTime } from '../time/time.js';
import type { LogAct } from './log-acts.js';
import type { Claim, Declaration, LoggedAct } from './restraint.js';

const MINUTE_MS = 60_000;

/** An act in a log of minutes: at one, or between two. */
export function actAt(
  id: string,
  by: string,
  minutes: number | readonly [number, number],
  more: Partial<LoggedAct> & { act?: LogAct } = {},
): LoggedAct {
  const [earliest, latest] = typeof minutes === 'number' ? [minutes, minutes] : minutes;
  return {
    id,
    act: 'fire',
    by,
    against: [by === 'KP' ? 'KR' : 'KP'],
    begins: { earliest: runTime(earliest * MINUTE_MS), latest: runTime(latest * MINUTE_MS) },
    precision: earliest === latest ? 'exact' : 'range',
    claims: [],
    sources: [],
    ...more,
  };
}

export const claim = (by: string, says: Claim['says']): Claim => ({ by, says, sources: [] });

/** "We do not fire unless attacked", for the whole of a log. */
export const pledge = (party: string, more: Partial<Declaration> = {}): Declaration => ({
  id: `pledge-${party}`,
  party,
  basis: 'stated',
  acts: ['fire'],
  unless: { kind: 'attacked' },
  from: runTime(-1e12),
  sources: [],
  ...more,
});
