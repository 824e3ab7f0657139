import { Injectable } from '@nestjs/common';
import { Queue } from '../../platform/queue/queue.js';
import { DisseminationService } from './dissemination.service.js';

/** Works on `drain` jobs. One for a run that is being drained here ends at once, so that it keeps no other run waiting. */
@Injectable()
export class DrainProcessor {
  constructor(queue: Queue, dissemination: DisseminationService) {
    queue.handle('drain', async ({ run, revision }) => {
      if (!dissemination.joins(run)) {
        await dissemination.drain(run, revision);
      }
    });
  }
}
