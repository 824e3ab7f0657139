import type { AlertInfo, AlertMessage, PhraseUse } from '../alert/alert.js';
import { DomainError } from '../domain-error.js';
import type { AlertRequest } from '../wire/alert.js';
import { phraseFindings } from './phrase-findings.js';
import { phraseOf } from './phrases.js';
import { renderPhrase } from './render-phrase.js';

/**
 * The message that a request asks for. What the sender says wins, field by field and language by language; the phrase
 * fills in the rest. Without a phrase the request says it all (its edge has seen to that). Throws DomainError
 * ALERT_INVALID with every finding about the phrase.
 */
export function messageFrom(request: AlertRequest): AlertMessage {
  const phrase = request.phrase ? phraseOf(request.phrase.id) : undefined;
  const classed = phrase && {
    event: phrase.event,
    category: phrase.category,
    urgency: phrase.urgency,
    severity: phrase.severity,
    certainty: phrase.certainty,
  };
  const info = request.phrase ? withPhrase(request.info ?? [], request.phrase) : request.info;
  return { category: 'Security', ...classed, ...request, info } as AlertMessage;
}

/** The author's blocks, and the phrase in each shipped language that the author wrote none in. Throws as `messageFrom`. */
export function withPhrase(own: readonly AlertInfo[], use: PhraseUse): AlertInfo[] {
  const findings = phraseFindings(use);
  const phrase = phraseOf(use.id);
  if (!phrase || findings.length > 0) {
    throw new DomainError('ALERT_INVALID', `${findings[0]?.message}.`, { findings });
  }
  const written = new Set(own.map(({ language }) => language));
  return [...own, ...renderPhrase(phrase, use.slots).filter(({ language }) => !written.has(language))];
}
