import { useState, type FormEvent, type ReactElement } from 'react';
import { api } from '../api.js';
import { useMessages } from '../language.js';
import { navigate } from '../router.js';
import { userAccess } from '../session.js';
import { nameFor } from '../texts.js';
import { errorText, useLoaded } from '../use-loaded.js';
import { SPEEDS } from './playback.js';
import { Link } from './shell.js';

/** Starts a run of a scenario and goes to its control page. */
export function StartRun(): ReactElement {
  const messages = useMessages();
  const { control: words, desk, language } = messages;
  const scenarios = useLoaded('scenarios', () => api.scenarios(userAccess));
  const arrangements = useLoaded('arrangements', () => api.arrangements(userAccess));
  const [arrangement, setArrangement] = useState<string>();
  const [chosen, setChosen] = useState<string>();
  const [chapter, setChapter] = useState<string>();
  const [ownSpeed, setSpeed] = useState<number>();
  const [ownPaused, setPaused] = useState<boolean>();
  const [mode, setMode] = useState<'exercise' | 'test'>('exercise');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();

  const scenario = scenarios.value?.find((entry) => entry.id === chosen) ?? scenarios.value?.[0];
  const under = arrangements.value?.find(({ id }) => id === arrangement) ?? arrangements.value?.[0];
  // People answer in an exercise: it waits for them and goes at the pace of the room, unless the controller says otherwise.
  const exercise = scenario?.job === 'exercise';
  const speed = ownSpeed ?? (exercise ? 1 : 60);
  const paused = ownPaused ?? exercise;
  const chapters = scenario?.chapters ?? [];
  const chapterId = chapters.find((entry) => entry.id === chapter)?.id ?? chapters.find((entry) => entry.default)?.id;

  const start = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!scenario) {
      return;
    }
    setBusy(true);
    setFailure(undefined);
    try {
      const run = await api.startRun(userAccess, {
        scenario: scenario.id,
        chapter: chapterId,
        arrangement,
        speed,
        paused,
        mode,
      });
      navigate(`/control?run=${encodeURIComponent(run.id)}`);
    } catch (error) {
      setFailure(error);
      setBusy(false);
    }
  };

  return (
    <form className="panel start-run" onSubmit={(event) => void start(event)}>
      <h2>{words.startRun}</h2>
      <label className="field">
        <span>{words.scenario}</span>
        <select
          data-testid="start-scenario"
          value={scenario?.id ?? ''}
          onChange={(event) => {
            setChosen(event.target.value);
            setSpeed(undefined);
            setPaused(undefined);
          }}
        >
          {scenarios.value?.map((entry) => (
            <option key={entry.id} value={entry.id}>
              {nameFor(entry.names, language).name}
            </option>
          ))}
        </select>
      </label>
      {scenario && (
        <>
          <p className="quiet summary-text">{nameFor(scenario.summary, language).name}</p>
          <Link to={`/compare?scenario=${encodeURIComponent(scenario.id)}`} testId="compare-link">
            {messages.compare.open}
          </Link>
        </>
      )}
      <label className="field">
        <span>{words.chapter}</span>
        <select
          data-testid="start-chapter"
          value={chapterId ?? ''}
          onChange={(event) => setChapter(event.target.value)}
        >
          {chapters.map((entry) => (
            <option key={entry.id} value={entry.id}>
              {nameFor(entry.names, language).name}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        <span>{words.arrangement}</span>
        <select
          data-testid="start-arrangement"
          value={under?.id ?? ''}
          onChange={(event) => setArrangement(event.target.value)}
        >
          {arrangements.value?.map((entry) => (
            <option key={entry.id} value={entry.id}>
              {nameFor(entry.names, language).name}
            </option>
          ))}
        </select>
      </label>
      {under && (
        <p className="quiet summary-text">
          {under.hypothetical && <span className="tag">{messages.compare.hypothetical}</span>}{' '}
          {nameFor(under.summary, language).name}
        </p>
      )}
      <div className="field-row">
        <label className="field">
          <span>{words.speed}</span>
          <select data-testid="start-speed" value={speed} onChange={(event) => setSpeed(Number(event.target.value))}>
            {SPEEDS.map((entry) => (
              <option key={entry} value={entry}>
                {desk.speed(entry)}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          <span>{words.mode}</span>
          <select
            data-testid="start-mode"
            value={mode}
            onChange={(event) => setMode(event.target.value === 'test' ? 'test' : 'exercise')}
          >
            <option value="exercise">{desk.mode.exercise}</option>
            <option value="test">{desk.mode.test}</option>
          </select>
        </label>
      </div>
      <label className="choice">
        <input
          type="checkbox"
          data-testid="start-paused"
          checked={paused}
          onChange={(event) => setPaused(event.target.checked)}
        />
        <span>{words.startPaused}</span>
      </label>
      {(failure !== undefined || scenarios.error !== undefined) && (
        <p className="refusal" role="alert">
          {errorText(messages, failure ?? scenarios.error)}
        </p>
      )}
      <button
        type="submit"
        className="button button-primary"
        data-testid="start-run"
        disabled={busy || scenario === undefined}
      >
        {busy ? words.starting : words.start}
      </button>
    </form>
  );
}
