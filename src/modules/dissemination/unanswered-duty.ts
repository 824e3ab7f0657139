import type { ItemContent } from '../../core/incident/item-body.js';
import { withoutUndefined } from '../../core/incident/item-body.js';
import type { CloseReason, LapseReason } from '../../core/obligation/obligation.js';
import { unansweredDutyTexts } from '../../core/obligation/obligation.texts.js';
import { CONTROL, audienceOf } from '../../core/scenario/scenario.schedule.js';
import type { Mode } from '../../core/scenario/mode.js';
import type { RunTime } from '../../core/time/time.js';
import type { PartiesService } from '../parties/parties.service.js';
import type { DueRow, RunItem } from '../runs/due-row.js';
import type { DutyKey } from './obligations.repository.js';

/** A duty that no desk of an audience did in time. */
export interface UnansweredDuty {
  readonly duty: DutyKey;
  /** When the last obligation lapsed. */
  readonly at: RunTime;
  readonly lapsed: readonly { desk: string; reason?: LapseReason | CloseReason }[];
}

/** What control is told of it: an item of its feed like any other, so that it is numbered, recorded and cannot be missed. */
export function unansweredDuty(
  mode: Mode,
  { duty, at, lapsed }: UnansweredDuty,
  content: ItemContent,
  parties: PartiesService,
): { item: RunItem; row: DueRow } {
  const party = parties.parties.find(({ id }) => audienceOf(id) === duty.audience);
  const desks = lapsed.map(({ desk, reason }) => ({
    names: parties.desk(desk)?.names ?? { 'en-US': desk },
    reason: reason === 'NOT_DISPLAYED' ? reason : ('NOT_ACKNOWLEDGED' as const),
  }));
  const item: RunItem = {
    id: `duty.${duty.id}.${duty.version}.${duty.audience}`,
    version: 1,
    kind: 'message',
    act: 'alert',
    origin: 'derived',
    content: withoutUndefined({
      mode,
      texts: unansweredDutyTexts(
        mode,
        { texts: content.texts, version: duty.version },
        party?.names ?? { 'en-US': duty.audience },
        desks,
      ),
      severity: content.severity,
    }),
    createdAt: at,
  };
  return {
    item,
    row: {
      dueAt: at,
      itemId: item.id,
      version: item.version,
      audience: CONTROL,
      step: 'deliver',
      kind: item.kind,
      origin: 'derived',
      known: { basis: 'derived' },
      createdAt: at,
    },
  };
}
