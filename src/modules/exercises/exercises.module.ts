import { Module } from '@nestjs/common';
import { DisseminationModule } from '../dissemination/dissemination.module.js';
import { BranchesRepository } from './branches.repository.js';
import { BranchesService } from './branches.service.js';
import { InjectsController } from './injects.controller.js';
import { InjectsRepository } from './injects.repository.js';
import { InjectsService } from './injects.service.js';

@Module({
  imports: [DisseminationModule],
  controllers: [InjectsController],
  providers: [BranchesRepository, BranchesService, InjectsRepository, InjectsService],
  exports: [BranchesService, InjectsRepository, InjectsService],
})
export class ExercisesModule {}
