import { Controller, Get, Req, Res } from '@nestjs/common';
import type { CookieOptions, Request, Response } from 'express';
import type { OidcView } from '../../core/wire/session.js';
import { problemOf } from '../../platform/http/problem.js';
import { OIDC_CALLBACK, OidcService } from './oidc.service.js';

const COOKIE = 'triwatch_oidc';
/** Lax, since the provider leads the browser back here from its own site. */
const KEPT: CookieOptions = { httpOnly: true, sameSite: 'lax', path: OIDC_CALLBACK };
const SIGN_IN_PAGE = '/sign-in';

@Controller('api/v1/auth/oidc')
export class OidcController {
  constructor(private readonly provider: OidcService) {}

  @Get()
  view(): OidcView {
    return { available: this.provider.available };
  }

  @Get('start')
  async start(@Res() response: Response): Promise<void> {
    const { location, attempt, seconds, secure } = await this.provider.start();
    response.cookie(COOKIE, attempt, { ...KEPT, secure, maxAge: seconds * 1000 });
    response.set('cache-control', 'no-store').redirect(302, location);
  }

  /**
   * Leads on to the console with a refresh token behind `#`, which goes to no server and is good for one use; the console takes
   * it only in a tab that began the sign-in. What went wrong is a code in the query.
   */
  @Get('callback')
  async callback(@Req() request: Request, @Res() response: Response): Promise<void> {
    response.clearCookie(COOKIE, KEPT).set({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
    try {
      const kept = new RegExp(`(?:^|;\\s*)${COOKIE}=([^;]+)`).exec(request.headers.cookie ?? '')?.[1];
      const { refreshToken } = await this.provider.finish(request.originalUrl, kept);
      response.redirect(302, `${SIGN_IN_PAGE}#session=${refreshToken}`);
    } catch (error) {
      const problem = problemOf(error);
      if (!problem) {
        throw error;
      }
      response.redirect(302, `${SIGN_IN_PAGE}?failed=${problem.code}`);
    }
  }
}
