import type { ActReport, Embargo } from '../announcement/stage.js';
import type { AnnouncementBody } from '../incident/item.js';
import type { Legality } from '../regime/legality.js';
import type { RegimeFinding } from '../regime/regime.js';
import type { ThresholdCheck } from '../threshold/crossing.js';
import type { AnnouncementTerms } from '../scenario/scenario.schema.js';

/** A notice; a controller says `by` which party gives it. */
export type AnnouncementRequest = Omit<AnnouncementTerms, 'by' | 'impactAreas'> &
  Partial<Pick<AnnouncementTerms, 'by' | 'impactAreas'>> & { note?: string; embargo?: Embargo };

/** What came of the act. */
export type ReportRequest = ActReport & { note?: string };

/** Ends an embargo: `person` is who releases it, if not the person who is signed in; `declared` the event that it waited for. */
export interface ReleaseRequest {
  person?: string;
  declared?: string;
}

export interface AnnouncementMade {
  id: string;
  run: string;
  version: number;
  check: AnnouncementBody['check'];
  /** What its measurements cross, for whom; left out where it has none. */
  thresholds?: ThresholdCheck[];
  /** Whether only the announcing party and control were told. */
  embargoed?: true;
}

/** How an announcement stands against a regime, with the figures and their sources. */
export interface RegimeCheck {
  regime: string;
  findings: RegimeFinding[];
}

/** How it stands against every regime. */
export interface RegimeChecks {
  regime: 'all';
  checks: RegimeCheck[];
}

/** One rule of a regime as a check of a notice gives it. An assumption never says more than `cannot-tell`. */
export interface NoticeRule {
  id: RegimeFinding['rule'];
  verdict: RegimeFinding['verdict'];
  basis: RegimeFinding['basis'];
  ifAssumed?: RegimeFinding['verdict'];
  figures: RegimeFinding['figures'];
  message: string;
  source: RegimeFinding['source'];
}

/** How a notice stands to one regime. `applies` says whether the regime reaches it at all; if not, it is a comparison. */
export interface NoticeCheck {
  regime: string;
  title: string;
  status: string;
  verdict: RegimeFinding['verdict'];
  applies: 'yes' | 'no' | 'cannot-tell';
  rules: NoticeRule[];
  /** Apart from the check: a perfect notice does not make a launch lawful. */
  legality: Legality;
}

/** How it stands to every regime. */
export interface NoticeChecks {
  regime: 'all';
  checks: NoticeCheck[];
  legality: Legality;
}
