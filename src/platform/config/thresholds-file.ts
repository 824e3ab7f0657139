import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DomainError } from '../../core/domain-error.js';
import { parseThresholds } from '../../core/threshold/threshold.parse.js';
import type { ThresholdsFile } from '../../core/threshold/threshold.schema.js';
import { OperationalError } from '../operational-error.js';

/**
 * Reads the thresholds of the project in `root`.
 * Throws OperationalError THRESHOLDS_INVALID when the file cannot be read or is not right.
 */
export function readThresholds(root: string): ThresholdsFile {
  const file = join(root, 'config', 'thresholds.yaml');
  try {
    return parseThresholds(readFileSync(file, 'utf8'));
  } catch (cause) {
    const message = cause instanceof DomainError ? cause.message : `The file ${file} cannot be read.`;
    throw new OperationalError('THRESHOLDS_INVALID', message, { cause });
  }
}
