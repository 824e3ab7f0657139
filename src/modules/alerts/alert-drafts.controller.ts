import { Body, Controller, Get, HttpCode, Ip, Param, Post, Put, Query } from '@nestjs/common';
import { messageFrom } from '../../core/phrase/phrase-message.js';
import type { AlertDraftView, AlertIssued, AwaitingApproval } from '../../core/wire/alert.js';
import { CurrentUser } from '../../platform/http/access.guard.js';
import type { UserPrincipal } from '../../platform/database/principal.js';
import { RunQueryDto } from '../runs/run-query.dto.js';
import { AlertDto } from './alerts.dto.js';
import { AlertDraftsService } from './alert-drafts.service.js';
import { ApproveDto, RejectDto } from './approval.dto.js';

/** Drafts of actual alerts, and what becomes of them. */
@Controller('api/v1/alerts')
export class AlertDraftsController {
  constructor(private readonly drafts: AlertDraftsService) {}

  @Get('drafts')
  waiting(@CurrentUser() user: UserPrincipal, @Query() { run }: RunQueryDto): Promise<AlertDraftView[]> {
    return this.drafts.waiting(user, run);
  }

  @Get('drafts/:id')
  get(
    @CurrentUser() user: UserPrincipal,
    @Param('id') id: string,
    @Query() { run }: RunQueryDto,
  ): Promise<AlertDraftView> {
    return this.drafts.get(user, run, id);
  }

  @Put('drafts/:id')
  @HttpCode(202)
  revise(
    @CurrentUser() user: UserPrincipal,
    @Param('id') id: string,
    @Query() { run }: RunQueryDto,
    @Body() message: AlertDto,
  ): Promise<AwaitingApproval> {
    return this.drafts.revise(user, run, id, messageFrom(message));
  }

  @Post(':id/approve')
  approve(
    @CurrentUser() user: UserPrincipal,
    @Param('id') id: string,
    @Query() { run }: RunQueryDto,
    @Body() approval: ApproveDto,
    @Ip() address: string,
  ): Promise<AlertIssued> {
    return this.drafts.approve(user, run, id, approval, address);
  }

  @Post(':id/reject')
  @HttpCode(200)
  reject(
    @CurrentUser() user: UserPrincipal,
    @Param('id') id: string,
    @Query() { run }: RunQueryDto,
    @Body() { reason }: RejectDto,
  ): Promise<AlertDraftView> {
    return this.drafts.reject(user, run, id, reason);
  }

  @Post(':id/withdraw')
  @HttpCode(200)
  withdraw(
    @CurrentUser() user: UserPrincipal,
    @Param('id') id: string,
    @Query() { run }: RunQueryDto,
  ): Promise<AlertDraftView> {
    return this.drafts.withdraw(user, run, id);
  }
}
