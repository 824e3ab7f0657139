import type { ReactElement } from 'react';
import type { ItemBody } from '../../../src/core/incident/item.js';
import type { FeedState } from '../feed.js';
import { delayOf, delayWords, eventTime, knownTime, type ShownTime } from '../item-time.js';
import { useMessages } from '../language.js';
import { wordFor } from '../messages/catalogue.js';
import { useRunNow } from '../now.js';
import { duration } from '../time-format.js';

type Clocked = Pick<FeedState, 'clock' | 'serverOffsetMs'>;

function TimeText({ time }: { time: ShownTime }): ReactElement {
  const { desk } = useMessages();
  return (
    <>
      <time dateTime={time.dateTime}>{time.text}</time>{' '}
      <span className={`precision precision-${time.precision}`}>{desk.precision[time.precision]}</span>
    </>
  );
}

/** How long ago something happened on the run's own time line; it stands still while the run does. */
function Since({ at, feed }: { at: string; feed: Clocked }): ReactElement | null {
  const { desk } = useMessages();
  const now = useRunNow(feed);
  if (now === undefined) {
    return null;
  }
  const since = now - Date.parse(at);
  const length = duration(since, desk.durationWords);
  return <span className="since">{since >= 0 ? desk.since(length) : desk.ahead(length)}</span>;
}

/** When it happened, when this desk knew, and the distance between the two. */
export function ItemTimes(props: {
  body: ItemBody;
  timeZone: string;
  feed: Clocked;
  atControl: boolean;
}): ReactElement {
  const { body, timeZone, feed } = props;
  const { desk, language } = useMessages();
  // A question is planned for a moment and then asked; neither is an event of the world.
  const happened = body.inject ? undefined : eventTime(body, timeZone, language);
  const delay = body.inject ? undefined : delayOf(body);
  const basis =
    body.known.basis === 'event' && !props.atControl ? desk.basisEventAtDesk : wordFor(desk.basis, body.known.basis);
  const told = delay === undefined ? undefined : delayWords(delay, desk);
  return (
    <dl className="times">
      {happened && body.event && (
        <div>
          <dt>{desk.happened}</dt>
          <dd>
            <TimeText time={happened} /> <Since at={body.event.at} feed={feed} />
          </dd>
        </div>
      )}
      <div>
        <dt>{desk.known}</dt>
        <dd>
          <TimeText time={knownTime(body, timeZone)} />{' '}
          {told !== undefined && <strong className="delay">{told}</strong>}{' '}
          {/* A question is not known from anywhere: it is asked. */}
          {!(body.inject && body.known.basis === 'event') && basis !== told && <span className="basis">{basis}</span>}
        </dd>
      </div>
    </dl>
  );
}
