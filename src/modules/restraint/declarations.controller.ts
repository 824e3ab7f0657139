import { Body, Controller, Get, Headers, Param, Post, Query } from '@nestjs/common';
import type { DeclarationMade, LedgerDeclaration } from '../../core/wire/restraint.js';
import type { UserPrincipal } from '../../platform/database/principal.js';
import { CurrentUser } from '../../platform/http/access.guard.js';
import { RunQueryDto } from '../runs/run-query.dto.js';
import { StateDto, WithdrawDto } from './restraint.dto.js';
import { RestraintService } from './restraint.service.js';

@Controller('api/v1/declarations')
export class DeclarationsController {
  constructor(private readonly restraint: RestraintService) {}

  @Post()
  state(
    @CurrentUser() user: UserPrincipal,
    @Query() { run }: RunQueryDto,
    @Body() request: StateDto,
    @Headers('idempotency-key') key?: string,
  ): Promise<DeclarationMade> {
    return this.restraint.state(user, run, request, key);
  }

  @Post(':id/withdraw')
  withdraw(
    @CurrentUser() user: UserPrincipal,
    @Param('id') id: string,
    @Query() { run }: RunQueryDto,
    @Body() { note }: WithdrawDto,
    @Headers('idempotency-key') key?: string,
  ): Promise<DeclarationMade> {
    return this.restraint.withdraw(user, run, id, note, key);
  }

  @Get()
  list(@CurrentUser() user: UserPrincipal, @Query() { run }: RunQueryDto): Promise<LedgerDeclaration[]> {
    return this.restraint.list(user, run);
  }
}
