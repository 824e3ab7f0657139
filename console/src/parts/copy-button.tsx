import { useState, type ReactElement } from 'react';
import { useMessages } from '../language.js';

/** Puts a text on the clipboard and says whether that worked: over plain HTTP a browser has none to offer. */
export function CopyButton({ text, label, testId }: { text: string; label: string; testId?: string }): ReactElement {
  const { control: words } = useMessages();
  const [outcome, setOutcome] = useState<'copied' | 'failed'>();
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setOutcome('copied');
    } catch {
      setOutcome('failed');
    }
  };
  return (
    <>
      <button type="button" className="button button-small" data-testid={testId} onClick={() => void copy()}>
        {label}
      </button>{' '}
      <span role="status" className="quiet">
        {outcome && words.copyOutcome[outcome]}
      </span>
    </>
  );
}
