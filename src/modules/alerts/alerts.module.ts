import { Module } from '@nestjs/common';
import { AlertsController } from './alerts.controller.js';
import { PhrasesController } from './phrases.controller.js';
import { AlertsRepository } from './alerts.repository.js';
import { AlertsService } from './alerts.service.js';

@Module({
  controllers: [AlertsController, PhrasesController],
  providers: [AlertsRepository, AlertsService],
  exports: [AlertsService],
})
export class AlertsModule {}
