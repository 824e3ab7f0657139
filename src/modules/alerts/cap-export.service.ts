import { Inject, Injectable } from '@nestjs/common';
import { capOf } from '../../core/alert/alert-to-cap.js';
import type { CapAlert } from '../../core/cap/cap.js';
import { capGeoJson, type CapFeatureCollection } from '../../core/cap/cap.geojson.js';
import { writeCap } from '../../core/cap/cap.write.js';
import { DomainError } from '../../core/domain-error.js';
import type { Principal } from '../../platform/database/principal.js';
import { Transactions } from '../../platform/database/transactions.js';
import { SIGNATURES, signXml, type SignatureSettings } from '../../platform/xml/sign-xml.js';
import { AlertsRepository, type AlertVersion } from './alerts.repository.js';
import { AlertsService } from './alerts.service.js';

/** Messages of a run as documents of CAP. */
@Injectable()
export class CapExportService {
  constructor(
    private readonly transactions: Transactions,
    private readonly repository: AlertsRepository,
    private readonly alerts: AlertsService,
    @Inject(SIGNATURES) private readonly signatures: SignatureSettings,
  ) {}

  /**
   * The document of one version, the newest by default: of what came from outside its own bytes, since a signature holds for those
   * alone; ours is signed where there is a key. Throws DomainError ALERT_NOT_FOUND.
   */
  async xml(principal: Principal, run: string, id: string, version?: number): Promise<Buffer> {
    const wanted = await this.version(principal, run, id, version);
    const original = await this.transactions.run(principal, (tx) =>
      this.repository.original(tx, run, id, wanted.version),
    );
    if (original) {
      return original;
    }
    const xml = writeCap(await this.capOf(principal, run, wanted));
    return Buffer.from(this.signatures.signer ? signXml(xml, this.signatures.signer) : xml);
  }

  /** The shapes of one version. Throws DomainError ALERT_NOT_FOUND. */
  async geoJson(principal: Principal, run: string, id: string, version?: number): Promise<CapFeatureCollection> {
    return capGeoJson(await this.capOf(principal, run, await this.version(principal, run, id, version)));
  }

  private async version(principal: Principal, run: string, id: string, wanted?: number): Promise<AlertVersion> {
    const versions = await this.alerts.get(principal, run, id);
    const found = wanted === undefined ? versions.at(-1) : versions.find(({ version }) => version === wanted);
    if (!found) {
      throw new DomainError('ALERT_NOT_FOUND', `This alert has no version ${wanted}.`);
    }
    return found;
  }

  private async capOf(principal: Principal, run: string, version: AlertVersion): Promise<CapAlert> {
    if (version.cap) {
      return version.cap;
    }
    const mode = await this.transactions.run(principal, (tx) => this.repository.mode(tx, run));
    const { identifier, sender, sentRunAt, msgType, message, note, replaces } = version;
    const issuer = version.issuer ?? this.alerts.issuerNamed(sender);
    const frame = { identifier, sender, sentRunAt, msgType, run, mode: mode ?? 'test', issuer, references: replaces };
    return capOf(message, { ...frame, note: note ?? undefined });
  }
}
