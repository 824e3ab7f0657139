import { Injectable } from '@nestjs/common';
import type { ThresholdsFile } from '../../core/threshold/threshold.schema.js';
import { PROJECT_ROOT } from '../../platform/config/project-root.js';
import { readThresholds } from '../../platform/config/thresholds-file.js';

/** The thresholds that notices are checked against. Read once at the start; a change takes a restart. */
@Injectable()
export class ThresholdsService {
  readonly file: ThresholdsFile = readThresholds(PROJECT_ROOT);
}
