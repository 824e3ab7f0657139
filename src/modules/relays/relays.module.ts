import { Module } from '@nestjs/common';
import { AlertsModule } from '../alerts/alerts.module.js';
import { RelayedDocumentsRepository } from './relayed-documents.repository.js';
import { RelayService } from './relay.service.js';
import { SourcePoller } from './source-poller.js';
import { SourceReader } from './source-reader.js';
import { SourcesController } from './sources.controller.js';
import { SourcesRepository } from './sources.repository.js';
import { SourcesService } from './sources.service.js';

/** Alerts of others: the sources that are trusted, and what comes from them. */
@Module({
  imports: [AlertsModule],
  controllers: [SourcesController],
  providers: [RelayedDocumentsRepository, RelayService, SourcePoller, SourceReader, SourcesRepository, SourcesService],
})
export class RelaysModule {}
