import { Module } from '@nestjs/common';
import { DeclarationsController } from './declarations.controller.js';
import { LedgerController } from './ledger.controller.js';
import { RestraintRepository } from './restraint.repository.js';
import { RestraintService } from './restraint.service.js';

@Module({
  controllers: [DeclarationsController, LedgerController],
  providers: [RestraintRepository, RestraintService],
})
export class RestraintModule {}
