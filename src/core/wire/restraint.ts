import type { Claim, Declaration, Judgement, LoggedAct, Verdict } from '../restraint/restraint.js';
import type { FirstUse } from '../restraint/first-use.js';

/** Instants are RFC 3339 in UTC. */
export interface LedgerAct extends Omit<LoggedAct, 'begins' | 'claims'> {
  begins: { earliest: string; latest: string };
  claims: readonly Claim[];
  /** How it stands to each declaration of the party that acted. */
  judgements: readonly Judgement[];
}

/** A declaration with how the acts of its party stand to it. */
export interface LedgerDeclaration extends Omit<Declaration, 'from' | 'until' | 'withdrawnAt'> {
  from: string;
  until?: string;
  withdrawnAt?: string;
  /** How many acts of its party stand how. */
  counts: Record<Verdict, number>;
}

/** Declarations of restraint beside an event log, in the order of time. It compares; it does not say who is to blame. */
export interface Ledger {
  declarations: LedgerDeclaration[];
  acts: LedgerAct[];
  firstUse: FirstUse[];
  /** What is assumed where a source says "about". */
  assumptions: { approximateMs: number };
}

/** The ledger of a run as one audience may see it: acts and declarations whose items it was told. */
export interface RunLedger extends Ledger {
  run: string;
  audience: string;
}

export interface DeclarationMade {
  id: string;
  run: string;
  version: number;
  stage: 'stated' | 'withdrawn';
}
