import { BEHIND_LIMIT_MS, STALE_AFTER_MS } from '../../src/core/wire/desk-rules.js';

/** What a console says about its link; a list that looks calm must never be a list that is dead. */
export type ConnectionState =
  | { state: 'live' }
  | { state: 'catching-up'; behind: number }
  | { state: 'stale'; sinceMs: number }
  | { state: 'down'; sinceMs: number };

export interface LinkFacts {
  /** `connecting` before the first connection and while this console itself opens a new one. */
  link: 'connecting' | 'up' | 'lost';
  lostAtMs: number;
  lastTickAtMs: number | undefined;
  connectedAtMs: number | undefined;
  seq: number;
  headSeq: number;
  /** When an item last arrived, or the head last moved ahead of us: the start of waiting for progress. */
  progressAtMs: number;
}

/** The last moment at which the server was heard to be alive on this connection. */
export const heardAt = (facts: LinkFacts): number => Math.max(facts.lastTickAtMs ?? 0, facts.connectedAtMs ?? 0);

const isCutOff = (facts: LinkFacts, nowMs: number): boolean =>
  facts.headSeq > facts.seq && nowMs - facts.progressAtMs > BEHIND_LIMIT_MS;

/** The state of the link at a moment; pure, so that every case can be tested without a socket. */
export function connectionState(facts: LinkFacts, nowMs: number): ConnectionState {
  if (facts.link === 'lost') {
    return { state: 'down', sinceMs: facts.lostAtMs };
  }
  // A connection alone proves nothing: a list that went stale stays so until a tick says where the head is.
  const last = facts.lastTickAtMs;
  const waitedFrom = last ?? facts.connectedAtMs;
  if (waitedFrom !== undefined && nowMs - waitedFrom > STALE_AFTER_MS) {
    return { state: 'stale', sinceMs: waitedFrom };
  }
  if (facts.link === 'connecting' || last === undefined) {
    return { state: 'catching-up', behind: 0 };
  }
  if (isCutOff(facts, nowMs)) {
    return { state: 'stale', sinceMs: facts.progressAtMs };
  }
  const behind = Math.max(0, facts.headSeq - facts.seq);
  return behind > 0 ? { state: 'catching-up', behind } : { state: 'live' };
}

/** Whether this connection should be given up for a new one. A new one gets its own time to be heard. */
export function mustReconnect(facts: LinkFacts, nowMs: number): boolean {
  return facts.link === 'up' && (nowMs - heardAt(facts) > STALE_AFTER_MS || isCutOff(facts, nowMs));
}
