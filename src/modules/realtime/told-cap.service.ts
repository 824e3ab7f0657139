import { Inject, Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { toldCap } from '../../core/alert/told-cap.js';
import { writeCap } from '../../core/cap/cap.write.js';
import { DomainError } from '../../core/domain-error.js';
import { PIPELINE, type UserPrincipal } from '../../platform/database/principal.js';
import { Transactions } from '../../platform/database/transactions.js';
import { SIGNATURES, signXml, type SignatureSettings } from '../../platform/xml/sign-xml.js';
import { AlertsRepository, type AlertVersion } from '../alerts/alerts.repository.js';
import type { FeedKey } from '../dissemination/feed.js';
import { ChannelDoor } from './channel-door.js';
import { ToldAlertsRepository, type ToldVersion } from './told-alerts.repository.js';

export interface CapDocument {
  /** Weak: a signature may differ from one time to the next over the same words. */
  readonly etag: string;
  readonly toldAt: Date;
  /** In UTF-8, signed where there is a key. */
  xml(): string;
}

/** Alerts of a feed as CAP, for whoever may read the feed: of what the audience was shown, and of nothing else. */
@Injectable()
export class ToldCapService {
  constructor(
    private readonly door: ChannelDoor,
    private readonly transactions: Transactions,
    private readonly told: ToldAlertsRepository,
    private readonly alerts: AlertsRepository,
    @Inject(SIGNATURES) private readonly signatures: SignatureSettings,
  ) {}

  /** Throws DomainError RUN_NOT_FOUND, FORBIDDEN_FEED, or ALERT_NOT_FOUND for what does not stand in this feed. */
  async document(user: UserPrincipal, key: FeedKey, id: string, version: number): Promise<CapDocument> {
    const { run } = await this.door.enter(user, key);
    const shown = await this.transactions.run(user, (tx) => this.told.versions(tx, key, id));
    const newest = shown.find((each) => each.version === version);
    const messages = newest ? await this.messages(key.run, id, shown, version) : [];
    const [first, ...more] = messages;
    if (!newest || !first || messages.at(-1)?.version !== version) {
      throw new DomainError('ALERT_NOT_FOUND', `There is no alert "${id.slice(0, 80)}" of this version in this feed.`);
    }
    const frame = { run: key.run, mode: run.run.mode, issuer: newest.body.actor ?? {} };
    const xml = writeCap(toldCap([first, ...more], frame));
    const { signer } = this.signatures;
    const hash = createHash('sha256')
      .update(JSON.stringify([xml, signer?.certificate]))
      .digest('hex');
    return {
      etag: `W/"${hash.slice(0, 32)}"`,
      toldAt: newest.toldAt,
      xml: () => (signer ? signXml(xml, signer) : xml),
    };
  }

  /**
   * The messages of a thread up to a version, those that the audience was shown. Read by the service's own hand, since a message
   * belongs to the desk that sent it; what was shown was read before with the eyes of whoever asks.
   */
  private async messages(
    run: string,
    id: string,
    shown: readonly ToldVersion[],
    upTo: number,
  ): Promise<AlertVersion[]> {
    const versions = await this.transactions.run(PIPELINE, (tx) => this.alerts.versions(tx, run, id));
    return versions.filter(({ version }) => version <= upTo && shown.some((each) => each.version === version));
  }
}
