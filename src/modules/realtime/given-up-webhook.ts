import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { runTimeAt } from '../../core/clock/clock.js';
import { webhookGivenUpTexts } from '../../core/delivery/webhook.texts.js';
import { CONTROL, audienceOf } from '../../core/scenario/scenario.schedule.js';
import type { Names } from '../../core/scenario/scenario.schema.js';
import type { Tx } from '../../platform/database/transactions.js';
import { PartiesService } from '../parties/parties.service.js';
import { ClockRepository } from '../runs/clock.repository.js';
import { Drains } from '../runs/drains.js';
import { DueRowsRepository } from '../runs/due-rows.repository.js';
import type { LeasedWebhook } from './webhook-outbox.repository.js';

const CONTROL_NAMES: Names = { 'ja-JP': '統制', 'ko-KR': '통제', 'en-US': 'control' };

/** Tells control that a webhook gave up a message: an item of its feed like any other. */
@Injectable()
export class GivenUpWebhook {
  constructor(
    private readonly clocks: ClockRepository,
    private readonly dueRows: DueRowsRepository,
    private readonly drains: Drains,
    private readonly parties: PartiesService,
  ) {}

  /** In the transaction that gives the message up. In a run that is over nobody is told. */
  async tell(tx: Tx, { run, audience, url }: LeasedWebhook, attempts: number): Promise<void> {
    const standing = await this.clocks.readStanding(tx, run);
    if (!standing || standing.clock.state === 'ended') {
      return;
    }
    const createdAt = runTimeAt(standing.clock, standing.now);
    const made = { kind: 'message', version: 1, origin: 'derived', createdAt } as const;
    const id = `webhook.${randomUUID()}`;
    const texts = webhookGivenUpTexts(standing.mode, new URL(url).host, this.namesOf(audience), attempts);
    const content = { mode: standing.mode, texts };
    const known = { basis: 'derived' } as const;
    await this.dueRows.insert(
      tx,
      run,
      [{ ...made, id, act: 'alert', content }],
      [{ ...made, itemId: id, dueAt: createdAt, audience: CONTROL, step: 'deliver', known }],
    );
    tx.afterCommit(() => this.drains.request(run));
  }

  private namesOf(audience: string): Names {
    const party = this.parties.parties.find(({ id }) => audienceOf(id) === audience);
    return audience === CONTROL ? CONTROL_NAMES : (party?.names ?? { 'en-US': audience });
  }
}
