import { useState, type FormEvent, type ReactElement } from 'react';
import type { RunView } from '../../../src/core/wire/run.js';
import type { JoinCodeView } from '../../../src/core/wire/session.js';
import { api } from '../api.js';
import { useMessages } from '../language.js';
import { userAccess } from '../session.js';
import { deskNames, nameFor } from '../texts.js';
import { errorText, useLoaded } from '../use-loaded.js';
import { wallTime } from '../wall-time.js';
import { CopyButton } from './copy-button.js';

const LIST_EVERY_MS = 5000;
/** The service makes no more at once. */
const MOST_AT_ONCE = 50;

/** Makes the codes with which players join a run, and shows which are free and who used the others. */
export function JoinCodes({ run }: { run: RunView }): ReactElement {
  const messages = useMessages();
  const { joinCodes: words } = messages.control;
  const list = useLoaded(`join-codes/${run.id}`, () => api.joinCodes(userAccess, run.id), LIST_EVERY_MS);
  // The service tells a code once and keeps only its hash, so they live as long as this page.
  const [told, setTold] = useState<ReadonlyMap<string, string>>(new Map());
  const codes = list.value ?? [];
  const free = codes.flatMap(({ id, usedAt }) => (usedAt === undefined ? (told.get(id) ?? []) : []));
  return (
    <section className="panel join-codes" aria-labelledby="join-codes-title" data-testid="join-codes">
      <h2 id="join-codes-title">{words.title}</h2>
      <MakeCodes
        run={run}
        onMade={(made) => {
          setTold(
            (before) => new Map([...before, ...made.flatMap(({ id, code }) => (code ? [[id, code] as const] : []))]),
          );
          list.reload();
        }}
      />
      {list.error !== undefined && <p className="refusal">{errorText(messages, list.error)}</p>}
      {told.size > 0 && (
        <p className="hint quiet">
          {words.toldOnce}{' '}
          {free.length > 1 && (
            <CopyButton text={free.join('\n')} label={words.copyAll(free.length)} testId="copy-codes" />
          )}
        </p>
      )}
      {list.value?.length === 0 && <p className="quiet">{words.none}</p>}
      <ul>
        {[...codes].reverse().map((code) => (
          <Code key={code.id} code={code} told={told.get(code.id)} run={run} />
        ))}
      </ul>
    </section>
  );
}

function MakeCodes({ run, onMade }: { run: RunView; onMade: (made: JoinCodeView[]) => void }): ReactElement {
  const messages = useMessages();
  const { control, language } = messages;
  const desks = run.audiences.flatMap((audience) => audience.desks);
  const [desk, setDesk] = useState(desks[0]?.id ?? '');
  const [count, setCount] = useState(1);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();

  const make = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setFailure(undefined);
    try {
      onMade(await api.makeJoinCodes(userAccess, run.id, { desk, count }));
    } catch (error) {
      setFailure(error);
    }
    setBusy(false);
  };

  return (
    <form className="join-codes-make" onSubmit={(event) => void make(event)}>
      <label className="field">
        <span>{control.joinCodes.desk}</span>
        <select data-testid="join-codes-desk" value={desk} onChange={(event) => setDesk(event.target.value)}>
          {desks.map(({ id, names }) => (
            <option key={id} value={id}>
              {nameFor(names, language).name}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        <span>{control.joinCodes.count}</span>
        <input
          type="number"
          data-testid="join-codes-count"
          min={1}
          max={MOST_AT_ONCE}
          required
          value={count}
          onChange={(event) => setCount(event.target.valueAsNumber)}
        />
      </label>
      <button type="submit" className="button" data-testid="join-codes-make" disabled={busy || desk === ''}>
        {control.joinCodes.make}
      </button>
      {failure !== undefined && (
        <p className="refusal" role="alert">
          {errorText(messages, failure)}
        </p>
      )}
    </form>
  );
}

function Code(props: { code: JoinCodeView; told: string | undefined; run: RunView }): ReactElement {
  const messages = useMessages();
  const { joinCodes: words } = messages.control;
  const { id, desk, expiresAt, usedAt, player } = props.code;
  const at = (iso: string): string => wallTime(Date.parse(iso), props.run.timeZone, props.run.job, messages);
  const state = usedAt !== undefined ? 'used' : Date.parse(expiresAt) <= Date.now() ? 'expired' : 'free';
  return (
    <li data-testid="join-code" data-id={id} data-state={state}>
      <div className="join-code-line">
        {props.told === undefined ? <span className="quiet">{words.notShown}</span> : <code>{props.told}</code>}
        {props.told !== undefined && state === 'free' && <CopyButton text={props.told} label={words.copy} />}
      </div>
      <div>{deskNames(props.run, messages.language)(desk)}</div>
      <div className={state === 'free' ? undefined : 'quiet'}>
        {state === 'used' && usedAt !== undefined && words.usedBy(player ?? '', at(usedAt))}
        {state === 'expired' && words.expired(at(expiresAt))}
        {state === 'free' && words.freeUntil(at(expiresAt))}
      </div>
    </li>
  );
}
