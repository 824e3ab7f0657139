import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { capErrors, senderOf, type CapFrame } from '../../core/alert/alert-to-cap.js';
import { alertContent, type AlertMessage } from '../../core/alert/alert.js';
import { judgedAlert } from '../../core/alert/judged-alert.js';
import { liveMessages, type LinkedMessage } from '../../core/alert/life-cycle.js';
import { preparedWords, type PreparedWords } from '../../core/alert/prepared.js';
import { noteFindings } from '../../core/alert/reality-words.js';
import { wayToSend, type AlertAct } from '../../core/alert/who-may-send.js';
import type { CapReference } from '../../core/cap/cap.references.js';
import { capTime } from '../../core/cap/cap.time.js';
import { DomainError } from '../../core/domain-error.js';
import { withPhrase } from '../../core/phrase/phrase-message.js';
import type { Mode } from '../../core/scenario/mode.js';
import type { AlertIssued, CancelRequest, PreparedView } from '../../core/wire/alert.js';
import type { Principal, UserPrincipal } from '../../platform/database/principal.js';
import { Transactions, type Tx } from '../../platform/database/transactions.js';
import { Inputs } from '../runs/inputs.js';
import type { Input, InputContext, Store } from '../runs/input-batch.js';
import type { Names } from '../../core/scenario/scenario.schema.js';
import { PartiesService } from '../parties/parties.service.js';
import { RunParts } from '../runs/run-parts.js';
import type { AlertDraft } from './alert-drafts.repository.js';
import { AlertsRepository, type AlertVersion, type NewThread, type NewVersion } from './alerts.repository.js';

/** In whose name a message goes out, and for which desk. */
type Author = Pick<UserPrincipal, 'id' | 'desk'>;

/** Who issues what a controller sends. */
const CONTROL_NAMES: Names = { 'ja-JP': '統制', 'ko-KR': '통제', 'en-US': 'Control' };

/** A thread that goes on. */
export interface OpenThread {
  readonly latest: AlertVersion;
  readonly next: number;
  /** Its messages that still stand: what the next one replaces. */
  readonly replaces: CapReference[];
}

type Wanted = Pick<AlertVersion, 'id' | 'version' | 'msgType' | 'message' | 'replaces'>;

@Injectable()
export class AlertsService {
  private readonly storeThreads: Store<NewThread> = (tx, run, threads) => this.alerts.insertThreads(tx, run, threads);
  private readonly storeVersions: Store<NewVersion> = (tx, run, versions) =>
    this.alerts.insertVersions(tx, run, versions);

  constructor(
    private readonly transactions: Transactions,
    private readonly alerts: AlertsRepository,
    private readonly inputs: Inputs,
    private readonly parties: PartiesService,
    parts: RunParts,
  ) {
    parts.register({ rewound: (tx, run, to) => this.alerts.voidVersions(tx, run, to) });
  }

  /** The warnings on what a desk may have approved later. Throws DomainError ALERT_INVALID as sending it now would. */
  checkDraft(
    { mode, now }: InputContext,
    desk: string | undefined,
    run: string,
    { message, msgType, replaces }: Pick<Wanted, 'message' | 'msgType' | 'replaces'>,
  ): AlertIssued['warnings'] {
    const sender = senderOf(desk);
    const issuer = this.issuerNamed(sender);
    const identifier = `urn:uuid:${randomUUID()}`;
    return check(message, { identifier, sender, sentRunAt: now, msgType, run, mode, issuer, references: replaces });
  }

  /** Issues a new alert to every audience of the run. Throws DomainError ALERT_INVALID with every finding, or RUN_NOT_FOUND. */
  issue(user: UserPrincipal, run: string, message: AlertMessage, key?: string): Promise<AlertIssued> {
    return this.inputs.put(user, run, { action: 'alert.issued', key, request: message }, (_, context) => {
      alone('issue', user, context.mode);
      const id = `alert.${context.mark}`;
      const { version, input } = this.message(context, user, run, {
        ...{ id, version: 1, msgType: 'Alert', message, replaces: [] },
      });
      context.later(this.storeThreads, { id, createdBy: user.id });
      context.later(this.storeVersions, version);
      return Promise.resolve(input);
    });
  }

