import { useEffect, useRef, useState, type ReactElement } from 'react';
import { useMessages } from '../language.js';

export interface SpokenLine {
  /** A line is spoken once for each key. */
  key: string;
  text: string;
}

/** A flood is counted, not read out. */
const TOGETHER = 3;

/**
 * Tells a screen reader at once of the lines that are new among these. The region is in the page from the start and is cleared
 * before it is set: regions that come with their text, and texts that repeat, stay silent in common readers.
 */
export function SpokenLines({ lines, testId }: { lines: readonly SpokenLine[]; testId: string }): ReactElement {
  const { control: words } = useMessages();
  const [text, setText] = useState('');
  const spoken = useRef(new Set<string>());
  const pending = useRef<SpokenLine[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  useEffect(() => {
    const fresh = lines.filter(({ key }) => !spoken.current.has(key));
    fresh.forEach(({ key }) => spoken.current.add(key));
    pending.current.push(...fresh);
    if (pending.current.length === 0 || timer.current !== undefined) {
      return;
    }
    setText('');
    timer.current = setTimeout(() => {
      timer.current = undefined;
      const all = pending.current.splice(0);
      const left = all.length - TOGETHER;
      setText([...all.slice(0, TOGETHER).map((line) => line.text), ...(left > 0 ? [words.more(left)] : [])].join('. '));
    }, 150);
  }, [lines, words]);

  useEffect(() => () => clearTimeout(timer.current), []);

  return (
    <div className="visually-hidden" aria-live="assertive" aria-atomic="true" data-testid={testId}>
      {text}
    </div>
  );
}
