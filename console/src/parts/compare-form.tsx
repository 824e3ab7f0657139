import { useState, type FormEvent, type ReactElement } from 'react';
import { api, type CompareQuery } from '../api.js';
import { useMessages } from '../language.js';
import { userAccess } from '../session.js';
import { nameFor } from '../texts.js';
import { errorText, useLoaded } from '../use-loaded.js';

const SEEDS = [20, 50, 200, 500, 1000] as const;
const FIRST_ARRANGEMENTS = ['as-it-was', 'tisa-relay', 'realtime-hub'];
/** The service compares no more at once. */
const MOST_ARRANGEMENTS = 10;

interface CompareFormProps {
  /** The scenario to begin with. */
  first: string | undefined;
  busy: boolean;
  onCompare: (wanted: CompareQuery) => void;
}

/** What to compare: a scenario, a chapter of it, arrangements and how many seeds. */
export function CompareForm({ first, busy, onCompare }: CompareFormProps): ReactElement {
  const messages = useMessages();
  const { compare: words, control, language } = messages;
  const scenarios = useLoaded('scenarios', () => api.scenarios(userAccess));
  const arrangements = useLoaded('arrangements', () => api.arrangements(userAccess));
  const [chosen, setChosen] = useState(first);
  const [chapter, setChapter] = useState<string>();
  const [ids, setIds] = useState<readonly string[]>(FIRST_ARRANGEMENTS);
  const [seeds, setSeeds] = useState<number>(200);
  const [strict, setStrict] = useState(false);

  const scenario = scenarios.value?.find(({ id }) => id === chosen) ?? scenarios.value?.[0];
  const chapters = scenario?.chapters ?? [];
  const chapterId = (chapters.find(({ id }) => id === chapter) ?? chapters.find((each) => each.default))?.id;
  const failure = scenarios.error ?? arrangements.error;

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (scenario) {
      onCompare({ scenario: scenario.id, chapter: chapterId, arrangements: ids, seeds, strict });
    }
  };

  return (
    <form className="panel compare-form" onSubmit={submit}>
      <p className="quiet compare-lead">{words.lead}</p>
      <label className="field">
        <span>{control.scenario}</span>
        <select
          data-testid="compare-scenario"
          value={scenario?.id ?? ''}
          onChange={(event) => setChosen(event.target.value)}
        >
          {scenarios.value?.map(({ id, names }) => (
            <option key={id} value={id}>
              {nameFor(names, language).name}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        <span>{control.chapter}</span>
        <select value={chapterId ?? ''} onChange={(event) => setChapter(event.target.value)}>
          {chapters.map(({ id, names }) => (
            <option key={id} value={id}>
              {nameFor(names, language).name}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        <span>{words.seeds}</span>
        <select data-testid="compare-seeds" value={seeds} onChange={(event) => setSeeds(Number(event.target.value))}>
          {SEEDS.map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </select>
      </label>
      <fieldset className="field compare-arrangements">
        <legend>{words.arrangements}</legend>
        {arrangements.value?.map(({ id, names, summary, hypothetical }) => (
          <label key={id} className="choice">
            <input
              type="checkbox"
              data-testid={`compare-with-${id}`}
              checked={ids.includes(id)}
              disabled={!ids.includes(id) && ids.length >= MOST_ARRANGEMENTS}
              onChange={({ target }) => setIds(target.checked ? [...ids, id] : ids.filter((each) => each !== id))}
            />
            <span>
              {nameFor(names, language).name} {hypothetical && <span className="tag">{words.hypothetical}</span>}
              <small className="quiet">{nameFor(summary, language).name}</small>
            </span>
          </label>
        ))}
      </fieldset>
      <label className="choice compare-strict">
        <input type="checkbox" checked={strict} onChange={(event) => setStrict(event.target.checked)} />
        <span>{words.strict}</span>
      </label>
      {failure !== undefined && (
        <p className="refusal" role="alert">
          {errorText(messages, failure)}
        </p>
      )}
      <button
        type="submit"
        className="button button-primary"
        data-testid="compare-start"
        disabled={busy || !scenario || ids.length === 0}
      >
        {words.compare}
      </button>
    </form>
  );
}
