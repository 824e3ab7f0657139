import { Module } from '@nestjs/common';
import { AnnouncementsModule } from '../announcements/announcements.module.js';
import { DisseminationService } from './dissemination.service.js';
import { DrainAttempts } from './drain-attempts.js';
import { DrainProcessor } from './drain.processor.js';
import { DueHandlers } from './due-handlers.js';
import { FeedReadsRepository } from './feed-reads.repository.js';
import { FeedTail } from './feed-tail.js';
import { FeedsController } from './feeds.controller.js';
import { FeedsRepository } from './feeds.repository.js';
import { FeedsService } from './feeds.service.js';
import { Followers } from './followers.js';
import { HeadSigner } from './head-signer.js';
import { HeadsController } from './heads.controller.js';
import { LaunchMatches } from './launch-matches.js';
import { ObligationReadsRepository } from './obligation-reads.repository.js';
import { ObligationsRepository } from './obligations.repository.js';
import { ObligationsService } from './obligations.service.js';
import { OutstandingObligations } from './outstanding-obligations.js';
import { ReceiptChangesRepository } from './receipt-changes.repository.js';
import { ReceiptsRepository } from './receipts.repository.js';
import { ReceiptsService } from './receipts.service.js';
import { ReceiptsTail } from './receipts-tail.js';
import { RestoreWatch } from './restore-watch.js';
import { RestoresRepository } from './restores.repository.js';
import { RestoresService } from './restores.service.js';
import { SignedHeadsRepository } from './signed-heads.repository.js';
import { SignedHeadsService } from './signed-heads.service.js';
import { Sweeper } from './sweeper.js';

@Module({
  imports: [AnnouncementsModule],
  controllers: [HeadsController, FeedsController],
  providers: [
    DisseminationService,
    DrainAttempts,
    DrainProcessor,
    DueHandlers,
    FeedReadsRepository,
    FeedTail,
    FeedsRepository,
    FeedsService,
    Followers,
    HeadSigner,
    LaunchMatches,
    ObligationReadsRepository,
    ObligationsRepository,
    ObligationsService,
    OutstandingObligations,
    ReceiptChangesRepository,
    ReceiptsRepository,
    ReceiptsService,
    ReceiptsTail,
    RestoreWatch,
    RestoresRepository,
    RestoresService,
    SignedHeadsRepository,
    SignedHeadsService,
    Sweeper,
  ],
  exports: [
    DueHandlers,
    FeedReadsRepository,
    FeedTail,
    FeedsRepository,
    FeedsService,
    Followers,
    ObligationReadsRepository,
    ReceiptsRepository,
    ReceiptsService,
    ReceiptsTail,
    Sweeper,
  ],
})
export class DisseminationModule {}
