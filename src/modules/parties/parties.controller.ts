import { Body, Controller, Get, HttpCode, Ip, Post } from '@nestjs/common';
import type { DeskView } from '../../core/wire/desk.js';
import type { Me, TokenPair } from '../../core/wire/session.js';
import { CurrentUser } from '../../platform/http/access.guard.js';
import type { UserPrincipal } from '../../platform/database/principal.js';
import { PartiesService } from './parties.service.js';
import type { Desk } from './party.js';
import { RefreshDto, SignInDto, SignOutDto } from './sign-in.dto.js';
import { SignInService } from './sign-in.service.js';

const deskView = ({ id, names, language, timeZone, party, agency }: Desk): DeskView => ({
  id,
  names,
  language,
  timeZone,
  party,
  agency,
});

@Controller('api/v1')
export class PartiesController {
  constructor(
    private readonly signIns: SignInService,
    private readonly parties: PartiesService,
  ) {}

  @Post('auth/token')
  @HttpCode(200)
  signIn(@Body() { username, password }: SignInDto, @Ip() address: string): Promise<TokenPair> {
    return this.signIns.signIn(username, password, address);
  }

  @Post('auth/refresh')
  @HttpCode(200)
  refresh(@Body() { refreshToken }: RefreshDto): Promise<TokenPair> {
    return this.signIns.refresh(refreshToken);
  }

  @Post('auth/sign-out')
  @HttpCode(204)
  signOut(@CurrentUser() user: UserPrincipal, @Body() { everywhere = false }: SignOutDto): Promise<void> {
    return this.signIns.signOut(user, everywhere);
  }

  @Get('auth/me')
  me(@CurrentUser() user: UserPrincipal): Me {
    const desk = user.desk ? this.parties.desk(user.desk) : undefined;
    const { username, displayName, role, onlyRun } = user;
    return { username, displayName, role, onlyRun, party: desk?.party, desk: desk && deskView(desk) };
  }

  @Get('desks')
  desks(): DeskView[] {
    return this.parties.desks.map(deskView);
  }
}
