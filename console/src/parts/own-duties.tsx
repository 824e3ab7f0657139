import type { ReactElement } from 'react';
import type { ObligationView } from '../../../src/core/wire/obligation.js';
import { deskKey, versionKey } from '../duties.js';
import { urgentDuties, type DutyIndex } from '../duty-index.js';
import type { FeedState } from '../feed.js';
import { useMessages } from '../language.js';
import { useRunNow } from '../now.js';
import { textFor } from '../texts.js';
import { cardTitleId } from './item-card.js';
import { Marked } from './marked.js';
import { SpokenLines } from './spoken-lines.js';

/** Duties of this desk that cannot wait, at the top of its page: the card may be far down, and the reader elsewhere. */
export function OwnDuties({
  index,
  feed,
  desk,
  timeZone,
}: {
  index: DutyIndex;
  feed: Pick<FeedState, 'clock' | 'serverOffsetMs'>;
  desk: string;
  timeZone: string;
}): ReactElement {
  const { desk: words, language } = useMessages();
  const now = useRunNow(feed);
  const urgent = now === undefined ? [] : urgentDuties(index, desk, now);
  const textOf = (duty: ObligationView): { language: string; headline: string } => {
    const item = index.items.get(versionKey(duty));
    return item ? textFor(item.body.texts, language) : { language, headline: duty.id };
  };
  const lines = urgent.map(({ duty, isLate }) => ({
    key: `${duty.epoch}/${deskKey(duty)}/${isLate ? 'late' : 'escalated'}`,
    text: `${isLate ? words.overdue : words.duty.escalated}. ${textOf(duty).headline}`,
  }));
  const first = urgent[0]?.duty;
  return (
    <>
      <SpokenLines lines={lines} testId="live-own-duties" />
      {first && (
        <p className="own-duties" data-testid="own-duties" data-count={urgent.length}>
          <strong className="overdue">
            <span aria-hidden="true">▲ </span>
            {words.duty.urgent(urgent.length)}
          </strong>{' '}
          <CardLink target={cardTitleId(first, timeZone)} {...textOf(first)} />
        </p>
      )}
    </>
  );
}

/** Goes to a card without a change of the address, which names the run and not a place on the page. */
function CardLink({
  target,
  language,
  headline,
}: {
  target: string;
  language: string;
  headline: string;
}): ReactElement {
  return (
    <a
      href={`#${encodeURIComponent(target)}`}
      lang={language}
      onClick={(event) => {
        event.preventDefault();
        const title = document.getElementById(target);
        title?.scrollIntoView({ block: 'center' });
        title?.focus({ preventScroll: true });
      }}
    >
      <Marked text={headline} />
    </a>
  );
}
