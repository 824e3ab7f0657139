import { Controller, Get, Param, Query } from '@nestjs/common';
import type { RunLedger } from '../../core/wire/restraint.js';
import type { UserPrincipal } from '../../platform/database/principal.js';
import { CurrentUser } from '../../platform/http/access.guard.js';
import { LedgerQueryDto } from './restraint.dto.js';
import { RestraintService } from './restraint.service.js';

@Controller('api/v1/runs/:run/ledger')
export class LedgerController {
  constructor(private readonly restraint: RestraintService) {}

  @Get()
  get(
    @CurrentUser() user: UserPrincipal,
    @Param('run') run: string,
    @Query() { audience }: LedgerQueryDto,
  ): Promise<RunLedger> {
    return this.restraint.ledger(user, run, audience);
  }
}
