import { Injectable } from '@nestjs/common';
import { announcementFaults } from '../../core/announcement/announcement.errors.js';
import { announcementTexts } from '../../core/announcement/announcement.texts.js';
import { DomainError } from '../../core/domain-error.js';
import { announcementBody } from '../../core/incident/item-body.js';
import { checkAnnouncement } from '../../core/regime/regime.js';
import { ALL_REGIMES, regimesOf } from '../../core/regime/notice.check.js';
import { runTimeOf } from '../../core/time/time.js';
import type { AnnouncementTerms } from '../../core/scenario/scenario.schema.js';
import type { AnnouncementMade, RegimeCheck, RegimeChecks } from '../../core/wire/announcement.js';
import type { Principal, UserPrincipal } from '../../platform/database/principal.js';
import { Transactions } from '../../platform/database/transactions.js';
import { PartiesService } from '../parties/parties.service.js';
import { Inputs } from '../runs/inputs.js';
import { RunParts, type RunStart } from '../runs/run-parts.js';
import { AnnouncementsRepository, type NewAnnouncement } from './announcements.repository.js';

@Injectable()
export class AnnouncementsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly announcements: AnnouncementsRepository,
    private readonly inputs: Inputs,
    private readonly parties: PartiesService,
    parts: RunParts,
  ) {
    parts.register({
      started: async (tx, start) => this.announcements.insert(tx, start.run.id, announcedIn(start)),
      rewound: (tx, run, to) => this.announcements.rewind(tx, run, to),
    });
  }

  /**
   * Takes a notice in, checks it and tells every audience of the run at once.
   * Throws DomainError RUN_NOT_FOUND, ANNOUNCEMENT_INVALID with every fault, or PARTY_REQUIRED.
   */
  announce(
    user: UserPrincipal,
    run: string,
    terms: Omit<AnnouncementTerms, 'by'> & { by?: string },
    key?: string,
    note?: string,
  ): Promise<AnnouncementMade> {
    const complete: AnnouncementTerms = { ...terms, by: this.announcer(user, terms.by) };
    const faults = announcementFaults(complete);
    if (faults.length > 0) {
      const findings = faults.map(({ code, path, message }) => ({ rule: code, path: path.join('.'), message }));
      throw new DomainError('ANNOUNCEMENT_INVALID', findings[0]?.message ?? 'The announcement is not right.', {
        findings,
      });
    }
    return this.inputs.put(
      user,
      run,
      { action: 'announcement.made', key, request: { ...complete, note } },
      async (tx, { mode, now, mark }) => {
        const id = `announcement.${mark}`;
        const announcement = announcementBody(complete, now);
        await this.announcements.insert(tx, run, [
          { id, version: 1, terms: complete, receivedAt: now, origin: 'input', createdBy: user.id },
        ]);
        return {
          item: {
            id,
            version: 1,
            kind: 'announcement',
            act: 'alert',
            content: {
              mode,
              texts: announcementTexts(mode, complete, this.parties.party(complete.by)?.names),
              announcement,
              ...(note ? { note } : {}),
            },
          },
          answer: { id, run, version: 1, check: announcement.check },
        };
      },
    );
  }

  /**
   * How an announcement stands against a regime, or against every one for `all`, by when it was received.
   * Throws DomainError ANNOUNCEMENT_NOT_FOUND or REGIME_NOT_FOUND.
   */
  async check(principal: Principal, run: string, id: string, regimeId: string): Promise<RegimeCheck | RegimeChecks> {
    const regimes = regimesOf(regimeId);
    const announcement = await this.transactions.run(principal, (tx) => this.announcements.find(tx, run, id));
    if (!announcement) {
      throw new DomainError(
        'ANNOUNCEMENT_NOT_FOUND',
        `There is no announcement "${id.slice(0, 80)}" of yours in the run "${run.slice(0, 80)}".`,
      );
    }
    const checks = regimes.map((regime) => ({
      regime: regime.id,
      findings: checkAnnouncement(regime, announcement.terms, { receivedAt: announcement.receivedAt }),
    }));
    return regimeId === ALL_REGIMES ? { regime: ALL_REGIMES, checks } : checks[0]!;
  }

  private announcer(user: UserPrincipal, by: string | undefined): string {
    const own = user.desk && this.parties.desk(user.desk)?.party;
    if (user.role === 'controller') {
      if (!by) {
        throw new DomainError('PARTY_REQUIRED', 'Say with "by" which party announces.');
      }
      return by;
    }
    if (!own || (by && by !== own)) {
      throw new DomainError('FORBIDDEN', 'A desk announces for its own party only.');
    }
    return own;
  }
}

/** The notices that a scenario gives, as of when it gives them: what the items themselves say. */
function announcedIn({ run, items }: RunStart): NewAnnouncement[] {
  return items.flatMap(({ id, version, origin, content: { announcement } }): NewAnnouncement[] => {
    if (origin !== 'scenario' || !announcement) {
      return [];
    }
    const { receivedAt, check, ...terms } = announcement;
    return [{ id, version, terms, receivedAt: runTimeOf(receivedAt), origin, createdBy: run.createdBy }];
  });
}
