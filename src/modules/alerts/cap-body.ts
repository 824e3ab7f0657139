import { DomainError } from '../../core/domain-error.js';
import type { CapVerdict } from '../../core/wire/cap.js';
import type { CapBody } from '../../platform/xml/cap-tasks.js';

/** What a request brought: the bytes of XML as they came, or else the JSON mirror. */
export const capBody = (body: unknown): CapBody => (Buffer.isBuffer(body) ? { xml: body } : { json: body });

/** The same verdict. Throws DomainError CAP_NOT_XML where the document is not XML at all. */
export function assertXml<Verdict extends CapVerdict>(verdict: Verdict): Verdict {
  const [first] = verdict.findings;
  if (first?.rule === 'CAP_NOT_XML') {
    throw new DomainError('CAP_NOT_XML', first.message, { findings: verdict.findings });
  }
  return verdict;
}
