import { Injectable } from '@nestjs/common';
import type { Authenticator } from '../../platform/http/authenticator.js';
import { KEY_BEGINS, KeysService } from './keys.service.js';
import { SessionEnds } from './session-ends.js';
import { TokensService, type Session } from './tokens.service.js';

/** Who presents a token or a key: it must be good in itself, and nobody may have ended it. */
@Injectable()
export class SessionAuthenticator implements Authenticator {
  constructor(
    private readonly tokens: TokensService,
    private readonly keys: KeysService,
    private readonly ends: SessionEnds,
  ) {}

  async authenticate(token: string): Promise<Session | undefined> {
    const presenter: Pick<TokensService, 'authenticate'> = token.startsWith(KEY_BEGINS) ? this.keys : this.tokens;
    const session = await presenter.authenticate(token);
    return session && !(await this.ends.isOver(session.user)) ? session : undefined;
  }
}
