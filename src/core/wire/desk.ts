import type { Names } from '../scenario/scenario.schema.js';

/** A desk of the parties file. */
export interface DeskView {
  id: string;
  names: Names;
  /** BCP 47 tag of the language that it reads. */
  language: string;
  timeZone: string;
  party: string;
  agency: string;
}
