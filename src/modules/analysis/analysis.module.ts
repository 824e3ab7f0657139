import { Module } from '@nestjs/common';
import { DisseminationModule } from '../dissemination/dissemination.module.js';
import { ExercisesModule } from '../exercises/exercises.module.js';
import { CompareController } from './compare.controller.js';
import { CompareService } from './compare.service.js';
import { ReportController } from './report.controller.js';
import { ReportRepository } from './report.repository.js';
import { ReportService } from './report.service.js';

@Module({
  imports: [DisseminationModule, ExercisesModule],
  controllers: [CompareController, ReportController],
  providers: [CompareService, ReportRepository, ReportService],
})
export class AnalysisModule {}
