import { useRef, useState, type FormEvent, type ReactElement } from 'react';
import { runNowOf } from '../../../src/core/clock/clock-view.js';
import type { ResponseBody } from '../../../src/core/incident/item.js';
import { timeWithZone } from '../../../src/core/time/zone-time.js';
import type { DeskView } from '../../../src/core/wire/desk.js';
import type { FeedItem } from '../../../src/core/wire/feed.js';
import type { DeskLink } from '../desk-link.js';
import type { FeedState } from '../feed.js';
import { useMessages } from '../language.js';
import { useRunNow } from '../now.js';
import { commandKey, responseTo } from '../outcome.js';
import { nameFor, textFor } from '../texts.js';
import { countdown } from '../time-format.js';
import { Marked } from './marked.js';

interface InjectFormProps {
  item: FeedItem;
  feed: FeedState;
  link: DeskLink | undefined;
  desk: DeskView;
  /** An onlooker sees the question and the answer but has no form. */
  mayAnswer: boolean;
}

/** A question with its deadline. The countdown runs in run time, so it stands still while the clock does. */
export function InjectForm({ item, feed, link, desk, mayAnswer }: InjectFormProps): ReactElement | null {
  const { desk: words, language } = useMessages();
  const [own, setOwn] = useState<Pick<ResponseBody, 'decision' | 'option' | 'inTime'>>();
  const inject = item.body.inject;
  if (!inject) {
    return null;
  }
  const question = textFor(inject.question, language);
  const answer = responseTo(feed.items, item.id, desk.id) ?? own;
  const option = inject.options?.find((entry) => entry.id === answer?.option);
  return (
    <section className="inject">
      <p className="inject-question" lang={question.language}>
        <Marked text={question.headline} />
      </p>
      {question.description !== undefined && (
        <p className="description" lang={question.language}>
          <Marked text={question.description} />
        </p>
      )}
      <Deadline deadlineAt={inject.deadlineAt} feed={feed} timeZone={desk.timeZone} answered={answer !== undefined} />
      {answer && (
        <div
          className={`outcome ${answer.inTime ? 'outcome-in-time' : 'outcome-late'}`}
          data-testid="inject-outcome"
          data-outcome={answer.inTime ? 'in-time' : 'late'}
        >
          <strong>
            {words.answered} · {answer.inTime ? words.inTime : words.lateAnswer}
          </strong>
          {option && <p lang={nameFor(option.names, language).language}>{nameFor(option.names, language).name}</p>}
          {!(option && Object.values(option.names).includes(answer.decision)) && <p>{answer.decision}</p>}
        </div>
      )}
      {!answer && mayAnswer && (
        <AnswerForm item={item} link={link} feed={feed} deadlineAt={inject.deadlineAt} onAnswered={setOwn} />
      )}
    </section>
  );
}

function Deadline(props: { deadlineAt: string; feed: FeedState; timeZone: string; answered: boolean }): ReactElement {
  const { desk: words } = useMessages();
  const now = useRunNow(props.feed);
  const deadline = Date.parse(props.deadlineAt);
  const left = now === undefined ? undefined : deadline - now;
  return (
    <p className={`deadline${left !== undefined && left < 0 && !props.answered ? ' deadline-over' : ''}`}>
      <span className="quiet">{words.answerBy}</span>{' '}
      <time dateTime={props.deadlineAt}>{timeWithZone(deadline, props.timeZone)}</time>{' '}
      {!props.answered && (
        <span
          className="countdown"
          data-testid="inject-deadline"
          data-deadline={props.deadlineAt}
          data-left-ms={left === undefined ? '' : Math.round(left)}
          role="timer"
        >
          {left === undefined ? '' : `${left < 0 ? words.overdue : words.timeLeft} ${countdown(Math.abs(left))}`}
        </span>
      )}
    </p>
  );
}

function AnswerForm(props: {
  item: FeedItem;
  link: DeskLink | undefined;
  feed: FeedState;
  deadlineAt: string;
  onAnswered: (answer: { decision: string; option?: string; inTime: boolean }) => void;
}): ReactElement {
  const { desk: words, language } = useMessages();
  const { item, link } = props;
  const [decision, setDecision] = useState('');
  const [option, setOption] = useState<string>();
  const [state, setState] = useState<'idle' | 'sending' | 'retrying'>('idle');
  const [refusal, setRefusal] = useState<string>();
  const key = useRef(commandKey());
  const options = item.body.inject?.options ?? [];
  const complete = decision.trim() !== '' || option !== undefined;

  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!link || !complete) {
      return;
    }
    setState('sending');
    setRefusal(undefined);
    // An option speaks for itself: without words of one's own, its name is the decision.
    const name = nameFor(options.find((entry) => entry.id === option)?.names, language).name;
    const body = { decision: decision.trim() || name, ...(option === undefined ? {} : { option }) };
    const clock = props.feed.clock;
    const sentAt = clock ? runNowOf(clock, Date.now() + props.feed.serverOffsetMs) : 0;
    const reply = await link.respond({ inject: item.id, body, key: key.current }, () => setState('retrying'));
    setState('idle');
    if (reply.ok) {
      // The server judges; the console's own reading of the clock stands in where it does not say.
      props.onAnswered(reply.response ?? { ...body, inTime: sentAt <= Date.parse(props.deadlineAt) });
    } else {
      setRefusal(reply.detail ?? reply.code ?? '');
    }
  };

  return (
    <form className="answer" onSubmit={(event) => void send(event)}>
      {options.length > 0 && (
        <fieldset>
          <legend>{words.options}</legend>
          {options.map((entry) => {
            const name = nameFor(entry.names, language);
            return (
              <label key={entry.id} className="choice" data-testid="inject-option" data-option={entry.id}>
                <input
                  type="radio"
                  name={`option-${item.id}`}
                  value={entry.id}
                  checked={option === entry.id}
                  onChange={() => setOption(entry.id)}
                />
                <span lang={name.language}>{name.name}</span>
              </label>
            );
          })}
        </fieldset>
      )}
      <label className="field">
        <span>{words.decision}</span>
        <textarea
          data-testid="inject-answer-text"
          rows={3}
          maxLength={4000}
          value={decision}
          placeholder={words.decisionHint}
          onChange={(event) => setDecision(event.target.value)}
        />
      </label>
      <div className="acknowledge-row">
        <button
          type="submit"
          className="button button-primary"
          data-testid="inject-submit"
          disabled={!complete || state !== 'idle' || !link}
        >
          {words.answer}
        </button>
        {state !== 'idle' && <span className="quiet">{state === 'sending' ? words.sending : words.retrying}</span>}
      </div>
      {refusal !== undefined && <p className="refusal">{words.refusedReply(refusal)}</p>}
    </form>
  );
}
