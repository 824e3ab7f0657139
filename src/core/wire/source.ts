import type { Area, Names } from '../scenario/scenario.schema.js';

/** A feed of somebody else whose alerts are relayed into the live run. */
export interface SourceRequest {
  /** As in `kma`; part of the ids of its alerts. */
  id: string;
  url: string;
  sender: string;
  /** The party that the source belongs to. */
  party: string;
  names: Names;
  languages?: string[];
  area?: Area;
  /** SHA-256 of the certificate that must have signed its documents; unsigned ones are taken without it. */
  fingerprint?: string;
  asTest?: boolean;
  intervalS?: number;
  /** Seconds after `sent` for which its messages are relayed; a day by default. */
  maxAgeS?: number;
}

export interface SourceView extends Required<Omit<SourceRequest, 'area' | 'fingerprint'>> {
  area?: Area;
  fingerprint?: string;
  state: 'proposed' | 'trusted' | 'suspended';
  proposedBy: string;
  approvedBy?: string;
  /** When it was last asked, and when it last answered as it should. */
  polledAt?: string;
  succeededAt?: string;
  nextPollAt: string;
  /** Failures in a row, and why it failed last: a stable code, a colon and a sentence. */
  failures: number;
  error?: string;
  /** Documents by what became of them. */
  relayed: number;
  refused: number;
}

export interface RelayedDocumentView {
  sender: string;
  identifier: string;
  sent: string;
  /** `repeated`: the same had been relayed before. */
  outcome: 'relayed' | 'repeated' | 'refused';
  reason?: string;
  signature: string;
  alert?: string;
  version?: number;
  receivedAt: string;
}
