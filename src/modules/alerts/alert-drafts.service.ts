import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import type { AlertMessage } from '../../core/alert/alert.js';
import { confirmationPhrase } from '../../core/alert/confirmation.js';
import { DRAFT_LIFETIME_MS, draftEndsAt, draftText, whyNotApproved, whyOver } from '../../core/alert/draft.js';
import { wayToSend } from '../../core/alert/who-may-send.js';
import { runTimeAt } from '../../core/clock/clock.js';
import { DomainError } from '../../core/domain-error.js';
import { isoOf, runTime, type RunTime } from '../../core/time/time.js';
import type { AlertDraftView, AlertIssued, ApproveRequest, AwaitingApproval } from '../../core/wire/alert.js';
import type { UserPrincipal } from '../../platform/database/principal.js';
import { Transactions, type Tx } from '../../platform/database/transactions.js';
import { PartiesService } from '../parties/parties.service.js';
import { Reauthentication } from '../parties/reauthentication.service.js';
import type { InputContext } from '../runs/input-batch.js';
import { Inputs } from '../runs/inputs.js';
import { ACTUAL_RUN } from '../runs/run.js';
import { RunsService } from '../runs/runs.service.js';
import { AlertDraftsRepository, type AlertDraft } from './alert-drafts.repository.js';
import { AlertsService } from './alerts.service.js';

