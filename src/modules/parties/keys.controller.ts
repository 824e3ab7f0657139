import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import type { KeyView, MadeKey } from '../../core/wire/session.js';
import type { UserPrincipal } from '../../platform/database/principal.js';
import { CurrentUser } from '../../platform/http/access.guard.js';
import { MakeKeyDto } from './keys.dto.js';
import { KeysService } from './keys.service.js';

@Controller('api/v1/keys')
export class KeysController {
  constructor(private readonly keys: KeysService) {}

  @Get()
  list(@CurrentUser() user: UserPrincipal): Promise<KeyView[]> {
    return this.keys.list(user);
  }

  @Post()
  make(@CurrentUser() user: UserPrincipal, @Body() wanted: MakeKeyDto): Promise<MadeKey> {
    return this.keys.make(user, wanted);
  }

  @Post(':key/revoke')
  @HttpCode(200)
  revoke(@CurrentUser() user: UserPrincipal, @Param('key') key: string): Promise<KeyView> {
    return this.keys.revoke(user, key);
  }
}
