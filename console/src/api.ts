import type { ArrangementView } from '../../src/core/wire/arrangement.js';
import type { ClockAnswer, ClockRequest } from '../../src/core/wire/clock.js';
import type { DeskView } from '../../src/core/wire/desk.js';
import type { FeedSnapshot } from '../../src/core/wire/feed.js';
import type { InjectView } from '../../src/core/wire/inject.js';
import type { Report } from '../../src/core/wire/report.js';
import type { RunView, StartRunRequest } from '../../src/core/wire/run.js';
import type { ScenarioDetail, ScenarioView } from '../../src/core/wire/scenario.js';
import type { DemoView, OidcView } from '../../src/core/wire/session.js';
import { ApiError, send } from './http.js';
import type { Access } from './session.js';

/** A token may have been withdrawn before its time, so a 401 is worth one try with a new one. */
async function ask<T>(access: Access, method: string, path: string, body?: unknown): Promise<T> {
  try {
    return await send<T>(method, path, await access.token(), body);
  } catch (error) {
    if (error instanceof ApiError && error.status === 401 && error.code !== 'UNREACHABLE') {
      return send<T>(method, path, await access.renew(), body);
    }
    throw error;
  }
}

const part = encodeURIComponent;

export const api = {
  oidc: () => send<OidcView>('GET', '/auth/oidc'),
  demo: () => send<DemoView>('GET', '/demo'),
  desks: (access: Access) => ask<DeskView[]>(access, 'GET', '/desks'),
  scenarios: (access: Access) => ask<ScenarioView[]>(access, 'GET', '/scenarios'),
  scenario: (access: Access, id: string) => ask<ScenarioDetail>(access, 'GET', `/scenarios/${part(id)}`),
  arrangements: (access: Access) => ask<ArrangementView[]>(access, 'GET', '/arrangements'),
  runs: (access: Access) => ask<RunView[]>(access, 'GET', '/runs'),
  run: (access: Access, run: string) => ask<RunView>(access, 'GET', `/runs/${part(run)}`),
  startRun: (access: Access, command: StartRunRequest) => ask<RunView>(access, 'POST', '/runs', command),
  clock: (access: Access, run: string, command: ClockRequest) =>
    ask<ClockAnswer>(access, 'POST', `/runs/${part(run)}/clock`, command),
  injects: (access: Access, run: string) => ask<InjectView[]>(access, 'GET', `/runs/${part(run)}/injects`),
  sendInject: (access: Access, run: string, inject: string) =>
    ask<InjectView>(access, 'POST', `/runs/${part(run)}/injects/${part(inject)}/send`),
  report: (access: Access, run: string) => ask<Report>(access, 'GET', `/runs/${part(run)}/report`),
  snapshot: (access: Access, run: string, audience: string) =>
    ask<FeedSnapshot>(access, 'GET', `/runs/${part(run)}/feeds/${part(audience)}/snapshot`),
};
