import { Injectable } from '@nestjs/common';
import { matchTexts } from '../../core/announcement/announcement.texts.js';
import { lastVersions, matchLaunch, type AnnouncementRecord } from '../../core/announcement/match-launch.js';
import type { ItemContent } from '../../core/incident/item-body.js';
import { markingOf } from '../../core/scenario/marker.js';
import { runTimeOf } from '../../core/time/time.js';
import type { Tx } from '../../platform/database/transactions.js';
import { AnnouncementsRepository } from '../announcements/announcements.repository.js';
import { CONTROL } from '../../core/scenario/scenario.schedule.js';
import type { DueRow, RunItem } from '../runs/due-row.js';
import { PartiesService } from '../parties/parties.service.js';
import { DueRowsRepository, contentKey, type DueRowState } from '../runs/due-rows.repository.js';
import { DueHandlers, type Consequence, type DueContext } from './due-handlers.js';

/**
 * Matches an observed launch to the notices received before it, and tells each audience a verdict of its own together with
 * the launch: nobody learns from a verdict of a launch, or of a notice, that it has not been told of.
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

  private async match(tx: Tx, context: DueContext): Promise<Consequence> {
    const { run, row } = context;
    const launchContent = (await this.dueRows.contents(tx, run, [row])).get(
      contentKey(row.itemId, row.version),
    )?.content;
    if (!launchContent?.launch) {
      return { items: [], rows: [] };
    }
    const announcements = await this.announcements.list(tx, run);
    const notices = (await this.dueRows.list(tx, run, { kind: 'announcement' })).filter(isToldForCertain);
    const tellings = (await this.dueRows.list(tx, run, { itemId: row.itemId })).filter(
      (each) => isTold(each) && each.version === row.version,
    );
    const verdicts = tellings.map((telling) => {
      const known = announcements.filter(({ id, version }) =>
        notices.some(
          (notice) =>
            notice.itemId === id &&
            notice.version === version &&
            notice.audience === telling.audience &&
            notice.dueAt <= telling.dueAt,
        ),
      );
      return this.verdict(context, telling, launchContent, known);
    });
    return { items: verdicts.map(({ item }) => item), rows: verdicts.map((each) => each.row) };
  }

  /** The verdict for one audience, over the notices that this audience has been told of. */
  private verdict(
    { mode, row }: DueContext,
    telling: DueRow,
    { event, severity, launch, texts }: ItemContent,
    known: readonly AnnouncementRecord[],
  ): { item: RunItem; row: DueRow } {
    const match = matchLaunch(launch!, known);
    const launchedAt = runTimeOf(launch!.at);
    // The version that was judged: one that came after the launch is not it.
    const judged = lastVersions(known.filter(({ receivedAt }) => receivedAt < launchedAt));
    const terms = judged.find(({ id }) => id === match.announcement)?.terms;
    const names = launch?.by ? this.parties.party(launch.by)?.names : undefined;
    const item: RunItem = {
      id: `${row.itemId}.match.${telling.audience}`,
      version: row.version,
      kind: 'alert',
      act: 'alert',
      origin: 'derived',
      content: {
        mode,
        texts: matchTexts(markingOf(mode, texts), match.verdict, launch!, terms, names),
        event,
        severity,
        match: { verdict: match.verdict, launch: row.itemId, announcement: match.announcement },
      },
      createdAt: row.dueAt,
    };
    return {
      item,
      row: {
        dueAt: telling.dueAt > row.dueAt ? telling.dueAt : row.dueAt,
        itemId: item.id,
        version: item.version,
        audience: telling.audience,
        step: 'deliver',
        kind: 'alert',
        origin: 'derived',
        known: { basis: telling.audience === CONTROL ? 'event' : 'derived' },
        createdAt: row.dueAt,
      },
    };
  }
}

/** Whether a row tells its audience, or will. */
const isTold = ({ step, state }: DueRowState): boolean =>
  step === 'deliver' && (state === 'pending' || state === 'done');

/** What hangs on an answer is known once it is told. */
const isToldForCertain = (row: DueRowState): boolean => isTold(row) && (row.state === 'done' || !row.branch);
