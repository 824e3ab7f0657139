import { Body, Controller, Headers, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { AnnouncementMade, RegimeCheck, RegimeChecks } from '../../core/wire/announcement.js';
import { CurrentUser } from '../../platform/http/access.guard.js';
import type { UserPrincipal } from '../../platform/database/principal.js';
import { CheckQueryDto, RunQueryDto } from '../runs/run-query.dto.js';
import { AnnounceDto } from './announcements.dto.js';
import { AnnouncementsService } from './announcements.service.js';

@Controller('api/v1/announcements')
export class AnnouncementsController {
  constructor(private readonly announcements: AnnouncementsService) {}

  @Post()
  announce(
    @CurrentUser() user: UserPrincipal,
    @Query() { run }: RunQueryDto,
    @Body() { impactAreas, note, ...terms }: AnnounceDto,
    @Headers('idempotency-key') key?: string,
  ): Promise<AnnouncementMade> {
    return this.announcements.announce(user, run, { ...terms, impactAreas: impactAreas ?? [] }, key, note);
  }

  @Post(':id/check')
  @HttpCode(200)
  check(
    @CurrentUser() user: UserPrincipal,
    @Param('id') id: string,
    @Query() { run, regime }: CheckQueryDto,
  ): Promise<RegimeCheck | RegimeChecks> {
    return this.announcements.check(user, run, id, regime);
  }
}
