import { type ReactElement } from 'react';
import type { Mode } from '../../../src/core/scenario/mode.js';
import { useMessages } from '../language.js';
import { AlertForm } from './alert-form.js';
import { Disclosure } from './disclosure.js';

/** The form for an alert in a drill, closed until somebody wants it. */
export function DrillSend({ run, mode }: { run: string; mode: Mode }): ReactElement {
  const { form: words } = useMessages();
  return (
    <section className="panel drill-send">
      <Disclosure title={words.open.drill} testId="alert-open">
        <AlertForm run={run} mode={mode} />
      </Disclosure>
    </section>
  );
}
