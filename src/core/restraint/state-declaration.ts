import { DomainError } from '../domain-error.js';
import type { Area } from '../scenario/scenario.schema.js';
import { durationMsOf, runTimeOf, type RunTime } from '../time/time.js';
import type { RestrainedAct } from './log-acts.js';
import type { Declaration } from './restraint.js';

/** What a party states; instants and durations as on the wire. */
export interface DeclarationRequest {
  /** Of the party; a controller says which, a desk speaks for its own. */
  by?: string;
  acts: RestrainedAct[];
  against?: string[];
  unless?: { kind: 'attacked'; by?: string[]; within?: string };
  area?: Area;
  /** From when it is stated, where it is left out or earlier: nobody declares for what is past. */
  from?: string;
  until?: string;
  /** Parties that are told, besides its own and control; all when left out. */
  to?: string[];
  note?: string;
}

/** The declaration that a party states now. Throws DomainError DECLARATION_INVALID. */
export function declarationStated(id: string, party: string, request: DeclarationRequest, now: RunTime): Declaration {
  const { acts, against, unless, area, from, until, note } = request;
  const begins = from === undefined || runTimeOf(from) < now ? now : runTimeOf(from);
  if (until !== undefined && runTimeOf(until) <= begins) {
    throw new DomainError('DECLARATION_INVALID', 'Let the term end after it begins, and after now.');
  }
  if (against?.includes(party)) {
    throw new DomainError(
      'DECLARATION_INVALID',
      'Name others with "against": a party declares nothing towards itself.',
    );
  }
  const withinMs = unless?.within === undefined ? undefined : durationMsOf(unless.within);
  if (unless?.within !== undefined && !withinMs) {
    throw new DomainError(
      'DECLARATION_INVALID',
      'Write "within" as an ISO 8601 duration longer than nothing, as in PT30M.',
    );
  }
  return {
    id,
    party,
    basis: 'stated',
    acts: [...new Set(acts)],
    ...(against ? { against } : {}),
    ...(unless ? { unless: { kind: unless.kind, ...(unless.by ? { by: unless.by } : {}), ...(withinMs ? { withinMs } : {}) } } : {}),
    ...(area ? { area } : {}),
    from: begins,
    ...(until === undefined ? {} : { until: runTimeOf(until) }),
    ...(note === undefined ? {} : { note }),
    sources: [],
  }; // prettier-ignore
}
