import { useState, type FormEvent, type ReactElement } from 'react';
import { CERTAINTIES, SEVERITIES, URGENCIES, type AlertInfo } from '../../../src/core/alert/alert.js';
import { api } from '../api.js';
import { useMessages } from '../language.js';
import { UI_LANGUAGES, type UiLanguage } from '../messages/catalogue.js';
import { userAccess } from '../session.js';
import { errorText } from '../use-loaded.js';

type Words = Required<Omit<AlertInfo, 'language'>>;

const BLANK: Words = { headline: '', description: '', instruction: '' };
const PARTS = ['headline', 'description', 'instruction'] as const;

/** Writes an alert in the three languages side by side. Whoever submits it sends nothing: another person approves. */
export function DraftForm({ run, onSubmitted }: { run: string; onSubmitted: () => void }): ReactElement {
  const messages = useMessages();
  const { desk, send: words } = messages;
  const [event, setEvent] = useState('');
  const [graded, setGraded] = useState({ urgency: URGENCIES[0], severity: SEVERITIES[0], certainty: CERTAINTIES[0] });
  const [texts, setTexts] = useState<Record<UiLanguage, Words>>({ 'ja-JP': BLANK, 'ko-KR': BLANK, 'en-US': BLANK });
  const [outcome, setOutcome] = useState<{ refusal?: string }>();

  const submit = async (submitted: FormEvent): Promise<void> => {
    submitted.preventDefault();
    setOutcome(undefined);
    const info = UI_LANGUAGES.filter((language) => texts[language].headline !== '').map((language) => ({
      language,
      ...Object.fromEntries(Object.entries(texts[language]).filter(([, text]) => text !== '')),
    })) as AlertInfo[];
    try {
      await api.sendAlert(userAccess, run, { event, ...graded, info });
      setTexts({ 'ja-JP': BLANK, 'ko-KR': BLANK, 'en-US': BLANK });
      setEvent('');
      setOutcome({});
      onSubmitted();
    } catch (error) {
      setOutcome({ refusal: errorText(messages, error) });
    }
  };

  const grade = <Name extends keyof typeof graded>(
    name: Name,
    label: string,
    values: readonly string[],
  ): ReactElement => (
    <label className="field">
      <span>{label}</span>
      <select
        data-testid={`draft-${name}`}
        value={graded[name]}
        onChange={({ target }) => setGraded({ ...graded, [name]: target.value })}
      >
        {values.map((value) => (
          <option key={value} value={value}>
            {(desk[name] as Record<string, string>)[value] ?? value}
          </option>
        ))}
      </select>
    </label>
  );

  return (
    <form className="draft-form" onSubmit={(submitted) => void submit(submitted)} data-testid="draft-form">
      <div className="button-row">
        <label className="field">
          <span>{words.event}</span>
          <input
            data-testid="draft-event"
            required
            maxLength={120}
            value={event}
            onChange={({ target }) => setEvent(target.value)}
          />
        </label>
        {grade('severity', desk.severityLabel, SEVERITIES)}
        {grade('urgency', desk.urgencyLabel, URGENCIES)}
        {grade('certainty', desk.certaintyLabel, CERTAINTIES)}
      </div>
      <div className="side-by-side">
        {UI_LANGUAGES.map((language) => (
          <fieldset key={language} className="field">
            <legend>{desk.language[language]}</legend>
            {PARTS.map((part) => (
              <label key={part} className="field">
                <span>{words[part]}</span>
                <textarea
                  lang={language}
                  data-testid={`draft-${part}-${language}`}
                  required={part === 'headline'}
                  rows={2}
                  maxLength={part === 'headline' ? 400 : 4000}
                  value={texts[language][part]}
                  onChange={({ target }) =>
                    setTexts({ ...texts, [language]: { ...texts[language], [part]: target.value } })
                  }
                />
              </label>
            ))}
          </fieldset>
        ))}
      </div>
      {outcome?.refusal !== undefined && (
        <p className="refusal" role="alert">
          {outcome.refusal}
        </p>
      )}
      {outcome && outcome.refusal === undefined && <p role="status">{words.submitted}</p>}
      <button type="submit" className="button button-primary" data-testid="draft-submit">
        {words.saveDraft}
      </button>
    </form>
  );
}
