import type { ThresholdCheck } from '../threshold/crossing.js';
import type { Threshold, ThresholdNames, ThresholdsFile } from '../threshold/threshold.schema.js';

/** The thresholds on record. `common` is how the proposed common ones are chosen: a rule of this project, in force nowhere. */
export interface ThresholdList {
  common: ThresholdsFile['common'];
  quantities: ThresholdQuantity[];
}

/** Thresholds that can be compared with each other, strictest first. */
export interface ThresholdQuantity {
  subject: Threshold['subject'];
  substance: { id: string; names: ThresholdNames };
  medium: { id: string; names: ThresholdNames };
  /** `of` is the id of the threshold that it is taken from. */
  common: { value: number; unit: string; crossed: Threshold['crossed']; of: string; proposal: true };
  /** How many times the strictest the loosest one is. */
  spread: number;
  thresholds: (Omit<Threshold, 'subject' | 'substance' | 'medium' | 'sources'> & {
    sources: (ThresholdsFile['sources'][string] & { id: string })[];
  })[];
}

/** What measurements cross, and the same in words. */
export interface ThresholdChecks {
  checks: ThresholdCheck[];
  /** By language. */
  texts: Record<keyof ThresholdNames, string>;
}