  /** Replaces what an alert says. Throws DomainError ALERT_NOT_FOUND, ALERT_CANCELLED or ALERT_INVALID. */
  update(user: UserPrincipal, run: string, id: string, message: AlertMessage, key?: string): Promise<AlertIssued> {
    return this.inputs.put(
      user,
      run,
      { action: 'alert.updated', key, request: { id, message }, thread: id },
      async (tx, context) => {
        alone('update', user, context.mode);
        const { next, replaces } = await this.open(tx, run, id);
        return this.add(tx, context, user, run, { id, version: next, msgType: 'Update', message, replaces });
      },
    );
  }

  /** Withdraws an alert, in the sender's words or in those prepared with it, in each language that the alert had. */
  cancel(user: UserPrincipal, run: string, id: string, words: CancelRequest, key?: string): Promise<AlertIssued> {
    return this.inputs.put(
      user,
      run,
      { action: 'alert.cancelled', key, request: { id, words }, thread: id },
      async (tx, context) => {
        alone('cancel', user, context.mode);
        const { latest, next, replaces } = await this.open(tx, run, id);
        const { falseAlarm, cancellation } = preparedFor(latest);
        const isFalse = words.prepared === true || words.prepared === 'false-alarm';
        const info = words.phrase
          ? withPhrase(words.info ?? [], words.phrase)
          : (words.info ?? (isFalse ? falseAlarm : cancellation));
        const message: AlertMessage = { ...latest.message, info, phrase: words.phrase, ending: 'cancellation' };
        const wanted: Wanted = { id, version: next, msgType: 'Cancel', message, replaces };
        return this.add(tx, context, user, run, wanted, words.note);
      },
    );
  }

  /**
   * Sends what was approved, as an input of the transaction in which it was; it belongs to the desk that drafted it.
   * Throws DomainError as `issue` and `update` do, before it writes anything.
   */
  async sendApproved(
    tx: Tx,
    context: InputContext,
    user: UserPrincipal,
    run: string,
    { id, desk, thread, message }: AlertDraft,
  ): Promise<Input<AlertIssued>> {
    const author = { id: user.id, desk };
    if (thread !== undefined) {
      const { next, replaces } = await this.open(tx, run, thread);
      return this.add(tx, context, author, run, { id: thread, version: next, msgType: 'Update', message, replaces });
    }
    const wanted: Wanted = { id, version: 1, msgType: 'Alert', message, replaces: [] };
    const { version, input } = this.message(context, author, run, wanted);
    context.later(this.storeThreads, { id, createdBy: user.id, desk });
    context.later(this.storeVersions, version);
    return input;
  }

  /** The words that are ready should an alert have to be taken back. Throws DomainError ALERT_NOT_FOUND or ALERT_CANCELLED. */
  prepared(user: UserPrincipal, run: string, id: string): Promise<PreparedView> {
    return this.transactions.run(user, async (tx) => {
      const { latest } = await this.open(tx, run, id);
      return { id, run, version: latest.version, ...preparedFor(latest) };
    });
  }

  /** Every version of an alert that somebody may see, oldest first. Throws DomainError ALERT_NOT_FOUND. */
  async get(principal: Principal, run: string, id: string): Promise<AlertVersion[]> {
    const versions = await this.transactions.run(principal, (tx) => this.alerts.versions(tx, run, id));
    if (versions.length === 0) {
      throw notFound(run, id);
    }
    return versions;
  }

  /** Who issues what comes from this sender (`senderOf`), in each language. */
  issuerNamed(sender: string): Names {
    return this.parties.desk(sender.split('@')[0] ?? '')?.names ?? CONTROL_NAMES;
  }

