import type { ReactElement } from 'react';
import type { ItemRef } from '../../../src/core/wire/feed.js';
import type { DeskView } from '../../../src/core/wire/desk.js';
import { obligationsOf, standingOf, type DutyIndex } from '../duty-index.js';
import type { FeedState } from '../feed.js';
import { useMessages } from '../language.js';
import { wordFor } from '../messages/catalogue.js';
import { useRunNow } from '../now.js';
import { countdown } from '../time-format.js';

interface DutyProps {
  item: ItemRef;
  index: DutyIndex;
  feed: Pick<FeedState, 'clock' | 'serverOffsetMs'>;
  desk: DeskView;
  nameOf: (desk: string) => string;
}

/** What this desk owes for an item version, and by when; and which other desk of its own side was asked. */
export function Duty(props: DutyProps): ReactElement | null {
  // Most cards have no duty: they need not render again with the clock.
  return obligationsOf(props.index, props.item).length > 0 ? <DutyLines {...props} /> : null;
}

function DutyLines({ item, index, feed, desk, nameOf }: DutyProps): ReactElement | null {
  const { desk: words } = useMessages();
  const now = useRunNow(feed);
  const obligations = obligationsOf(index, item);
  const own = obligations.find((each) => each.desk === desk.id);
  const others = obligations.filter((each) => each.desk !== desk.id && each.state === 'open');
  if (now === undefined || (!own && others.length === 0)) {
    return null;
  }
  const standing = own && standingOf(own, index, now);
  const left = own ? Date.parse(own.acknowledgeBy) - now : 0;
  return (
    <div className="duty" data-testid="duty" data-standing={standing ?? 'other'} data-left-ms={own ? left : undefined}>
      {own && own.rank > 1 && (standing === 'asked' || standing === 'overdue') && (
        <strong className="tag tag-escalated">{words.duty.escalated}</strong>
      )}
      {standing === 'asked' && (
        <span>
          {words.duty.acknowledgeWithin} <span className="digits">{countdown(Math.max(0, left))}</span>
        </span>
      )}
      {(standing === 'overdue' || standing === 'lapsed') && (
        <strong className="overdue">
          <span aria-hidden="true">▲ </span>
          {standing === 'overdue' ? words.duty.overdue(countdown(-left)) : words.duty.lapsed}
        </strong>
      )}
      {own && standing === 'closed' && <span className="quiet">{wordFor(words.duty.closed, own.reason ?? '')}</span>}
      {others.map((each) => (
        <span key={each.desk} className="quiet">
          {words.duty.askedOther(nameOf(each.desk))}
        </span>
      ))}
    </div>
  );
}
