import type { ReactElement } from 'react';
import type { SlotName } from '../../../src/core/phrase/phrase.js';
import { phraseOf } from '../../../src/core/phrase/phrases.js';
import { DIRECTIONS } from '../../../src/core/phrase/slot.js';
import { audienceOf, placeName } from '../../../src/core/place/place-names.js';
import { PLACES } from '../../../src/core/place/places.js';
import type { Mode } from '../../../src/core/scenario/mode.js';
import { AREAS_AS_PLACE, phrasesFor, slotsOf, withPhrase, type AlertEntry } from '../alert-entry.js';
import { useMessages } from '../language.js';

interface PhraseChoiceProps {
  entry: AlertEntry;
  mode: Mode;
  onEntry: (entry: AlertEntry) => void;
}

/** A standard phrase by its first words, and what fills its slots. */
export function PhraseChoice({ entry, mode, onEntry }: PhraseChoiceProps): ReactElement {
  const { form: words, language } = useMessages();
  const phrase = phraseOf(entry.phrase);
  return (
    <>
      <label className="field">
        <span>{words.phrase}</span>
        <select
          data-testid="alert-phrase"
          value={entry.phrase}
          onChange={({ target }) => onEntry(withPhrase(entry, target.value))}
        >
          <option value="">{words.ownWords}</option>
          {phrasesFor(entry.verb, mode).map(({ id, texts }) => (
            <option key={id} value={id}>
              {texts[language].headline} ({id})
            </option>
          ))}
        </select>
      </label>
      {phrase && (
        <div className="button-row">
          {slotsOf(phrase).map(({ name, required }) => (
            <label key={name} className="field">
              <span>
                {words.slots[name]}
                {required ? ` (${words.needed})` : ''}
                {name === 'time' ? `: ${words.slotHelp.time} ${phrase.timeZone === 'Asia/Tokyo' ? 'JST' : 'KST'}` : ''}
              </span>
              <Slot
                name={name}
                required={required}
                value={entry.slots[name] ?? ''}
                onValue={(value) => onEntry({ ...entry, slots: { ...entry.slots, [name]: value } })}
              />
            </label>
          ))}
        </div>
      )}
    </>
  );
}

interface SlotProps {
  name: SlotName;
  required: boolean;
  value: string;
  onValue: (value: string) => void;
}

function Slot({ name, required, value, onValue }: SlotProps): ReactElement {
  const { form: words, language } = useMessages();
  const testId = `alert-slot-${name}`;
  if (name === 'time') {
    return (
      <input
        data-testid={testId}
        required={required}
        inputMode="numeric"
        placeholder="07:29"
        pattern="([01][0-9]|2[0-3]):[0-5][0-9]"
        value={value}
        onChange={({ target }) => onValue(target.value)}
      />
    );
  }
  const options =
    name === 'direction'
      ? Object.keys(DIRECTIONS).map((point) => [point, words.directions[point as keyof typeof words.directions]])
      : [
          [AREAS_AS_PLACE, words.areasAsPlace],
          ...Object.keys(PLACES).map((place) => [place, placeName(place, audienceOf(language), language) ?? place]),
        ];
  return (
    <select data-testid={testId} required={required} value={value} onChange={({ target }) => onValue(target.value)}>
      <option value="">{words.notGiven}</option>
      {options.map(([key, label]) => (
        <option key={key} value={key}>
          {label}
        </option>
      ))}
    </select>
  );
}
