import { useState, type ReactElement } from 'react';
import { timeWithZone } from '../../../src/core/time/zone-time.js';
import { NO_ANSWER } from '../../../src/core/scenario/no-answer.js';
import type { BranchView, BranchWay } from '../../../src/core/wire/branch.js';
import type { InjectView } from '../../../src/core/wire/inject.js';
import { api } from '../api.js';
import { useMessages } from '../language.js';
import { userAccess } from '../session.js';
import { nameFor, textFor } from '../texts.js';
import { errorText } from '../use-loaded.js';
import { Marked } from './marked.js';

/** Where the story parts by the answers to an inject: which way is taken, which are open, and a control that sets it. */
export function BranchList(props: {
  run: string;
  inject: InjectView;
  timeZone: string;
  onSet: () => void;
}): ReactElement {
  return (
    <>
      {props.inject.branches.map((branch) => (
        <Branch key={branch.by} {...props} branch={branch} />
      ))}
    </>
  );
}

function Branch(props: {
  run: string;
  inject: InjectView;
  branch: BranchView;
  timeZone: string;
  onSet: () => void;
}): ReactElement {
  const messages = useMessages();
  const { control: words } = messages;
  const { run, inject, branch, timeZone } = props;
  const [failure, setFailure] = useState<string>();
  const choose = async (answer: string): Promise<void> => {
    setFailure(undefined);
    try {
      await api.setBranch(userAccess, run, inject.id, { answer, by: branch.by });
    } catch (error) {
      setFailure(errorText(messages, error));
    } finally {
      props.onSet();
    }
  };
  const choice = [...(inject.options ?? []).map(({ id }) => id), NO_ANSWER];
  return (
    <div className="branch" data-testid="branch" data-by={branch.by} data-answer={branch.answer}>
      <span className="quiet">
        {words.branchBy(branch.by.toUpperCase())}
        {branch.decidedBy === 'control' && ` · ${words.branchByHand}`}
      </span>
      <ul>
        {branch.ways.map((way) => (
          <Way key={way.answer} way={way} inject={inject} timeZone={timeZone} />
        ))}
      </ul>
      {branch.canSet && (
        <label>
          {words.branchSet}{' '}
          <select
            data-testid="branch-set"
            value={branch.decidedBy === 'control' ? branch.answer : ''}
            onChange={(event) => void choose(event.target.value)}
          >
            <option value="" disabled>
              {words.branchOpen}
            </option>
            {choice.map((answer) => (
              <AnswerOption key={answer} answer={answer} inject={inject} />
            ))}
          </select>
        </label>
      )}
      {failure !== undefined && (
        <p className="refusal" role="alert">
          {failure}
        </p>
      )}
    </div>
  );
}

function Way({ way, inject, timeZone }: { way: BranchWay; inject: InjectView; timeZone: string }): ReactElement {
  const { control: words, language } = useMessages();
  return (
    <li data-way={way.answer} data-state={way.state}>
      <strong>{words.branchState[way.state]}</strong> <AnswerName answer={way.answer} inject={inject} />
      {way.items.map((item) => (
        <span key={`${item.id}/${item.version}`} className="quiet branch-item">
          {timeWithZone(Date.parse(item.dueAt), timeZone)} <Marked text={textFor(item.texts, language).headline} />
        </span>
      ))}
    </li>
  );
}

/** An option in the reader's language, or that there was no answer. */
export function AnswerName({ answer, inject }: { answer: string; inject?: InjectView }): ReactElement {
  const { control: words, language } = useMessages();
  const name = nameFor(inject?.options?.find(({ id }) => id === answer)?.names, language);
  return <span lang={name.language}>{answer === NO_ANSWER ? words.branchNone : name.name || answer}</span>;
}

function AnswerOption({ answer, inject }: { answer: string; inject: InjectView }): ReactElement {
  const { control: words, language } = useMessages();
  const name = nameFor(inject.options?.find(({ id }) => id === answer)?.names, language);
  return <option value={answer}>{answer === NO_ANSWER ? words.branchNone : name.name || answer}</option>;
}
