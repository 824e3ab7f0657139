import type {
  AlertDraftView,
  AlertIssued,
  AlertRequest,
  ApproveRequest,
  AwaitingApproval,
  CancelRequest,
  PreparedView,
} from '../../src/core/wire/alert.js';
import type { ArrangementView } from '../../src/core/wire/arrangement.js';
import type { ClockAnswer, ClockRequest } from '../../src/core/wire/clock.js';
import type { Comparison } from '../../src/core/wire/comparison.js';
import type { DeskView } from '../../src/core/wire/desk.js';
import type { FeedSnapshot } from '../../src/core/wire/feed.js';
import type { SetBranchRequest } from '../../src/core/wire/branch.js';
import type { InjectView } from '../../src/core/wire/inject.js';
import type { Report } from '../../src/core/wire/report.js';
import type { RunView, StartRunRequest } from '../../src/core/wire/run.js';
import type { ScenarioDetail, ScenarioView } from '../../src/core/wire/scenario.js';
import type { DemoView, JoinCodeView, MakeJoinCodesRequest, OidcView } from '../../src/core/wire/session.js';
import { ApiError, send } from './http.js';
import type { Access } from './session.js';

/** A token may have been withdrawn before its time, so a 401 is worth one try with a new one. */
async function ask<T>(access: Access, method: string, path: string, body?: unknown, key?: string): Promise<T> {
  try {
    return await send<T>(method, path, await access.token(), body, key);
  } catch (error) {
    if (error instanceof ApiError && error.status === 401 && error.code !== 'UNREACHABLE') {
      return send<T>(method, path, await access.renew(), body, key);
    }
    throw error;
  }
}

const part = encodeURIComponent;

/** What to compare; the service has its own bounds and says so. */
export interface CompareQuery {
  scenario: string;
  chapter: string | undefined;
  /** Ids. */
  arrangements: readonly string[];
  seeds: number;
  strict: boolean;
}

const compareSearch = ({ chapter, arrangements, seeds, strict }: CompareQuery): URLSearchParams =>
  new URLSearchParams({
    ...(chapter === undefined ? {} : { chapter }),
    arrangements: arrangements.join(','),
    seeds: String(seeds),
    strict: String(strict),
  });

export const api = {
  oidc: () => send<OidcView>('GET', '/auth/oidc'),
  demo: () => send<DemoView>('GET', '/demo'),
  desks: (access: Access) => ask<DeskView[]>(access, 'GET', '/desks'),
  scenarios: (access: Access) => ask<ScenarioView[]>(access, 'GET', '/scenarios'),
  scenario: (access: Access, id: string) => ask<ScenarioDetail>(access, 'GET', `/scenarios/${part(id)}`),
  arrangements: (access: Access) => ask<ArrangementView[]>(access, 'GET', '/arrangements'),
  compare: (access: Access, query: CompareQuery) =>
    ask<Comparison>(access, 'GET', `/scenarios/${part(query.scenario)}/compare?${compareSearch(query).toString()}`),
  runs: (access: Access) => ask<RunView[]>(access, 'GET', '/runs'),
  run: (access: Access, run: string) => ask<RunView>(access, 'GET', `/runs/${part(run)}`),
  startRun: (access: Access, command: StartRunRequest) => ask<RunView>(access, 'POST', '/runs', command),
  clock: (access: Access, run: string, command: ClockRequest) =>
    ask<ClockAnswer>(access, 'POST', `/runs/${part(run)}/clock`, command),
  injects: (access: Access, run: string) => ask<InjectView[]>(access, 'GET', `/runs/${part(run)}/injects`),
  sendInject: (access: Access, run: string, inject: string) =>
    ask<InjectView>(access, 'POST', `/runs/${part(run)}/injects/${part(inject)}/send`),
  setBranch: (access: Access, run: string, inject: string, setting: SetBranchRequest) =>
    ask<InjectView>(access, 'POST', `/runs/${part(run)}/injects/${part(inject)}/branch`, setting),
  joinCodes: (access: Access, run: string) => ask<JoinCodeView[]>(access, 'GET', `/runs/${part(run)}/join-codes`),
  makeJoinCodes: (access: Access, run: string, wanted: MakeJoinCodesRequest) =>
    ask<JoinCodeView[]>(access, 'POST', `/runs/${part(run)}/join-codes`, wanted),
  report: (access: Access, run: string) => ask<Report>(access, 'GET', `/runs/${part(run)}/report`),
  sendAlert: (access: Access, run: string, alert: AlertRequest, key: string) =>
    ask<AlertIssued | AwaitingApproval>(access, 'POST', `/alerts?run=${part(run)}`, alert, key),
  updateAlert: (access: Access, run: string, id: string, alert: AlertRequest, key: string) =>
    ask<AlertIssued | AwaitingApproval>(access, 'POST', `/alerts/${part(id)}/update?run=${part(run)}`, alert, key),
  drafts: (access: Access, run: string) => ask<AlertDraftView[]>(access, 'GET', `/alerts/drafts?run=${part(run)}`),
  approveDraft: (access: Access, run: string, id: string, approval: ApproveRequest) =>
    ask<AlertIssued>(access, 'POST', `/alerts/${part(id)}/approve?run=${part(run)}`, approval),
  endDraft: (access: Access, run: string, id: string, what: 'reject' | 'withdraw') =>
    ask<AlertDraftView>(access, 'POST', `/alerts/${part(id)}/${what}?run=${part(run)}`, {}),
  prepared: (access: Access, run: string, id: string) =>
    ask<PreparedView>(access, 'GET', `/alerts/${part(id)}/prepared?run=${part(run)}`),
  cancelAlert: (access: Access, run: string, id: string, words: CancelRequest) =>
    ask<AlertIssued>(access, 'POST', `/alerts/${part(id)}/cancel?run=${part(run)}`, words),
  snapshot: (access: Access, run: string, audience: string) =>
    ask<FeedSnapshot>(access, 'GET', `/runs/${part(run)}/feeds/${part(audience)}/snapshot`),
};
