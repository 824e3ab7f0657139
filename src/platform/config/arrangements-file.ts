import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArrangements } from '../../core/arrangement/arrangement.parse.js';
import type { ArrangementsFile } from '../../core/arrangement/arrangement.schema.js';
import { DomainError } from '../../core/domain-error.js';
import { OperationalError } from '../operational-error.js';

/**
 * Reads the agencies, channels and arrangements of the project in `root`.
 * Throws OperationalError ARRANGEMENTS_INVALID when the file cannot be read or is not right.
 */
export function readArrangements(root: string): ArrangementsFile {
  const file = join(root, 'config', 'arrangements.yaml');
  try {
    return parseArrangements(readFileSync(file, 'utf8'));
  } catch (cause) {
    const message = cause instanceof DomainError ? cause.message : `The file ${file} cannot be read.`;
    throw new OperationalError('ARRANGEMENTS_INVALID', message, { cause });
  }
}
