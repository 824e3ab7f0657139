import type { ReactElement } from 'react';
import type { Me } from '../../../src/core/wire/session.js';
import { api } from '../api.js';
import { useMessages } from '../language.js';
import { userAccess } from '../session.js';
import { errorText, useLoaded } from '../use-loaded.js';
import { AlertForm } from './alert-form.js';
import { Disclosure } from './disclosure.js';
import { DraftCard } from './draft-card.js';

const EVERY_MS = 2_000;

/** The drafts of the own party on the run that is actual: what waits, and a form for the next. */
export function Drafts({ run, me, timeZone }: { run: string; me: Me; timeZone: string }): ReactElement {
  const messages = useMessages();
  const { send: words, form } = messages;
  const drafts = useLoaded(`drafts/${run}`, () => api.drafts(userAccess, run), EVERY_MS);
  return (
    <section className="panel drafts" data-testid="drafts" aria-labelledby="drafts-title">
      <p className="drafts-warning">{words.actualWarning}</p>
      <h2 id="drafts-title">{words.title}</h2>
      {drafts.error !== undefined && <p className="refusal">{errorText(messages, drafts.error)}</p>}
      {drafts.value?.length === 0 && <p className="quiet">{words.none}</p>}
      <ul>
        {drafts.value?.map((draft) => (
          // Keyed by what it says: another text begins with an empty confirmation.
          <DraftCard key={draft.hash} draft={draft} me={me} timeZone={timeZone} onDecided={drafts.reload} />
        ))}
      </ul>
      <Disclosure title={form.open.actual} testId="alert-open">
        <AlertForm run={run} mode="actual" onSent={drafts.reload} />
      </Disclosure>
    </section>
  );
}
