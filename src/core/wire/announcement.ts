import type { AnnouncementBody } from '../incident/item.js';
import type { RegimeFinding } from '../regime/regime.js';
import type { AnnouncementTerms } from '../scenario/scenario.schema.js';

/** A notice; a controller says `by` which party gives it. */
export type AnnouncementRequest = Omit<AnnouncementTerms, 'by' | 'impactAreas'> &
  Partial<Pick<AnnouncementTerms, 'by' | 'impactAreas'>> & { note?: string };

export interface AnnouncementMade {
  id: string;
  run: string;
  version: number;
  check: AnnouncementBody['check'];
}

/** How an announcement stands against a regime, with the figures and their sources. */
export interface RegimeCheck {
  regime: string;
  findings: RegimeFinding[];
}