/** Alerts that are real wait here for a second person. Nobody but drafters and approvers of the party sees them. */
@Injectable()
export class AlertDraftsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly drafts: AlertDraftsRepository,
    private readonly alerts: AlertsService,
    private readonly inputs: Inputs,
    private readonly runs: RunsService,
    private readonly parties: PartiesService,
    private readonly reauthentication: Reauthentication,
  ) {}

  /**
   * Sends an alert, or an update of `thread`, at once where one person is enough, and keeps it for approval where it takes two.
   * Everything that sends alerts goes this way. Throws DomainError FORBIDDEN and those of AlertsService.
   */
  send(
    user: UserPrincipal,
    run: string,
    message: AlertMessage,
    thread?: string,
    key?: string,
  ): Promise<AlertIssued | AwaitingApproval> {
    // The id says it: nothing but the service itself makes a run of mode actual, and this is the one that it makes.
    const way = wayToSend(user.role, run === ACTUAL_RUN ? 'actual' : 'test', thread === undefined ? 'issue' : 'update');
    switch (way.kind) {
      case 'refused':
        throw new DomainError('FORBIDDEN', way.reason);
      case 'draft':
        return this.draft(user, run, message, thread, key);
      case 'at-once':
        return thread === undefined
          ? this.alerts.issue(user, run, message, key)
          : this.alerts.update(user, run, thread, message, key);
    }
  }

  private draft(
    user: UserPrincipal,
    run: string,
    message: AlertMessage,
    thread?: string,
    key?: string,
  ): Promise<AwaitingApproval> {
    const request = { thread, message };
    return this.inputs.put(user, run, { action: 'alert.drafted', key, request, thread }, async (tx, context) => {
      await this.check(tx, context, run, { desk: user.desk, thread, message });
      const content = { act: thread === undefined ? ('alert' as const) : ('update' as const), thread, message };
      const id = `${thread === undefined ? 'alert' : 'draft'}.${context.mark}`;
      const draft = { ...content, id, draftedAt: context.now, hash: hashOf(content) };
      await this.drafts.insert(tx, run, { ...draft, by: user.id, byName: user.displayName });
      return { answer: awaiting(run, draft) };
    });
  }

  /** Puts other words into a draft, which whoever read it before must read again. */
  revise(user: UserPrincipal, run: string, id: string, message: AlertMessage): Promise<AwaitingApproval> {
    const input = { action: 'alert.draft-revised', request: { id, message }, thread: id };
    return this.inputs.put(user, run, input, async (tx, context) => {
      const { now } = context;
      const { act, desk, thread } = this.stillOpen(await this.locked(tx, run, id), now);
      await this.check(tx, context, run, { desk, thread, message });
      const revised = { id, message, draftedAt: now, hash: hashOf({ act, thread, message }) };
      await this.drafts.revise(tx, run, { ...revised, by: user.id, byName: user.displayName });
      return { answer: awaiting(run, revised) };
    });
  }

  /**
   * Sends a draft. Whoever approved it gets the same answer again. Throws DomainError PASSWORD_WRONG, TOO_MANY_ATTEMPTS,
   * DRAFT_NOT_FOUND and those of `whyNotApproved`; then nobody is told.
   */
  async approve(
    user: UserPrincipal,
    run: string,
    id: string,
    { password, hash, confirmation }: ApproveRequest,
    address: string,
  ): Promise<AlertIssued> {
    await this.reauthentication.confirm(user, password, address);
    const { thread } = await this.transactions.run(user, (tx) => this.find(tx, run, id));
    const input = { action: 'alert.approved', request: { id, hash }, thread: thread ?? id };
    return this.inputs.put<AlertIssued>(user, run, input, async (tx, context) => {
      const draft = await this.locked(tx, run, id);
      if (draft.state === 'approved' && draft.decidedBy === user.id && draft.answer) {
        return { answer: draft.answer };
      }
      const { confirmation: phrase } = await this.viewFor(tx, user, run)(draft);
      // Of what is stored now, so that a change by whatever hand is a change.
      const read = { ...draft, hash: hashOf(draft) };
      const refusal = whyNotApproved(read, { by: user.id, hash, typed: confirmation }, phrase, context.now);
      if (refusal) {
        throw new DomainError(refusal.code, refusal.message);
      }
      const approved = await this.alerts.sendApproved(tx, context, user, run, draft);
      await this.drafts.decide(tx, run, id, { state: 'approved', by: user.id, answer: approved.answer });
      return approved;
    });
  }

  /** An approver says no. Throws DomainError DRAFT_NOT_FOUND and those of `whyOver`. */
  async reject(user: UserPrincipal, run: string, id: string, reason?: string): Promise<AlertDraftView> {
    return this.end(user, run, id, 'rejected', reason);
  }

  /** An author takes a draft back. Throws also DomainError NOT_THE_AUTHOR. */
  async withdraw(user: UserPrincipal, run: string, id: string): Promise<AlertDraftView> {
    return this.end(user, run, id, 'withdrawn');
  }

  /** Those that wait, the oldest first. Throws DomainError RUN_NOT_FOUND. */
  waiting(user: UserPrincipal, run: string): Promise<AlertDraftView[]> {
    return this.transactions.run(user, async (tx) => {
      const reading = await this.runs.readClock(tx, run);
      const now = runTimeAt(reading.clock, reading.now);
      const drafts = await this.drafts.waiting(tx, run, runTime(now - DRAFT_LIFETIME_MS));
      return Promise.all(drafts.filter((draft) => !whyOver(draft, now)).map(this.viewFor(tx, user, run)));
    });
  }

  /** Throws DomainError DRAFT_NOT_FOUND. */
  get(user: UserPrincipal, run: string, id: string): Promise<AlertDraftView> {
    return this.transactions.run(user, async (tx) => this.viewFor(tx, user, run)(await this.find(tx, run, id)));
  }

  private async end(
    user: UserPrincipal,
    run: string,
    id: string,
    state: 'rejected' | 'withdrawn',
    reason?: string,
  ): Promise<AlertDraftView> {
    const input = { action: `alert.${state}`, request: { id, reason }, thread: id };
    return this.inputs.put(user, run, input, async (tx, { now }) => {
      const draft = this.stillOpen(await this.locked(tx, run, id), now);
      if (state === 'withdrawn' && !draft.authors.includes(user.id)) {
        throw new DomainError('NOT_THE_AUTHOR', 'Only who wrote on a draft withdraws it; an approver rejects it.');
      }
      await this.drafts.decide(tx, run, id, { state, by: user.id, reason });
      return { answer: await this.viewFor(tx, user, run)({ ...draft, state, reason }) };
    });
  }

  /** Throws what sending it now would throw, so that a draft does not fail at its approval only. */
  private async check(
    tx: Tx,
    context: InputContext,
    run: string,
    { desk, thread, message }: Pick<AlertDraft, 'thread' | 'message'> & { desk?: string },
  ): Promise<void> {
    if (thread === undefined) {
      this.alerts.checkDraft(context, desk, run, { message, msgType: 'Alert', replaces: [] });
      return;
    }
    const { replaces } = await this.alerts.open(tx, run, thread);
    this.alerts.checkDraft(context, desk, run, { message, msgType: 'Update', replaces });
  }

  private async find(tx: Tx, run: string, id: string): Promise<AlertDraft> {
    return found(await this.drafts.find(tx, run, id), id);
  }

  private async locked(tx: Tx, run: string, id: string): Promise<AlertDraft> {
    return found(await this.drafts.lock(tx, run, id), id);
  }

  private stillOpen(draft: AlertDraft, now: RunTime): AlertDraft {
    const over = whyOver(draft, now);
    if (over) {
      throw new DomainError(over.code, over.message);
    }
    return draft;
  }

  /** How somebody sees drafts of a run. */
  private viewFor(tx: Tx, user: UserPrincipal, run: string): (draft: AlertDraft) => Promise<AlertDraftView> {
    const language = (user.desk === undefined ? undefined : this.parties.desk(user.desk)?.language) ?? 'en-US';
    return async ({ authorNames, authors, draftedAt, decidedBy, answer, ...draft }) => {
      const audienceCount = await this.drafts.countAudiences(tx, run);
      const { event } = draft.message;
      return {
        ...draft,
        run,
        authors: [...authorNames],
        own: authors.includes(user.id),
        draftedAt: isoOf(draftedAt),
        expiresAt: isoOf(draftEndsAt({ draftedAt, message: draft.message })),
        audienceCount,
        confirmation: confirmationPhrase({ mode: 'actual', event, audienceCount, language }),
      };
    };
  }
}

function found(draft: AlertDraft | undefined, id: string): AlertDraft {
  if (!draft) {
    throw new DomainError('DRAFT_NOT_FOUND', `There is no draft "${id.slice(0, 80)}" of your party in this run.`);
  }
  return draft;
}

const hashOf = ({ act, thread, message }: Pick<AlertDraft, 'act' | 'thread' | 'message'>): string =>
  createHash('sha256').update(draftText({ act, thread, message })).digest('hex');

const awaiting = (
  run: string,
  { id, hash, draftedAt, message }: Pick<AlertDraft, 'id' | 'hash' | 'draftedAt' | 'message'>,
): AwaitingApproval => ({
  ...{ id, run, hash, state: 'awaiting-approval' },
  expiresAt: isoOf(draftEndsAt({ draftedAt, message })),
});
