import { useId, useState, type ReactElement } from 'react';
import { subdivisionName } from '../../../src/core/area/subdivision.js';
import { SUBDIVISIONS } from '../../../src/core/area/subdivisions.js';
import { useMessages } from '../language.js';

/** What the service takes of one alert. */
const MOST = 20;

interface AreaChoiceProps {
  /** ISO 3166-2 codes. */
  chosen: readonly string[];
  onChoose: (codes: string[]) => void;
}

/** Areas to tick, found by their name in any language or by their code; what is ticked stays in sight. */
export function AreaChoice({ chosen, onChoose }: AreaChoiceProps): ReactElement {
  const { form: words, language } = useMessages();
  const [sought, setSought] = useState('');
  const listId = useId();
  const wanted = sought.trim().toLowerCase();
  const found = Object.keys(SUBDIVISIONS).filter((code) => !chosen.includes(code) && isNamed(code, wanted));
  const shown = [...chosen, ...(wanted === '' ? [] : found)];
  return (
    <fieldset className="field area-choice">
      <legend>{words.areas(chosen.length)}</legend>
      <label className="field">
        <span>{words.areaSearch}</span>
        <input
          data-testid="alert-area-search"
          autoComplete="off"
          value={sought}
          aria-controls={listId}
          onChange={({ target }) => setSought(target.value)}
          // Enter would send the form away from the middle of a search.
          onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
        />
      </label>
      <ul id={listId} className="area-list">
        {shown.map((code) => (
          <li key={code}>
            <label className="choice">
              <input
                type="checkbox"
                data-testid="alert-area"
                value={code}
                checked={chosen.includes(code)}
                disabled={!chosen.includes(code) && chosen.length >= MOST}
                onChange={({ target }) =>
                  onChoose(target.checked ? [...chosen, code] : chosen.filter((each) => each !== code))
                }
              />
              {subdivisionName(code, language)} <span className="quiet digits">{code}</span>
            </label>
          </li>
        ))}
      </ul>
      {wanted !== '' && found.length === 0 && (
        <p className="quiet" role="status">
          {words.areaNone}
        </p>
      )}
    </fieldset>
  );
}

const isNamed = (code: string, wanted: string): boolean =>
  code.toLowerCase().startsWith(wanted) ||
  Object.values(SUBDIVISIONS[code] ?? {}).some((name) => name.toLowerCase().includes(wanted));