  /** The newest message of a thread that goes on, the number of the next, and what that one replaces. Throws as `get`, or ALERT_CANCELLED. */
  async open(tx: Tx, run: string, id: string): Promise<OpenThread> {
    const [versions, next] = await Promise.all([
      this.alerts.versions(tx, run, id),
      this.alerts.nextVersion(tx, run, id),
    ]);
    const latest = versions.at(-1);
    if (!latest) {
      throw notFound(run, id);
    }
    if (latest.msgType === 'Cancel') {
      throw new DomainError('ALERT_CANCELLED', 'This alert was cancelled; issue a new one.');
    }
    return { latest, next, replaces: liveMessages(versions.map(asMessage)) };
  }

  /** Stores a further message of a thread at once: the next one of the same transaction must see it. */
  private async add(
    tx: Tx,
    context: InputContext,
    user: Author,
    run: string,
    wanted: Wanted,
    note?: string,
  ): Promise<Input<AlertIssued>> {
    const { version, input } = this.message(context, user, run, wanted, note);
    await this.alerts.insertVersions(tx, run, [version]);
    return input;
  }

  /** What is kept and what is told of a message. Throws DomainError ALERT_INVALID with every finding. */
  private message(
    { mode, now }: InputContext,
    user: Author,
    run: string,
    wanted: Wanted,
    note?: string,
  ): { version: NewVersion; input: Input<AlertIssued> } {
    const { id, version, msgType, message, replaces } = wanted;
    const identifier = `urn:uuid:${randomUUID()}`;
    const sender = senderOf(user.desk);
    const issuer = this.issuerNamed(sender);
    const frame = { identifier, sender, sentRunAt: now, msgType, run, mode, issuer, references: replaces, note };
    const warnings = check(message, frame);
    const content = { ...alertContent(message, mode, issuer), ...(note ? { note } : {}) };
    const languages = message.info.map(({ language }) => language);
    const act = msgType.toLowerCase() as 'alert' | 'update' | 'cancel';
    return {
      version: {
        ...{ ...wanted, identifier, sender, note, sentRunAt: now, createdBy: user.id },
        prepared: preparedWords(languages),
      },
      input: {
        item: { id, version, kind: 'alert', act, content },
        answer: { id, identifier, run, version, warnings },
      },
    };
  }
}

/** A stored message as others refer to it: `sent` of ours is the time of the run, which its document says too. */
export const asMessage = ({ sender, identifier, sentRunAt, msgType, replaces, cap }: AlertVersion): LinkedMessage => ({
  ...{ sender, identifier, msgType },
  sent: cap?.sent ?? capTime(sentRunAt),
  references: replaces,
});

/** The warnings on a message. Throws DomainError ALERT_INVALID with everything that keeps it from being sent. */
function check(message: AlertMessage, frame: CapFrame & { msgType: AlertVersion['msgType'] }): AlertIssued['warnings'] {
  const { faults, warnings } = judgedAlert(message, frame.mode, frame.msgType);
  const findings = [...faults, ...noteFindings(frame.note, frame.mode), ...capErrors(message, frame)];
  if (findings.length > 0) {
    throw new DomainError('ALERT_INVALID', `${findings[0]?.message.replace(/\.$/, '')}.`, { findings });
  }
  return warnings;
}

/** Stored with the message; of one from before that was done, made now. */
const preparedFor = ({ prepared, message }: Pick<AlertVersion, 'prepared' | 'message'>): PreparedWords =>
  prepared ?? preparedWords(message.info.map(({ language }) => language));

/** Throws DomainError FORBIDDEN unless that takes one person alone, in this role and mode. */
export function alone(act: AlertAct, { role }: UserPrincipal, mode: Mode): void {
  const way = wayToSend(role, mode, act);
  if (way.kind !== 'at-once') {
    throw new DomainError('FORBIDDEN', way.kind === 'refused' ? way.reason : 'This takes two people: draft it first.');
  }
}

function notFound(run: string, id: string): DomainError {
  return new DomainError(
    'ALERT_NOT_FOUND',
    `There is no alert "${id.slice(0, 80)}" of yours in the run "${run.slice(0, 80)}".`,
  );
}
