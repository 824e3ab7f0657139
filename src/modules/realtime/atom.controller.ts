import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Matches, Max, MaxLength, Min } from 'class-validator';
import type { Request, Response } from 'express';
import { CurrentUser } from '../../platform/http/access.guard.js';
import type { UserPrincipal } from '../../platform/database/principal.js';
import { AtomChannel } from './atom.channel.js';

export class AtomQueryDto {
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(2_147_483_647)
  epoch?: number;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  before?: number;

  @IsOptional()
  @MaxLength(35)
  @Matches(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, { message: 'lang must be a language tag, as in ko-KR' })
  lang?: string;
}

@Controller('api/v1/runs/:run/feeds/:audience')
export class AtomController {
  constructor(private readonly channel: AtomChannel) {}

  @Get('atom')
  async atom(
    @CurrentUser() user: UserPrincipal,
    @Param('run') run: string,
    @Param('audience') audience: string,
    @Query() query: AtomQueryDto,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const prefer = (languages: readonly string[]): string | undefined =>
      request.acceptsLanguages([...languages]) || undefined;
    const { etag, read } = await this.channel.answer(user, { run, audience }, { ...query, prefer });
    response.set({ ETag: etag, 'Cache-Control': 'private, no-cache', Vary: 'Authorization, Accept-Language' });
    if (isHeld(request.get('if-none-match'), etag)) {
      response.status(304).end();
      return;
    }
    const { body, updated } = await read();
    if (updated) {
      response.set('Last-Modified', updated.toUTCString());
    }
    response.set({
      'Content-Type': 'application/atom+xml; charset=utf-8',
      'Content-Length': String(Buffer.byteLength(body)),
    });
    // Not `send`, which would take If-Modified-Since for an answer: it counts seconds, and two items may share one.
    response.end(body);
  }
}

/** Whether the reader has what the tag stands for; a proxy may have made the tag a weak one. */
function isHeld(header: string | undefined, etag: string): boolean {
  const tags = header?.split(',').map((tag) => tag.trim().replace(/^W\//, '')) ?? [];
  return tags.includes(etag) || tags.includes('*');
}
