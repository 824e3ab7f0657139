import { Module } from '@nestjs/common';
import { AnnouncementsController } from './announcements.controller.js';
import { AnnouncementsRepository } from './announcements.repository.js';
import { AnnouncementsService } from './announcements.service.js';
import { NoticesController } from './notices.controller.js';
import { ThresholdsController } from './thresholds.controller.js';

@Module({
  controllers: [AnnouncementsController, NoticesController, ThresholdsController],
  providers: [AnnouncementsRepository, AnnouncementsService],
  exports: [AnnouncementsRepository, AnnouncementsService],
})
export class AnnouncementsModule {}
