import { Injectable } from '@nestjs/common';

/** What the parts of the service tell of themselves; the platform knows none of them, so they come here. */
@Injectable()
export class Vitals {
  /** How long ago the feeds were last read, in milliseconds; null where nobody reads them. */
  tailAgeMs: () => number | null = () => null;
}
