import type { ReactElement } from 'react';
import type { ObligationView } from '../../../src/core/wire/obligation.js';
import type { DeskView } from '../../../src/core/wire/desk.js';
import { standingOf } from '../duties.js';
import type { FeedState } from '../feed.js';
import { useMessages } from '../language.js';
import { wordFor } from '../messages/catalogue.js';
import { useRunNow } from '../now.js';
import { countdown } from '../time-format.js';

/** What this desk owes for an item version, and by when; and which other desk of its own side was asked. */
export function Duty({
  obligations,
  feed,
  desk,
}: {
  obligations: readonly ObligationView[];
  feed: FeedState;
  desk: DeskView;
}): ReactElement | null {
  const { desk: words } = useMessages();
  const now = useRunNow(feed);
  const own = obligations.find((each) => each.desk === desk.id);
  const others = obligations.filter((each) => each.desk !== desk.id && each.state === 'open');
  if (now === undefined || (!own && others.length === 0)) {
    return null;
  }
  const standing = own && standingOf(own, feed.acknowledged, now);
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
          {words.duty.askedOther(each.desk)}
        </span>
      ))}
    </div>
  );
}
