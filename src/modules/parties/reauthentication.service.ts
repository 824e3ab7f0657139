import { Injectable } from '@nestjs/common';
import { DomainError } from '../../core/domain-error.js';
import type { UserPrincipal } from '../../platform/database/principal.js';
import { SignInLimit } from './sign-in-limit.js';
import { SignInService } from './sign-in.service.js';

/** Asks somebody who is signed in to prove once more who they are: a console that was left open must not approve. */
@Injectable()
export class Reauthentication {
  constructor(
    private readonly signIns: SignInService,
    private readonly limit: SignInLimit,
  ) {}

  /** Counts with the wrong passwords of signing in. Throws DomainError PASSWORD_WRONG or TOO_MANY_ATTEMPTS. */
  async confirm({ username }: UserPrincipal, password: string, address: string): Promise<void> {
    if (!(await this.limit.attempt(username, address, () => this.signIns.accepts(username, password)))) {
      throw new DomainError('PASSWORD_WRONG', 'That is not your password; nothing was sent.');
    }
  }
}
