import { useEffect, useRef, useState, type ReactElement } from 'react';
import { timeWithZone } from '../../../src/core/time/zone-time.js';
import type { InjectDelivery, InjectView } from '../../../src/core/wire/inject.js';
import { api } from '../api.js';
import type { FeedState } from '../feed.js';
import { useMessages } from '../language.js';
import { useRunNow } from '../now.js';
import { userAccess } from '../session.js';
import { nameFor, textFor } from '../texts.js';
import { countdown } from '../time-format.js';
import { errorText } from '../use-loaded.js';
import { BranchList } from './branch-list.js';
import { Marked } from './marked.js';

/** By then the table has been loaded anew several times. */
const SEEN_WITHIN_MS = 10_000;

interface InjectTableProps {
  run: string;
  injects: readonly InjectView[];
  feed: Pick<FeedState, 'clock' | 'serverOffsetMs'>;
  timeZone: string;
  onSent: () => void;
}

/** The injects of a run: when each is planned, how it stands with each audience, and a button that sends it at once. */
export function InjectTable({ run, injects, feed, timeZone, onSent }: InjectTableProps): ReactElement {
  const messages = useMessages();
  const { control: words } = messages;
  const [failure, setFailure] = useState<string>();

  const send = async (inject: string): Promise<boolean> => {
    setFailure(undefined);
    try {
      await api.sendInject(userAccess, run, inject);
      return true;
    } catch (error) {
      setFailure(errorText(messages, error));
      return false;
    } finally {
      onSent();
    }
  };

  if (injects.length === 0) {
    return <p className="quiet">{words.noInjects}</p>;
  }
  return (
    <>
      {failure !== undefined && (
        <p className="refusal" role="alert">
          {failure}
        </p>
      )}
      <div className="table-scroll" tabIndex={0} role="region" aria-label={words.injects}>
        <table className="inject-table">
          <thead>
            <tr>
              <th scope="col">{words.planned}</th>
              <th scope="col">{words.inject}</th>
              <th scope="col">{words.state}</th>
              <th scope="col">
                <span className="visually-hidden">{words.sendNow}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {injects.map((inject) => (
              <InjectRow
                key={inject.id}
                run={run}
                inject={inject}
                feed={feed}
                timeZone={timeZone}
                send={() => send(inject.id)}
                onSet={onSent}
              />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function InjectRow(props: {
  run: string;
  inject: InjectView;
  feed: Pick<FeedState, 'clock' | 'serverOffsetMs'>;
  timeZone: string;
  /** Resolves to whether it was sent. */
  send: () => Promise<boolean>;
  onSet: () => void;
}): ReactElement {
  const { control: words, language } = useMessages();
  const { inject } = props;
  const text = textFor(inject.texts, language);
  const question = textFor(inject.question, language);
  const canSend = inject.deliveries.some((delivery) => delivery.state === 'pending');
  const { sending, press } = useSendOnce(canSend, props.send);
  return (
    <tr data-testid="inject-row" data-inject={inject.id}>
      <td className="digits">
        {inject.plannedAt === undefined ? '—' : timeWithZone(Date.parse(inject.plannedAt), props.timeZone)}
      </td>
      <th scope="row">
        <strong lang={text.language}>
          <Marked text={text.headline} />
        </strong>
        <span className="quiet" lang={question.language}>
          <Marked text={question.headline} />
        </span>
      </th>
      <td>
        <ul className="deliveries">
          {inject.deliveries.map((delivery) => (
            <Delivery
              key={delivery.audience}
              delivery={delivery}
              inject={inject}
              feed={props.feed}
              timeZone={props.timeZone}
            />
          ))}
        </ul>
        <BranchList run={props.run} inject={inject} timeZone={props.timeZone} onSet={props.onSet} />
      </td>
      <td>
        {canSend && (
          <button type="button" className="button" data-testid="inject-send" disabled={sending} onClick={press}>
            {sending ? words.sendingNow : words.sendNow}
          </button>
        )}
      </td>
    </tr>
  );
}

/** Takes one press until the state of the inject has changed, so that a double click sends once. */
function useSendOnce(canSend: boolean, send: () => Promise<boolean>): { sending: boolean; press: () => void } {
  const [sending, setSending] = useState(false);
  const busy = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const release = (): void => {
    clearTimeout(timer.current);
    busy.current = false;
    setSending(false);
  };
  useEffect(() => {
    if (!canSend) {
      release();
    }
  }, [canSend]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const press = (): void => {
    if (busy.current) {
      return;
    }
    busy.current = true;
    setSending(true);
    void send().then((sent) => {
      if (!sent) {
        release();
      } else if (busy.current) {
        // A jump back may make it pending again before the change was seen here.
        timer.current = setTimeout(release, SEEN_WITHIN_MS);
      }
    });
  };
  return { sending, press };
}

function Delivery(props: {
  delivery: InjectDelivery;
  inject: InjectView;
  feed: Pick<FeedState, 'clock' | 'serverOffsetMs'>;
  timeZone: string;
}): ReactElement {
  const { control: words, desk, language } = useMessages();
  const now = useRunNow(props.feed);
  const { delivery, inject } = props;
  const { deadlineAt } = delivery;
  const answers = delivery.answers;
  const answered = answers.length > 0;
  const left = now !== undefined ? Date.parse(deadlineAt) - now : undefined;
  return (
    <li data-audience={delivery.audience} data-state={answered ? 'answered' : delivery.state}>
      <span className="tag">{delivery.audience.toUpperCase()}</span>
      {!answered && (
        <span className={`delivery delivery-${delivery.state}`}>{words.deliveryState[delivery.state]}</span>
      )}
      {!answered && delivery.state === 'sent' && (
        <span className={left !== undefined && left < 0 ? 'countdown deadline-over' : 'countdown'}>
          {timeWithZone(Date.parse(deadlineAt), props.timeZone)}
          {left !== undefined && ` · ${left < 0 ? desk.overdue : desk.timeLeft} ${countdown(Math.abs(left))}`}
        </span>
      )}
      {answers.map((answer) => {
        const option = inject.options?.find((entry) => entry.id === answer.option);
        const chosen = nameFor(option?.names, language).name;
        // A desk that only chose sends the option's name for its decision; once is enough.
        const own = option && Object.values(option.names).includes(answer.decision) ? '' : answer.decision;
        return (
          <span
            key={`${answer.desk}/${answer.answeredAt}`}
            className={answer.inTime ? 'outcome-line outcome-in-time' : 'outcome-line outcome-late'}
          >
            <strong>{answer.inTime ? words.inTime : words.late}</strong> {[chosen, own].filter(Boolean).join(' · ')}{' '}
            <span className="quiet">
              {answer.person} · {answer.desk} · {timeWithZone(Date.parse(answer.answeredAt), props.timeZone)}
            </span>
          </span>
        );
      })}
    </li>
  );
}
