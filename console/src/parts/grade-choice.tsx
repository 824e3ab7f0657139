import { useId, type ReactElement } from 'react';
import { CERTAINTIES, SEVERITIES, URGENCIES } from '../../../src/core/alert/alert.js';
import { useMessages } from '../language.js';

const GRADES = { severity: SEVERITIES, urgency: URGENCIES, certainty: CERTAINTIES } as const;
type Grade = keyof typeof GRADES;

interface GradeChoiceProps {
  name: Grade;
  /** Empty until somebody chooses. */
  value: string;
  onValue: (value: string) => void;
}

/** One of the three grades of CAP, with what the chosen value means in plain words (CAP 1.2, section 3.2.2). */
export function GradeChoice({ name, value, onValue }: GradeChoiceProps): ReactElement {
  const { desk, form: words } = useMessages();
  const helpId = useId();
  const label = { severity: desk.severityLabel, urgency: desk.urgencyLabel, certainty: desk.certaintyLabel }[name];
  const names: Readonly<Record<string, string>> = desk[name];
  const help: Readonly<Record<string, string>> = words.help[name];
  return (
    <div className="field">
      <label className="field">
        <span>{label}</span>
        <select
          data-testid={`alert-${name}`}
          required
          value={value}
          aria-describedby={helpId}
          onChange={({ target }) => onValue(target.value)}
        >
          <option value="">{words.choose}</option>
          {GRADES[name].map((each) => (
            <option key={each} value={each}>
              {names[each] ?? each}
            </option>
          ))}
        </select>
      </label>
      <p id={helpId} className="quiet field-help">
        {help[value] ?? ''}
      </p>
    </div>
  );
}
