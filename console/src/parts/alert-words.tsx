import type { ReactElement } from 'react';
import { wordsOf, type AlertEntry } from '../alert-entry.js';
import { useMessages } from '../language.js';
import { UI_LANGUAGES } from '../messages/catalogue.js';

const PARTS = ['headline', 'description', 'instruction'] as const;

/** The texts in the three languages side by side; a language whose words are changed is the sender's own from then on. */
export function AlertWords({
  entry,
  onEntry,
}: {
  entry: AlertEntry;
  onEntry: (entry: AlertEntry) => void;
}): ReactElement {
  const { desk, send, form: words } = useMessages();
  const texts = wordsOf(entry);
  return (
    <div className="side-by-side">
      {UI_LANGUAGES.map((language) => (
        <fieldset key={language} className="field">
          <legend>
            {desk.language[language]}
            {entry.phrase === '' ? '' : ` · ${entry.own[language] ? words.ownText : words.fromPhrase}`}
          </legend>
          {PARTS.map((part) => (
            <label key={part} className="field">
              <span>{send[part]}</span>
              <textarea
                lang={language}
                data-testid={`alert-${part}-${language}`}
                required={part === 'headline'}
                rows={part === 'headline' ? 2 : 3}
                maxLength={part === 'headline' ? 400 : 4000}
                value={texts[language][part]}
                onChange={({ target }) =>
                  onEntry({ ...entry, own: { ...entry.own, [language]: { ...texts[language], [part]: target.value } } })
                }
              />
            </label>
          ))}
          {entry.phrase !== '' && entry.own[language] && (
            <button
              type="button"
              className="button button-quiet"
              onClick={() => onEntry({ ...entry, own: { ...entry.own, [language]: undefined } })}
            >
              {words.backToPhrase}
            </button>
          )}
        </fieldset>
      ))}
    </div>
  );
}
