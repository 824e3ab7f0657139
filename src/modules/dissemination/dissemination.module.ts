import { Module } from '@nestjs/common';
import { AnnouncementsModule } from '../announcements/announcements.module.js';
import { DisseminationService } from './dissemination.service.js';
import { DrainProcessor } from './drain.processor.js';
import { DueHandlers } from './due-handlers.js';
import { FeedReadsRepository } from './feed-reads.repository.js';
import { FeedTail } from './feed-tail.js';
import { FeedsController } from './feeds.controller.js';
import { FeedsRepository } from './feeds.repository.js';
import { FeedsService } from './feeds.service.js';
import { LaunchMatches } from './launch-matches.js';
import { ReceiptsRepository } from './receipts.repository.js';
import { ReceiptsService } from './receipts.service.js';
import { Sweeper } from './sweeper.js';

@Module({
  imports: [AnnouncementsModule],
  controllers: [FeedsController],
  providers: [
    DisseminationService,
    DrainProcessor,
    DueHandlers,
    FeedReadsRepository,
    FeedTail,
    FeedsRepository,
    FeedsService,
    LaunchMatches,
    ReceiptsRepository,
    ReceiptsService,
    Sweeper,
  ],
  exports: [DueHandlers, FeedTail, FeedsRepository, FeedsService, ReceiptsRepository, ReceiptsService, Sweeper],
})
export class DisseminationModule {}
