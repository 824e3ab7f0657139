import { Body, Controller, Headers, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { AnnouncementMade, RegimeCheck, RegimeChecks } from '../../core/wire/announcement.js';
import { CurrentUser } from '../../platform/http/access.guard.js';
import type { UserPrincipal } from '../../platform/database/principal.js';
import { CheckQueryDto, RunQueryDto } from '../runs/run-query.dto.js';
import { AmendDto, AnnounceDto, CancelAnnouncementDto, ReleaseDto, ReportDto } from './announcements.dto.js';
import { AnnouncementsService } from './announcements.service.js';

@Controller('api/v1/announcements')
export class AnnouncementsController {
  constructor(private readonly announcements: AnnouncementsService) {}

  @Post()
  announce(
    @CurrentUser() user: UserPrincipal,
    @Query() { run }: RunQueryDto,
    @Body() { impactAreas, note, embargo, ...terms }: AnnounceDto,
    @Headers('idempotency-key') key?: string,
  ): Promise<AnnouncementMade> {
    return this.announcements.announce(user, run, { ...terms, impactAreas: impactAreas ?? [] }, { key, note, embargo });
  }

  @Post(':id/amend')
  amend(
    @CurrentUser() user: UserPrincipal,
    @Param('id') id: string,
    @Query() { run }: RunQueryDto,
    @Body() { impactAreas, note, ...terms }: AmendDto,
    @Headers('idempotency-key') key?: string,
  ): Promise<AnnouncementMade> {
    const amended = { ...terms, impactAreas: impactAreas ?? [] };
    return this.announcements.follow(user, run, id, { stage: 'amend', terms: amended, note }, key);
  }

  @Post(':id/cancel')
  cancel(
    @CurrentUser() user: UserPrincipal,
    @Param('id') id: string,
    @Query() { run }: RunQueryDto,
    @Body() { note }: CancelAnnouncementDto,
    @Headers('idempotency-key') key?: string,
  ): Promise<AnnouncementMade> {
    return this.announcements.follow(user, run, id, { stage: 'cancel', note }, key);
  }

  @Post(':id/report')
  report(
    @CurrentUser() user: UserPrincipal,
    @Param('id') id: string,
    @Query() { run }: RunQueryDto,
    @Body() { note, occurredAt, outcome }: ReportDto,
    @Headers('idempotency-key') key?: string,
  ): Promise<AnnouncementMade> {
    return this.announcements.follow(user, run, id, { stage: 'report', report: { occurredAt, outcome }, note }, key);
  }

  @Post(':id/release')
  release(
    @CurrentUser() user: UserPrincipal,
    @Param('id') id: string,
    @Query() { run }: RunQueryDto,
    @Body() { person = user.displayName, declared }: ReleaseDto,
    @Headers('idempotency-key') key?: string,
  ): Promise<AnnouncementMade> {
    return this.announcements.follow(user, run, id, { stage: 'release', releasedBy: person, declared }, key);
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
