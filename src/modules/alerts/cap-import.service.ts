import { Inject, Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { alertContent, statusOf, type AlertMessage } from '../../core/alert/alert.js';
import { isAnothersSender, senderOf } from '../../core/alert/alert-to-cap.js';
import { alertOf } from '../../core/alert/cap-to-alert.js';
import { enteredIssuer } from '../../core/alert/entered.js';
import { noteFindings, realityFindings } from '../../core/alert/reality-words.js';
import type { AlertAct } from '../../core/alert/who-may-send.js';
import type { CapAlert } from '../../core/cap/cap.js';
import type { CapFinding } from '../../core/cap/cap.finding.js';
import { referencesOf, type CapReference } from '../../core/cap/cap.references.js';
import { capTimeMs } from '../../core/cap/cap.time.js';
import { writeCap } from '../../core/cap/cap.write.js';
import { DomainError } from '../../core/domain-error.js';
import type { ItemContent } from '../../core/incident/item-body.js';
import { languageFindings } from '../../core/language/language-findings.js';
import type { Mode } from '../../core/scenario/mode.js';
import type { AlertIssued } from '../../core/wire/alert.js';
import type { UserPrincipal } from '../../platform/database/principal.js';
import { Transactions, type Tx } from '../../platform/database/transactions.js';
import type { CapBody, OpenedCap } from '../../platform/xml/cap-tasks.js';
import { CapWorkers } from '../../platform/xml/cap-workers.js';
import { SIGNATURES, type SignatureSettings } from '../../platform/xml/sign-xml.js';
import type { Input, InputContext } from '../runs/input-batch.js';
import { Inputs } from '../runs/inputs.js';
import { AlertsRepository, type AlertVersion, type NewVersion } from './alerts.repository.js';
import { AlertsService, alone, asMessage } from './alerts.service.js';
import { assertXml } from './cap-body.js';

interface Arrival {
  readonly alert: CapAlert;
  readonly message: AlertMessage;
  readonly references: readonly CapReference[];
  /** As it came, in base64; of the JSON mirror, the XML that it stands for. */
  readonly original: string;
}

/** Brings messages of CAP from outside into the threads of a run. */
@Injectable()
export class CapImportService {
  constructor(
    private readonly transactions: Transactions,
    private readonly repository: AlertsRepository,
    private readonly alerts: AlertsService,
    private readonly inputs: Inputs,
    private readonly workers: CapWorkers,
    @Inject(SIGNATURES) private readonly signatures: SignatureSettings,
  ) {}

  /**
   * An update or a cancel goes to every thread of which it names a message; where none is known here, it begins one and keeps its
   * references. Throws DomainError CAP_INVALID with every finding, CAP_NOT_XML, CAP_TOO_HARD, CAP_KNOWN, ALERT_CANCELLED, or what `Inputs.put` throws.
   */
  async import(user: UserPrincipal, run: string, body: CapBody, key?: string): Promise<AlertIssued> {
    const trust = { fingerprints: this.signatures.trusted, now: new Date() };
    const { signature, ...opened } = assertXml(await this.workers.run('open', { body, trust }));
    if (signature === 'invalid') {
      throw refused([...opened.findings, { ...SIGNATURE, message: `${SIGNATURE.message} (${opened.reason}).` }]);
    }
    const arrival = arrivalOf(opened, 'xml' in body ? body.xml : undefined);
    const threads = await this.transactions.run(user, (tx) => this.threadsOf(tx, run, arrival));
    const { sender, identifier, sent } = arrival.alert;
    const sha256 = createHash('sha256').update(arrival.original).digest('hex');
    const request = { sender, identifier, sent, sha256, signature };
    // The message itself is locked as well: of two that bring it at the same moment the second finds it in the run.
    const thread = [...threads, `cap ${JSON.stringify([sender, identifier])}`];
    return this.inputs.put(user, run, { action: 'alert.imported', key, request, thread }, (tx, context) =>
      this.take(tx, context, user, run, arrival),
    );
  }

  private async take(
    tx: Tx,
    context: InputContext,
    user: UserPrincipal,
    run: string,
    arrival: Arrival,
  ): Promise<Input<AlertIssued>> {
    const { alert } = arrival;
    const own = senderOf(user.desk);
    assertMode(alert, context.mode);
    assertSender(alert, own);
    assertClaims(arrival, context.mode);
    await this.assertNew(tx, run, alert);
    const known = await this.threadsOf(tx, run, arrival);
    const open = await Promise.all(
      known.map(async (id) => ({ id, version: (await this.alerts.open(tx, run, id)).next })),
    );
    // What cancels nothing that is known here is news to whoever reads it, and takes as many people as an alert.
    alone(open.length > 0 ? (ACTS[alert.msgType] ?? 'issue') : 'issue', user, context.mode);
    const places = open.length > 0 ? open : [{ id: `alert.${context.mark}`, version: 1 }];
    if (open.length === 0) {
      await this.repository.insertThreads(
        tx,
        run,
        places.map(({ id }) => ({ id, createdBy: user.id })),
      );
    }
    const versions = places.map((place) => versionOf(arrival, place, user, context));
    await this.repository.insertVersions(tx, run, versions);
    const issuer = enteredIssuer(alert, this.alerts.issuerNamed(own));
    return inputOf(arrival, versions, run, alertContent(arrival.message, context.mode, issuer));
  }

  /** The threads that a message goes on with, in the order of their names: that of the locks. */
  private async threadsOf(tx: Tx, run: string, { alert, references }: Arrival): Promise<string[]> {
    if (alert.msgType === 'Alert') {
      return [];
    }
    const found = await this.repository.byIdentifiers(
      tx,
      run,
      references.map(({ identifier }) => identifier),
    );
    const named = found.filter((version) => references.some((reference) => isSame(asMessage(version), reference)));
    return [...new Set(named.map(({ id }) => id))].sort();
  }

  private async assertNew(tx: Tx, run: string, alert: CapAlert): Promise<void> {
    const same = await this.repository.byIdentifiers(tx, run, [alert.identifier]);
    if (same.some((version) => isSame(asMessage(version), alert))) {
      throw new DomainError('CAP_KNOWN', 'This message is in the run already; send only what is new.');
    }
  }
}

/** Whether a reference means a message: the same moment may be written with another offset. */
const isSame = (message: CapReference, reference: CapReference): boolean =>
  message.identifier === reference.identifier &&
  message.sender === reference.sender &&
  capTimeMs(message.sent) === capTimeMs(reference.sent);

/** Throws DomainError CAP_INVALID with every finding where one is an error, or where the message is none for desks. */
function arrivalOf({ valid, findings, alert }: Omit<OpenedCap, 'signature'>, original?: Uint8Array): Arrival {
  if (!valid || !alert) {
    throw refused(findings);
  }
  if (!['Alert', 'Update', 'Cancel'].includes(alert.msgType)) {
    throw refused([...findings, MSG_TYPE]);
  }
  return {
    alert,
    message: alertOf(alert),
    references: referencesOf(alert.references),
    original: Buffer.from(original ?? writeCap(alert)).toString('base64'),
  };
}

/** What a message does, as far as the number of people goes. */
const ACTS: Readonly<Record<string, AlertAct>> = { Alert: 'issue', Update: 'update', Cancel: 'cancel' };

const SIGNATURE: CapFinding = {
  rule: 'CAP_SIGNATURE',
  severity: 'error',
  path: '',
  message: 'Send the document as it was signed; its signature does not hold',
};

const MSG_TYPE: CapFinding = {
  rule: 'CAP_MSG_TYPE',
  severity: 'error',
  path: 'msgType',
  message: 'Send an Alert, an Update or a Cancel; an Ack or an Error is no alert for desks.',
};

function assertMode(alert: CapAlert, mode: Mode): void {
  if (alert.status !== statusOf(mode)) {
    const message = `This run takes messages of status ${statusOf(mode)} only; send this one to another run.`;
    throw refused([{ rule: 'STATUS_MODE', severity: 'error', path: 'status', message }]);
  }
}

function assertSender({ sender }: CapAlert, own: string): void {
  if (isAnothersSender(sender, own)) {
    const message = `Enter messages under their own sender, or under ${own}; ${sender} is given to another by this service.`;
    throw refused([{ rule: 'SENDER_ANOTHER', severity: 'error', path: 'sender', message }]);
  }
}

/** Throws DomainError CAP_INVALID where the words claim another mode than that of the run. */
function assertClaims({ alert, message }: Arrival, mode: Mode): void {
  const claims = [...realityFindings(message, mode), ...noteFindings(alert.note, mode)];
  if (claims.length > 0) {
    throw refused(claims.map((finding) => ({ ...finding, severity: 'error' })));
  }
}

function refused(findings: readonly CapFinding[]): DomainError {
  const first = findings.find(({ severity }) => severity === 'error');
  return new DomainError('CAP_INVALID', first?.message ?? 'The message is not valid.', { findings });
}

const versionOf = (
  { alert, message, references, original }: Arrival,
  { id, version }: { id: string; version: number },
  user: UserPrincipal,
  { now }: InputContext,
): NewVersion => ({
  ...{ id, version, message, original, cap: alert, replaces: [...references] },
  identifier: alert.identifier,
  sender: alert.sender,
  note: alert.note,
  msgType: alert.msgType as AlertVersion['msgType'],
  sentRunAt: now,
  createdBy: user.id,
});

function inputOf(
  { alert, message }: Arrival,
  versions: readonly NewVersion[],
  run: string,
  words: ItemContent,
): Input<AlertIssued> {
  const note = alert.note?.trim();
  const content = { ...words, ...(note ? { note } : {}) };
  const act = alert.msgType.toLowerCase() as 'alert' | 'update' | 'cancel';
  const [item, ...moreItems] = versions.map(({ id, version }) => ({
    id,
    version,
    kind: 'alert' as const,
    act,
    content,
  }));
  const { id = '', version = 1 } = item ?? {};
  const warnings = languageFindings(message.info).filter(({ severity }) => severity === 'warning');
  return { item, moreItems, answer: { id, identifier: alert.identifier, run, version, warnings } };
}
