import { Module } from '@nestjs/common';
import { DisseminationModule } from '../dissemination/dissemination.module.js';
import { InjectsController } from './injects.controller.js';
import { InjectsRepository } from './injects.repository.js';
import { InjectsService } from './injects.service.js';

@Module({
  imports: [DisseminationModule],
  controllers: [InjectsController],
  providers: [InjectsRepository, InjectsService],
  exports: [InjectsRepository, InjectsService],
})
export class ExercisesModule {}
