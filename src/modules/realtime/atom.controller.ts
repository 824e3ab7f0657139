import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiProduces } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Matches, Max, MaxLength, Min } from 'class-validator';
import type { Request, Response } from 'express';
import { CurrentUser } from '../../platform/http/access.guard.js';
import type { UserPrincipal } from '../../platform/database/principal.js';
import { AtomChannel } from './atom.channel.js';
import { ToldCapService } from './told-cap.service.js';

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

/**
 * How old a change must be before the page tells its time: HTTP counts seconds, and the next item may be told within the same one or
 * be under way with an earlier time.
 */
const SETTLED_AFTER_MS = 10_000;

@Controller('api/v1/runs/:run/feeds/:audience')
export class AtomController {
  constructor(
    private readonly channel: AtomChannel,
    private readonly documents: ToldCapService,
  ) {}

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
    const { body, changedAt } = await read();
    if (changedAt && changedAt.getTime() < Date.now() - SETTLED_AFTER_MS) {
      response.set('Last-Modified', changedAt.toUTCString());
    }
    // The very time that was told and no later one: a jump back begins a feed anew, whose last change may be an older one.
    const since = request.get('if-modified-since');
    if (request.get('if-none-match') === undefined && since !== undefined && since === response.get('last-modified')) {
      response.status(304).end();
      return;
    }
    response.set({
      'Content-Type': 'application/atom+xml; charset=utf-8',
      'Content-Length': String(Buffer.byteLength(body)),
    });
    // Not `send`, which takes any later time for an answer.
    response.end(body);
  }

  /** An alert of the feed as CAP. A version never changes, so a reader may come back with any later time. */
  @Get('cap/:id/:version')
  @ApiProduces('application/cap+xml')
  async cap(
    @CurrentUser() user: UserPrincipal,
    @Param() { run, audience, id, version }: Record<'run' | 'audience' | 'id' | 'version', string>,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const { etag, toldAt, xml } = await this.documents.document(user, { run, audience }, id, Number(version));
    response.set({
      ETag: etag,
      'Last-Modified': toldAt.toUTCString(),
      'Content-Type': 'application/cap+xml; charset=utf-8',
    });
    response.set({ 'Cache-Control': 'private, no-cache', Vary: 'Authorization' });
    const tags = request.get('if-none-match');
    const sinceMs = tags === undefined ? Date.parse(request.get('if-modified-since') ?? '') : Number.NaN;
    if (isHeld(tags, etag) || sinceMs >= Date.parse(toldAt.toUTCString())) {
      response.status(304).end();
      return;
    }
    response.end(xml());
  }
}

/** Whether the reader has what the tag stands for; a proxy may have made the tag a weak one. */
function isHeld(header: string | undefined, etag: string): boolean {
  const tags = header?.split(',').map((tag) => tag.trim().replace(/^W\//, '')) ?? [];
  return tags.includes(etag.replace(/^W\//, '')) || tags.includes('*');
}
