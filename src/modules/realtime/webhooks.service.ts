import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { DomainError } from '../../core/domain-error.js';
import type { Cursor } from '../../core/wire/feed.js';
import type { WebhookDeliveryView, WebhookSecret, WebhookView } from '../../core/wire/webhook.js';
import type { UserPrincipal } from '../../platform/database/principal.js';
import { Transactions } from '../../platform/database/transactions.js';
import { TARGETS, type TargetSettings } from '../../platform/net/guarded-http.js';
import { Watches } from '../runs/watches.js';
import { ChannelDoor } from './channel-door.js';
import { newWebhookSecret } from './webhook-signature.js';
import { WebhooksRepository } from './webhooks.repository.js';

/** Active webhooks of one feed that one person may have: each costs a request for every item. */
const MOST_OF_A_PERSON = 10;

export interface WantedWebhook {
  readonly url: string;
  readonly run: string;
  readonly audience: string;
  readonly after?: Cursor;
}

/** What people do with webhooks. `WebhookChannel` sends. */
@Injectable()
export class WebhooksService {
  constructor(
    private readonly transactions: Transactions,
    private readonly webhooks: WebhooksRepository,
    private readonly door: ChannelDoor,
    private readonly watches: Watches,
    @Inject(TARGETS) private readonly targets: TargetSettings,
  ) {}

  /**
   * Has a feed sent to an address, for whoever may read it: this one run and audience, and nothing of any other. Throws
   * DomainError RUN_NOT_FOUND, FORBIDDEN_FEED, WEBHOOK_URL or TOO_MANY_WEBHOOKS.
   */
  async register(user: UserPrincipal, wanted: WantedWebhook): Promise<WebhookSecret> {
    const run = this.watches.idOf(wanted.run);
    const { audience } = wanted;
    const { head } = await this.door.enter(user, { ...wanted, run });
    const url = this.urlOf(wanted.url);
    const id = `wh_${randomUUID()}`;
    const secret = newWebhookSecret();
    const after = wanted.after ?? { epoch: head.epoch, seq: head.seq };
    await this.transactions.run(
      user,
      async (tx) => {
        if ((await this.webhooks.countActive(tx, user.id, run, audience)) >= MOST_OF_A_PERSON) {
          throw new DomainError(
            'TOO_MANY_WEBHOOKS',
            `Disable one of your ${MOST_OF_A_PERSON} webhooks of this feed first.`,
          );
        }
        await this.webhooks.insert(tx, { id, run, audience, url: url.href, secret, ...after, createdBy: user.id });
      },
      // A path or a query may hold a secret of the receiver.
      { action: 'webhook.registered', run, detail: { id, audience, host: url.host } },
    );
    return { id, secret };
  }

  list(user: UserPrincipal): Promise<WebhookView[]> {
    return this.transactions.run(user, (tx) => this.webhooks.list(tx));
  }

  /** Gives a new secret. For 24 hours messages are signed with the old one as well. Throws DomainError WEBHOOK_NOT_FOUND. */
  async rotate(user: UserPrincipal, id: string): Promise<WebhookSecret> {
    const secret = newWebhookSecret();
    await this.transactions.run(
      user,
      async (tx) => found(await this.webhooks.setSecret(tx, id, secret), id),
      ({ run }) => ({ action: 'webhook.rotated', run, detail: { id } }),
    );
    return { id, secret };
  }

  /** Sends nothing to it any more. Throws DomainError WEBHOOK_NOT_FOUND. */
  disable(user: UserPrincipal, id: string): Promise<WebhookView> {
    return this.transactions.run(
      user,
      async (tx) => found(await this.webhooks.disable(tx, id), id),
      ({ run }) => ({ action: 'webhook.disabled', run, detail: { id } }),
    );
  }

  /** The newest first, at most 200. Throws DomainError WEBHOOK_NOT_FOUND. */
  deliveries(user: UserPrincipal, id: string, state?: WebhookDeliveryView['state']): Promise<WebhookDeliveryView[]> {
    return this.transactions.run(user, async (tx) => {
      found(await this.webhooks.find(tx, id), id);
      return this.webhooks.deliveries(tx, id, state);
    });
  }

  /** Makes what was given up due at once. Throws DomainError WEBHOOK_NOT_FOUND. */
  resend(user: UserPrincipal, id: string): Promise<{ run: string; resent: number }> {
    return this.transactions.run(
      user,
      async (tx) => {
        const { run } = found(await this.webhooks.find(tx, id), id);
        return { run, resent: await this.webhooks.resend(tx, id) };
      },
      ({ run, resent }) => ({ action: 'webhook.resent', run, detail: { id, resent } }),
    );
  }

  private urlOf(text: string): URL {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    const secure = url?.protocol === 'https:' || (this.targets.allowPrivate && url?.protocol === 'http:');
    if (!url || !secure || url.username || url.password) {
      throw new DomainError('WEBHOOK_URL', 'Give the address as https://, without a name and password in it.');
    }
    return url;
  }
}

function found<T>(webhook: T | undefined, id: string): T {
  if (webhook === undefined) {
    throw new DomainError('WEBHOOK_NOT_FOUND', `There is no webhook "${id.slice(0, 80)}" of yours.`);
  }
  return webhook;
}
