import { Injectable } from '@nestjs/common';

/**
 * Whether this process has begun to stop. From then on it is not ready and lets no console in, so that those it sends away go
 * to another node and do not come back to this one.
 */
@Injectable()
export class Stopping {
  begun = false;
}
