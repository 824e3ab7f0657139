import { Controller, Get, Param } from '@nestjs/common';
import type { FeedHeadView, SigningKeys } from '../../core/wire/signed-head.js';
import type { UserPrincipal } from '../../platform/database/principal.js';
import { CurrentUser } from '../../platform/http/access.guard.js';
import { SignedHeadsService } from './signed-heads.service.js';

/** For whoever checks that a feed is whole and unchanged. */
@Controller('api/v1')
export class HeadsController {
  constructor(private readonly heads: SignedHeadsService) {}

  @Get('signing-keys')
  keys(): Promise<SigningKeys> {
    return this.heads.keys();
  }

  @Get('runs/:run/feeds/:audience/head')
  async head(
    @CurrentUser() user: UserPrincipal,
    @Param('run') run: string,
    @Param('audience') audience: string,
  ): Promise<FeedHeadView> {
    const { signed, ...head } = await this.heads.head(user, { run, audience });
    return { run, audience, ...head, signed: signed && { ...signed, at: signed.at.toISOString() } };
  }
}
