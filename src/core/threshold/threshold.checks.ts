import type { ThresholdChecks } from '../wire/threshold.js';
import { checkMeasurements } from './crossing.js';
import { crossingText } from './crossing.texts.js';
import type { Measurement } from './measurement.js';
import type { ThresholdsFile } from './threshold.schema.js';

/** What measurements of no run cross, and the same in the words of each shipped language. */
export function thresholdChecks(file: ThresholdsFile, measurements: readonly Measurement[]): ThresholdChecks {
  const checks = checkMeasurements(file, measurements);
  return {
    checks,
    texts: {
      'ja-JP': crossingText(file, checks, 'ja-JP'),
      'ko-KR': crossingText(file, checks, 'ko-KR'),
      'en-US': crossingText(file, checks, 'en-US'),
    },
  };
}
