import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query } from '@nestjs/common';
import { messageFrom } from '../../core/phrase/phrase-message.js';
import type { AlertIssued, AlertView } from '../../core/wire/alert.js';
import { CurrentUser } from '../../platform/http/access.guard.js';
import type { UserPrincipal } from '../../platform/database/principal.js';
import { RunQueryDto } from '../runs/run-query.dto.js';
import { AlertDto, CancelDto } from './alerts.dto.js';
import { AlertsService } from './alerts.service.js';

@Controller('api/v1/alerts')
export class AlertsController {
  constructor(private readonly alerts: AlertsService) {}

  @Post()
  issue(
    @CurrentUser() user: UserPrincipal,
    @Query() { run }: RunQueryDto,
    @Body() message: AlertDto,
    @Headers('idempotency-key') key?: string,
  ): Promise<AlertIssued> {
    return this.alerts.issue(user, run, messageFrom(message), key);
  }

  @Post(':id/update')
  update(
    @CurrentUser() user: UserPrincipal,
    @Param('id') id: string,
    @Query() { run }: RunQueryDto,
    @Body() message: AlertDto,
    @Headers('idempotency-key') key?: string,
  ): Promise<AlertIssued> {
    return this.alerts.update(user, run, id, messageFrom(message), key);
  }

  @Post(':id/cancel')
  cancel(
    @CurrentUser() user: UserPrincipal,
    @Param('id') id: string,
    @Query() { run }: RunQueryDto,
    @Body() words: CancelDto,
    @Headers('idempotency-key') key?: string,
  ): Promise<AlertIssued> {
    return this.alerts.cancel(user, run, id, words, key);
  }

  @Get(':id')
  @HttpCode(200)
  async get(
    @CurrentUser() user: UserPrincipal,
    @Param('id') id: string,
    @Query() { run }: RunQueryDto,
  ): Promise<AlertView> {
    const versions = await this.alerts.get(user, run, id);
    return { id, run, versions: versions.map((version) => ({ ...version, sent: version.sent.toISOString() })) };
  }
}
