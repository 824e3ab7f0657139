import { Inject, Injectable, createParamDecorator, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { DomainError } from '../../core/domain-error.js';
import type { UserPrincipal } from '../database/principal.js';
import { sitsAtDesk } from '../../core/wire/session.js';
import { LIMITED_ALSO, LIMITED_NEVER, ROUTE_ACCESS, ROUTE_SCOPES, RUN_IN_QUERY } from './access-table.js';
import { AUTHENTICATOR, type Authenticator } from './authenticator.js';

interface SignedRequest extends Request {
  user?: UserPrincipal;
}

/** Holds every route against the access table: no line, no entry. Socket events have a check of their own in the gateway. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(@Inject(AUTHENTICATOR) private readonly authenticator: Authenticator) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') {
      return true;
    }
    const request = context.switchToHttp().getRequest<SignedRequest>();
    // HEAD asks for what GET would answer, without the body: the same right.
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const route = `${method} ${(request.route as { path: string }).path}`;
    const access = ROUTE_ACCESS[route];
    if (access === 'anyone') {
      return true;
    }
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    const session = token ? await this.authenticator.authenticate(token) : undefined;
    if (!session) {
      throw new DomainError('UNAUTHENTICATED', 'Sign in: send a valid access token in the Authorization header.');
    }
    const { user } = session;
    if (user.scopes && !user.scopes.some((scope) => scope === ROUTE_SCOPES[route])) {
      throw new DomainError(
        'FORBIDDEN',
        'None of the scopes of this key allows this; ask an administrator for another.',
      );
    }
    if (!access?.includes(user.role) || !isWithinLimit(user, route, request)) {
      throw new DomainError('FORBIDDEN', 'Your role does not allow this; somebody with another role must do it.');
    }
    request.user = user;
    return true;
  }
}

/** Whether a token may use a route on the run that the request names; most tokens are limited to none. */
function isWithinLimit({ onlyRun, role }: UserPrincipal, route: string, { params, query }: Request): boolean {
  if (onlyRun === undefined || LIMITED_ALSO.includes(route)) {
    return true;
  }
  if (params['run'] !== undefined) {
    return params['run'] === onlyRun && !LIMITED_NEVER.includes(route);
  }
  // Of a whole run's control nothing is sent, though its desks may send.
  return sitsAtDesk(role) && RUN_IN_QUERY.includes(route) && (query['run'] ?? 'live') === onlyRun;
}

/** The signed-in person of a request, for a controller method's parameter. */
export const CurrentUser = createParamDecorator((_: unknown, context: ExecutionContext): UserPrincipal => {
  const user = context.switchToHttp().getRequest<SignedRequest>().user;
  if (!user) {
    throw new Error('A route that asks for the current user must not be open to anyone.');
  }
  return user;
});
