import type { ReactElement } from 'react';
import type { Mode } from '../../../src/core/scenario/mode.js';
import { useMessages } from '../language.js';

/** The mode as a word on its own pattern: stripes for what is not happening, a plain block for what is. */
export function ModeBadge({ mode }: { mode: Mode }): ReactElement {
  const { desk } = useMessages();
  return <span className={`mode-badge mode-${mode}`}>{desk.mode[mode]}</span>;
}
