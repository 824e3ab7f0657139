import { Controller, Get, Headers, Param, Query, Res } from '@nestjs/common';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import type { Response } from 'express';
import { CurrentUser } from '../../platform/http/access.guard.js';
import type { UserPrincipal } from '../../platform/database/principal.js';
import { cursorOf } from './channel-cursor.js';
import { StreamChannel } from './stream.channel.js';

export class StreamQueryDto {
  /** For clients that cannot set headers. */
  @IsOptional()
  @IsString()
  @MaxLength(40)
  lastEventId?: string;
}

@Controller('api/v1/runs/:run/feeds/:audience')
export class StreamController {
  constructor(private readonly channel: StreamChannel) {}

  @Get('stream')
  async stream(
    @CurrentUser() user: UserPrincipal,
    @Param('run') run: string,
    @Param('audience') audience: string,
    @Query() query: StreamQueryDto,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Headers('authorization') authorization: string,
    @Res() response: Response,
  ): Promise<void> {
    // A client that comes back by itself sends the header, and still has the address that it began with.
    const cursor = cursorOf(lastEventId ?? query.lastEventId);
    await this.channel.begin(user, authorization.replace('Bearer ', ''), { run, audience }, cursor, response);
  }
}
