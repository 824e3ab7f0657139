import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { DomainError } from '../../core/domain-error.js';

/** Who may read the metrics. */
export interface MetricsSettings {
  /** Whoever presents this token may. */
  readonly token?: string;
  /** Without a token: everybody who reaches the process may, since only this machine does. */
  readonly open: boolean;
}

/** Injection token of the MetricsSettings. */
export const METRICS_SETTINGS = Symbol('METRICS_SETTINGS');

/** Throws DomainError UNAUTHENTICATED or METRICS_CLOSED unless a request with these headers may read the metrics. */
export function assertMayReadMetrics({ token, open }: MetricsSettings, headers: IncomingHttpHeaders): void {
  if (token !== undefined) {
    if (!isSame(headers.authorization ?? '', `Bearer ${token}`)) {
      throw new DomainError(
        'UNAUTHENTICATED',
        'Send the token of TRIWATCH_METRICS_TOKEN in the header "Authorization: Bearer ...".',
      );
    }
  } else if (!open || isForwarded(headers)) {
    throw new DomainError(
      'METRICS_CLOSED',
      'The metrics are closed because other machines reach this service: set TRIWATCH_METRICS_TOKEN and send it.',
    );
  }
}

/** A proxy on this machine would open them to everybody whom it serves. */
const isForwarded = (headers: IncomingHttpHeaders): boolean =>
  headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined;

/** Hashes have one length, so that the comparison tells nothing of the token, not even how long it is. */
function isSame(given: string, wanted: string): boolean {
  const [left, right] = [given, wanted].map((text) => createHash('sha256').update(text).digest());
  return timingSafeEqual(left!, right!);
}
