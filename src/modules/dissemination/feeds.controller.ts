import { Controller, Get, Param, Query } from '@nestjs/common';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import type { FeedPage, FeedSnapshot, ItemRef } from '../../core/wire/feed.js';
import { CurrentUser } from '../../platform/http/access.guard.js';
import type { UserPrincipal } from '../../platform/database/principal.js';
import { FeedsService } from './feeds.service.js';
import { OutstandingObligations } from './outstanding-obligations.js';

export class PageQueryDto {
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(2_147_483_647)
  epoch?: number;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  after: number = 0;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(500)
  limit: number = 100;
}

@Controller('api/v1/runs/:run/feeds/:audience')
export class FeedsController {
  constructor(
    private readonly feeds: FeedsService,
    private readonly openObligations: OutstandingObligations,
  ) {}

  @Get('items')
  async items(
    @CurrentUser() user: UserPrincipal,
    @Param('run') run: string,
    @Param('audience') audience: string,
    @Query() query: PageQueryDto,
  ): Promise<FeedPage> {
    return { run, audience, ...(await this.feeds.page(user, { run, audience }, query)) };
  }

  @Get('snapshot')
  async snapshot(
    @CurrentUser() user: UserPrincipal,
    @Param('run') run: string,
    @Param('audience') audience: string,
  ): Promise<FeedSnapshot> {
    const { epoch, headSeq, items, acknowledged } = await this.feeds.snapshot(user, { run, audience });
    const shown = new Set(items.map(refKey));
    // They are read a moment later, when the feed may have gone on: a duty must not come before its item.
    const obligations = (await this.openObligations.of({ run, audience })).filter(
      (duty) => duty.epoch === epoch && shown.has(refKey(duty)),
    );
    return {
      run,
      audience,
      epoch,
      seq: headSeq,
      items,
      acknowledged: acknowledged.map((each) => ({ ...each, at: each.at.toISOString() })),
      obligations,
    };
  }
}

const refKey = ({ kind, id, version }: ItemRef): string => `${kind} ${id} ${version}`;
