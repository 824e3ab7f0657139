import { Body, Controller, Get, HttpCode, Ip, Param, Post } from '@nestjs/common';
import type { JoinCodeView, Joined } from '../../core/wire/session.js';
import type { UserPrincipal } from '../../platform/database/principal.js';
import { CurrentUser } from '../../platform/http/access.guard.js';
import { JoinDto, MakeJoinCodesDto } from './join-codes.dto.js';
import { JoinCodesService } from './join-codes.service.js';

@Controller('api/v1')
export class JoinCodesController {
  constructor(private readonly codes: JoinCodesService) {}

  @Post('runs/:run/join-codes')
  make(
    @CurrentUser() user: UserPrincipal,
    @Param('run') run: string,
    @Body() wanted: MakeJoinCodesDto,
  ): Promise<JoinCodeView[]> {
    return this.codes.make(user, run, wanted);
  }

  @Get('runs/:run/join-codes')
  list(@CurrentUser() user: UserPrincipal, @Param('run') run: string): Promise<JoinCodeView[]> {
    return this.codes.ofRun(user, run);
  }

  @Post('runs/:run/join-codes/:code/revoke')
  @HttpCode(200)
  revoke(
    @CurrentUser() user: UserPrincipal,
    @Param('run') run: string,
    @Param('code') code: string,
  ): Promise<JoinCodeView> {
    return this.codes.revoke(user, run, code);
  }

  @Post('auth/join')
  @HttpCode(200)
  join(@Body() { code, name }: JoinDto, @Ip() address: string): Promise<Joined> {
    return this.codes.join(code, name.trim(), address);
  }
}
