import { Injectable } from '@nestjs/common';
import { Queue } from '../../platform/queue/queue.js';
import { DisseminationService } from './dissemination.service.js';

/** Works on `drain` jobs. */
@Injectable()
export class DrainProcessor {
  constructor(queue: Queue, dissemination: DisseminationService) {
    queue.handle('drain', ({ run, revision }) => dissemination.drain(run, revision));
  }
}
