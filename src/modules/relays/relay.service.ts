import { Inject, Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { senderOf } from '../../core/alert/alert-to-cap.js';
import { liveMessages } from '../../core/alert/life-cycle.js';
import { alertContent, alertFindings } from '../../core/alert/alert.js';
import { capTimeMs } from '../../core/cap/cap.time.js';
import type { CapAlert } from '../../core/cap/cap.js';
import { DomainError } from '../../core/domain-error.js';
import { relay, replacedBy, type RelayDecision } from '../../core/relay/relay.js';
import { PIPELINE, type UserPrincipal } from '../../platform/database/principal.js';
import { Transactions, type Tx } from '../../platform/database/transactions.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { OperationalError } from '../../platform/operational-error.js';
import { CapWorkers } from '../../platform/xml/cap-workers.js';
import { SIGNATURES, type SignatureSettings } from '../../platform/xml/sign-xml.js';
import { XmlRefusal } from '../../platform/xml/xml-refusal.js';
import { AlertsRepository } from '../alerts/alerts.repository.js';
import { asMessage } from '../alerts/alerts.service.js';
import type { Input, InputContext } from '../runs/input-batch.js';
import { Inputs } from '../runs/inputs.js';
import { Watches } from '../runs/watches.js';
import { RelayedDocumentsRepository, type RelayedDocument } from './relayed-documents.repository.js';
import type { LeasedSource } from './sources.repository.js';

/** Bytes of what names a message: more names none of a real agency, and would not fit the index. */
const MOST_NAME_BYTES = 300;

/** Of what is kept already. */
const NOTHING = new Uint8Array();

type Relayed = RelayDecision & { readonly kind: 'relay' };
type Received = Omit<RelayedDocument, 'outcome' | 'reason' | 'alert' | 'version'>;

/** What a document says; without `alert` it says nothing usable about itself, and `reason` why. */
type Read = { readonly alert?: CapAlert; readonly reason?: string; readonly signature: string };

/** A document of an entry of a source's feed that has been read. */
export interface OpenedDocument extends Read {
  readonly entry: string;
  readonly original: Uint8Array;
  /** When its source sent it, in milliseconds since 1970; 0 where that cannot be told. */
  readonly sentMs: number;
}

/**
 * Makes alerts of what sources publish, in the watch that is no actual one: nobody approves what is relayed. Each document is kept byte by byte with what became of it; sender,
 * identifier and time name it, so that it is told once however often and by whichever entry it comes.
 */
@Injectable()
export class RelayService {
  constructor(
    private readonly transactions: Transactions,
    private readonly inputs: Inputs,
    private readonly alerts: AlertsRepository,
    private readonly documents: RelayedDocumentsRepository,
    private readonly metrics: Metrics,
    private readonly watches: Watches,
    private readonly workers: CapWorkers,
    @Inject(SIGNATURES) private readonly signatures: SignatureSettings,
  ) {}

  /** Never throws for what the document says: that is its reason for being refused. */
  async open(source: LeasedSource, entry: string, original: Uint8Array, now: Date): Promise<OpenedDocument> {
    const read = await this.read(source, original, now);
    return { ...read, entry, original, sentMs: capTimeMs(read.alert?.sent ?? '') ?? 0 };
  }

  /**
   * Tells it or refuses it. `whole` says whether everything that the feed has was there to be taken: if not, a cancellation of what
   * has not come yet is left for the next look.
   */
  async take(source: LeasedSource, opened: OpenedDocument, now: Date, whole: boolean): Promise<void> {
    const { alert, reason, signature, entry, original } = opened;
    if (!alert) {
      await this.refuse(
        { source: source.id, entry, sender: '', identifier: entry, sent: '', signature, replaces: [], original },
        reason,
      );
      return;
    }
    const { sender, identifier, sent } = alert;
    const replaces = reason === undefined ? replacedBy(alert, source) : [];
    const received: Received = { source: source.id, entry, sender, identifier, sent, signature, replaces, original };
    const decision = relay(alert, source, now.getTime());
    if (reason !== undefined || decision.kind === 'refuse') {
      await this.refuse(received, reason ?? (decision.kind === 'refuse' ? decision.reason : undefined));
    } else {
      await this.tell(source, received, decision, whole);
    }
  }

  /** What the document says. With a signature that holds only what was signed is read. */
  private async read({ fingerprint }: LeasedSource, original: Uint8Array, now: Date): Promise<Read> {
    try {
      const fingerprints = fingerprint === undefined ? this.signatures.trusted : [fingerprint];
      const { alert, signature } = await this.workers.run('read', { xml: original, trust: { fingerprints, now } });
      if (!alert || alert.identifier === '' || alert.sent === '') {
        return { reason: 'NOT_CAP', signature };
      }
      if ([alert.sender, alert.identifier, alert.sent].some((name) => Buffer.byteLength(name) > MOST_NAME_BYTES)) {
        return { reason: 'NAME_TOO_LONG', signature };
      }
      const bad = signature === 'invalid' || (fingerprint !== undefined && signature !== 'trusted');
      return { alert, signature, ...(bad ? { reason: `SIGNATURE_${signature.replace('-', '_').toUpperCase()}` } : {}) };
    } catch (error) {
      if (error instanceof XmlRefusal) {
        return { reason: error.rule, signature: 'missing' };
      }
      if (error instanceof DomainError && error.code === 'CAP_TOO_HARD') {
        // On a busy machine it may only have been the hour: the entry is had again later.
        throw new OperationalError(error.code, error.message, { cause: error });
      }
      if (error instanceof DomainError) {
        return { reason: error.code, signature: 'missing' };
      }
      throw error;
    }
  }

  private async refuse(received: Received, reason = 'NOT_CAP'): Promise<void> {
    await this.transactions.run(PIPELINE, (tx) =>
      this.documents.insert(tx, { ...received, outcome: 'refused', reason }),
    );
    this.metrics.relayedDocumentsTotal.inc({ outcome: 'refused' });
  }

  private async tell(source: LeasedSource, received: Received, decision: Relayed, whole: boolean): Promise<void> {
    const before = await this.transactions.run(PIPELINE, (tx) =>
      this.documents.alertOf(tx, source.id, decision.references),
    );
    if (before === undefined && decision.msgType === 'Cancel') {
      // What nobody here was told cannot be taken back; the words of a cancellation alone would alarm.
      if (whole) {
        await this.refuse(received, 'NOTHING_TO_CANCEL');
      }
      return;
    }
    const thread = before ?? threadOf(received);
    const { sender, identifier, sent } = received;
    const request = { source: source.id, sender, identifier, sent };
    // Another source may have the same message at this moment: the second to come finds it relayed.
    const threads = [thread, `relay ${JSON.stringify([sender, identifier, sent])}`];
    try {
      await this.inputs.put(
        this.relayerOf(source),
        this.watches.drill,
        { action: 'alert.relayed', request, thread: threads },
        (tx, context) => this.input(tx, context, source, received, decision, thread),
      );
      this.metrics.relayedDocumentsTotal.inc({ outcome: 'relayed' });
    } catch (error) {
      if (!(error instanceof DomainError)) {
        throw error;
      }
      await this.refuse(received, error.code);
    }
  }

  /** Throws DomainError, before anything is written. */
  private async input(
    tx: Tx,
    { mode, now }: InputContext,
    source: LeasedSource,
    received: Received,
    { msgType, message }: Relayed,
    id: string,
  ): Promise<Input<object>> {
    const run = this.watches.drill;
    if (await this.documents.isRelayed(tx, received)) {
      await this.documents.insert(tx, { ...received, outcome: 'repeated', original: NOTHING });
      return { answer: {} };
    }
    if (await this.documents.isReplaced(tx, source.id, received)) {
      throw new DomainError('REPLACED_BEFORE', 'What replaces or cancels it came before.');
    }
    const [versions, version] = await Promise.all([
      this.alerts.versions(tx, run, id),
      this.alerts.nextVersion(tx, run, id),
    ]);
    if (versions.at(-1)?.msgType === 'Cancel') {
      throw new DomainError('ALERT_CANCELLED', 'The alert was cancelled before.');
    }
    const [fault] = alertFindings(message, mode);
    if (fault) {
      throw new DomainError(fault.rule, fault.message);
    }
    const createdBy = this.relayerOf(source).id;
    // An update of what was never told is the first that desks here hear of it.
    const told = versions.length === 0 ? 'Alert' : msgType === 'Alert' ? 'Update' : msgType;
    if (versions.length === 0) {
      await this.alerts.insertThreads(tx, run, [{ id, createdBy }]);
    }
    const identifier = `urn:triwatch:relay:${id}:${version}`;
    const { names: issuer } = source;
    const frame = { sender: senderOf(`relay-${source.id}`), issuer, replaces: liveMessages(versions.map(asMessage)) };
    await this.alerts.insertVersions(tx, run, [
      { id, version, identifier, msgType: told, message, sentRunAt: now, createdBy, ...frame },
    ]);
    await this.documents.insert(tx, { ...received, outcome: 'relayed', alert: id, version });
    const act = told.toLowerCase() as 'alert' | 'update' | 'cancel';
    return {
      item: { id, version, kind: 'alert', act, content: alertContent(message, mode, issuer) },
      answer: { id, version },
    };
  }

  /** On whose behalf a source's alerts are put in: nobody signs in as it, it sees one watch alone, and the record names it. */
  private relayerOf({ id, names }: LeasedSource): UserPrincipal {
    const displayName = names['en-US'] ?? id;
    const onlyRun = this.watches.drill;
    return { kind: 'user', id: uuidOf(id), username: `relay ${id}`, displayName, role: 'controller', onlyRun };
  }
}

/** The same for every alert of a source. */
function uuidOf(source: string): string {
  const hex = createHash('sha256').update(`relay ${source}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The same for a document whoever relays it, so that two workers make one alert. */
const threadOf = ({ source, sender, identifier, sent }: Received): string =>
  `alert.relay.${source}.${createHash('sha256')
    .update(JSON.stringify([sender, identifier, sent]))
    .digest('hex')
    .slice(0, 24)}`;
