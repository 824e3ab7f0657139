import { Module } from '@nestjs/common';
import { AlertsController } from './alerts.controller.js';
import { PhrasesController } from './phrases.controller.js';
import { AlertsRepository } from './alerts.repository.js';
import { AlertsService } from './alerts.service.js';
import { CapController } from './cap.controller.js';
import { CapExportService } from './cap-export.service.js';
import { CapImportService } from './cap-import.service.js';

@Module({
  controllers: [AlertsController, CapController, PhrasesController],
  providers: [AlertsRepository, AlertsService, CapExportService, CapImportService],
  exports: [AlertsRepository, AlertsService, CapExportService, CapImportService],
})
export class AlertsModule {}
