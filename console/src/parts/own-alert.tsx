import type { ReactElement } from 'react';
import type { Mode } from '../../../src/core/scenario/mode.js';
import { useMessages } from '../language.js';
import { AlertForm } from './alert-form.js';
import { Disclosure } from './disclosure.js';
import { TakeBack } from './take-back.js';

interface OwnAlertProps {
  run: string;
  mode: Mode;
  id: string;
  /** Whether more than taking it back is allowed. */
  mayWrite: boolean;
}

/** What its sender may do with an alert: go on with it, correct it, declare it over, or take it back. */
export function OwnAlert({ run, mode, id, mayWrite }: OwnAlertProps): ReactElement {
  const { form: words } = useMessages();
  return (
    <div className="own-alert">
      {mayWrite && (
        <Disclosure title={words.followUp} testId="follow-up">
          <AlertForm run={run} mode={mode} thread={id} />
        </Disclosure>
      )}
      <TakeBack run={run} id={id} />
    </div>
  );
}
