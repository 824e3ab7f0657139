import type { LanguageFinding } from '../language/language-finding.js';
import { languageFindings } from '../language/language-findings.js';
import { phraseUseFindings } from '../phrase/phrase-findings.js';
import type { Phrase } from '../phrase/phrase.js';
import { phraseOf } from '../phrase/phrases.js';
import type { Mode } from '../scenario/mode.js';
import type { Finding } from '../wire/problem.js';
import { alertFindings, type AlertMessage } from './alert.js';

export interface JudgedAlert {
  /** Each of them keeps the message from being sent. */
  readonly faults: Finding[];
  /** What its sender should look at; it is sent all the same. */
  readonly warnings: LanguageFinding[];
}

/** All that is to be said about a message before it is sent by that act in a run of that mode. */
export function judgedAlert(message: AlertMessage, mode: Mode, msgType: Phrase['msgType']): JudgedAlert {
  const phrase = message.phrase && phraseOf(message.phrase.id);
  // Unless the run is real, the marker is added to every language on the way out: none can lack it.
  const findings = languageFindings(message.info).filter(({ rule }) => mode === 'actual' || rule !== 'MARKER_MISSING');
  return {
    faults: [
      ...alertFindings(message, mode),
      ...(phrase ? phraseUseFindings(phrase, mode, msgType) : []),
      ...findings.filter(({ severity }) => severity === 'error'),
    ],
    warnings: findings.filter(({ severity }) => severity === 'warning'),
  };
}
