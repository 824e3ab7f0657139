import { Module } from '@nestjs/common';
import { DisseminationModule } from '../dissemination/dissemination.module.js';
import { ExercisesModule } from '../exercises/exercises.module.js';
import { ReportController } from './report.controller.js';
import { ReportRepository } from './report.repository.js';
import { ReportService } from './report.service.js';

@Module({
  imports: [DisseminationModule, ExercisesModule],
  controllers: [ReportController],
  providers: [ReportRepository, ReportService],
})
export class AnalysisModule {}
