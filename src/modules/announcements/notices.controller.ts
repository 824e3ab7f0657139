import { Body, Controller, HttpCode, Post, Query } from '@nestjs/common';
import { IsOptional, IsString, Length } from 'class-validator';
import { DomainError } from '../../core/domain-error.js';
import { ALL_REGIMES, judgeNotice } from '../../core/regime/notice.check.js';
import { noticeFrom, readNotice } from '../../core/regime/notice.read.js';
import type { NoticeCheck, NoticeChecks } from '../../core/wire/announcement.js';

export class NoticeQueryDto {
  @IsOptional()
  @IsString()
  @Length(1, 80)
  regime: string = ALL_REGIMES;
}

/** Judges notices that belong to no run: nothing is stored and nobody is told. */
@Controller('api/v1/notices')
export class NoticesController {
  /** Throws DomainError NOTICE_INVALID with every fault, or REGIME_NOT_FOUND. */
  @Post('check')
  @HttpCode(200)
  check(
    @Query() { regime }: NoticeQueryDto,
    @Body() body: unknown,
  ): (NoticeCheck | NoticeChecks) & { ignored: string[] } {
    const read = typeof body === 'string' ? readNotice(body) : noticeFrom(body);
    if ('faults' in read) {
      const findings = read.faults.map(({ code, path, message }) => ({ rule: code, path, message }));
      throw new DomainError('NOTICE_INVALID', findings[0]?.message ?? 'This is no notice.', { findings });
    }
    return { ...judgeNotice(regime, read.notice), ignored: read.ignored };
  }
}
