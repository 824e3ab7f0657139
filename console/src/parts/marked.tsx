import type { ReactElement } from 'react';
import { splitMarks } from '../texts.js';

/** A text with its marks set smaller; nothing of it is left out. */
export function Marked({ text }: { text: string }): ReactElement {
  const parts = splitMarks(text);
  return (
    <>
      {parts.before !== '' && <span className="marker">{parts.before}</span>}
      {parts.text}
      {parts.after !== '' && <span className="marker">{parts.after}</span>}
    </>
  );
}
