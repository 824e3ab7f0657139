import { Module } from '@nestjs/common';
import { AlertDraftsController } from './alert-drafts.controller.js';
import { AlertDraftsRepository } from './alert-drafts.repository.js';
import { AlertDraftsService } from './alert-drafts.service.js';
import { AlertsController } from './alerts.controller.js';
import { PhrasesController } from './phrases.controller.js';
import { AlertsRepository } from './alerts.repository.js';
import { AlertsService } from './alerts.service.js';
import { CapController } from './cap.controller.js';
import { CapExportService } from './cap-export.service.js';
import { CapImportService } from './cap-import.service.js';

@Module({
  // Drafts first: `alerts/drafts` must not be taken for an alert of that id.
  controllers: [AlertDraftsController, AlertsController, CapController, PhrasesController],
  providers: [
    AlertDraftsRepository,
    AlertDraftsService,
    AlertsRepository,
    AlertsService,
    CapExportService,
    CapImportService,
  ],
  exports: [AlertsRepository, AlertsService, CapExportService, CapImportService],
})
export class AlertsModule {}
