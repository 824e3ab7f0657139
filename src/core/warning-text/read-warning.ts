import { readNavarea } from '../navarea/navarea.read.js';
import { readNotam } from '../notam/notam.read.js';
import type { ReadWarning } from './warning-text.js';

/** Reads a NOTAM or a navigational warning, by the items that only a NOTAM has. */
export const readWarning = (text: string): ReadWarning =>
  /\bNOTAM[NRC]\b|(^|[\s(])Q\)/i.test(text) ? readNotam(text) : readNavarea(text);
