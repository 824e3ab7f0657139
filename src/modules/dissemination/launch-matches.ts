import { Injectable } from '@nestjs/common';
import { matchTexts } from '../../core/announcement/announcement.texts.js';
import { matchLaunch } from '../../core/announcement/match-launch.js';
import type { ItemContent } from '../../core/incident/item-body.js';
import type { Tx } from '../../platform/database/transactions.js';
import { AnnouncementsRepository } from '../announcements/announcements.repository.js';
import { CONTROL } from '../../core/scenario/scenario.schedule.js';
import type { DueRow, RunItem } from '../runs/due-row.js';
import { PartiesService } from '../parties/parties.service.js';
import { DueRowsRepository, contentKey } from '../runs/due-rows.repository.js';
import { DueHandlers, type Consequence, type DueContext } from './due-handlers.js';

/**
 * Matches an observed launch to the notices received before it, and tells the verdict to each audience together with the
 * launch: nobody learns from a verdict of a launch that it has not been told of.
 */
@Injectable()
export class LaunchMatches {
  constructor(
    private readonly announcements: AnnouncementsRepository,
    private readonly dueRows: DueRowsRepository,
    private readonly parties: PartiesService,
    handlers: DueHandlers,
  ) {
    handlers.onStep('match', (tx, context) => this.match(tx, context));
  }

  private async match(tx: Tx, { run, mode, row }: DueContext): Promise<Consequence> {
    const launchContent = (await this.dueRows.contents(tx, run, [row])).get(
      contentKey(row.itemId, row.version),
    )?.content;
    const launch = launchContent?.launch;
    if (!launch) {
      return { items: [], rows: [] };
    }
    const announcements = await this.announcements.list(tx, run);
    const match = matchLaunch(launch, announcements);
    const terms = announcements.find(({ id }) => id === match.announcement)?.terms;
    const content: ItemContent = {
      mode,
      texts: matchTexts(
        mode,
        match.verdict,
        launch,
        terms,
        launch.by ? this.parties.party(launch.by)?.names : undefined,
      ),
      event: launchContent.event,
      severity: launchContent.severity,
      match: { verdict: match.verdict, launch: row.itemId, announcement: match.announcement },
    };
    const item: RunItem = {
      id: `${row.itemId}-match`,
      version: row.version,
      kind: 'alert',
      act: 'alert',
      origin: 'derived',
      content,
      createdAt: row.dueAt,
    };
    const told = (await this.dueRows.list(tx, run, { itemId: row.itemId })).filter(
      (each) => each.step === 'deliver' && each.version === row.version && each.state !== 'void',
    );
    const rows = told.map((each): DueRow => ({
      dueAt: each.dueAt > row.dueAt ? each.dueAt : row.dueAt,
      itemId: item.id,
      version: item.version,
      audience: each.audience,
      step: 'deliver',
      kind: 'alert',
      origin: 'derived',
      known: { basis: each.audience === CONTROL ? 'event' : 'derived' },
      createdAt: row.dueAt,
    }));
    return { items: [item], rows };
  }
}
