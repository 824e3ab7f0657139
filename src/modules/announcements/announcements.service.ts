import { Injectable } from '@nestjs/common';
import { announcementFaults } from '../../core/announcement/announcement.errors.js';
import { embargoFault, stageFault, type ActReport, type Embargo, type Stage } from '../../core/announcement/stage.js';
import { mayAnnounce, partySpokenFor } from '../../core/announcement/who-may-announce.js';
import { announcementTexts } from '../../core/announcement/announcement.texts.js';
import { DomainError } from '../../core/domain-error.js';
import { announcementBody } from '../../core/incident/item-body.js';
import { checkAnnouncement } from '../../core/regime/regime.js';
import { ALL_REGIMES, regimesOf } from '../../core/regime/notice.check.js';
import { audienceOf, CONTROL } from '../../core/scenario/scenario.schedule.js';
import { checkMeasurements } from '../../core/threshold/crossing.js';
import { runTimeOf } from '../../core/time/time.js';
import type { AnnouncementTerms } from '../../core/scenario/scenario.schema.js';
import type { AnnouncementMade, RegimeCheck, RegimeChecks } from '../../core/wire/announcement.js';
import type { Principal, UserPrincipal } from '../../platform/database/principal.js';
import { Transactions, type Tx } from '../../platform/database/transactions.js';
import { PartiesService } from '../parties/parties.service.js';
import type { Input, InputContext } from '../runs/input-batch.js';
import { Inputs } from '../runs/inputs.js';
import { RunParts, type RunStart } from '../runs/run-parts.js';
import { ThresholdsService } from '../runs/thresholds.service.js';
import { AnnouncementsRepository, type NewAnnouncement } from './announcements.repository.js';

type TermsToComplete = Omit<AnnouncementTerms, 'by'> & { by?: string };

/** What follows on an announcement. */
interface Following {
  stage: Exclude<Stage, 'announce'>;
  terms?: TermsToComplete;
  note?: string;
  report?: ActReport;
  declared?: string;
  releasedBy?: string;
}

interface Version extends Omit<Following, 'stage' | 'terms' | 'declared'> {
  id: string;
  version: number;
  stage: Stage;
  terms: AnnouncementTerms;
  embargo?: Embargo;
}

const ACTIONS: Record<Following['stage'], string> = {
  amend: 'announcement.amended',
  cancel: 'announcement.cancelled',
  report: 'announcement.reported',
  release: 'announcement.released',
};

/** How consoles take a version; a release is news to most of those who are told. */
const ACTS: Record<Stage, 'alert' | 'update' | 'cancel'> = {
  announce: 'alert',
  amend: 'update',
  cancel: 'cancel',
  report: 'update',
  release: 'alert',
};

@Injectable()
export class AnnouncementsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly announcements: AnnouncementsRepository,
    private readonly inputs: Inputs,
    private readonly parties: PartiesService,
    private readonly thresholds: ThresholdsService,
    parts: RunParts,
  ) {
    parts.register({
      started: async (tx, start) => this.announcements.insert(tx, start.run.id, announcedIn(start)),
      rewound: (tx, run, to) => this.announcements.rewind(tx, run, to),
    });
  }

  /**
   * Takes a notice in, checks it and tells every audience of the run at once; under an embargo the announcing party and control.
   * Throws DomainError RUN_NOT_FOUND, ANNOUNCEMENT_INVALID with every fault, PARTY_REQUIRED, or one on the embargo.
   */
  announce(
    user: UserPrincipal,
    run: string,
    terms: TermsToComplete,
    { key, note, embargo }: { key?: string; note?: string; embargo?: Embargo },
  ): Promise<AnnouncementMade> {
    const complete = sound({ ...terms, by: this.announcer(user, terms.by) });
    const fault = embargoFault(complete, embargo);
    if (fault) {
      throw fault;
    }
    return this.inputs.put(
      user,
      run,
      { action: 'announcement.made', key, request: { ...complete, note, ...(embargo ? { embargo } : {}) } },
      (tx, context) => {
        const id = `announcement.${context.mark}`;
        return this.version(tx, context, user, run, {
          id,
          version: 1,
          stage: 'announce',
          terms: complete,
          embargo,
          note,
        });
      },
    );
  }

  /**
   * Amends, cancels or releases an announcement, or reports on its act. While an embargo stands it tells those only who know.
   * Throws DomainError ANNOUNCEMENT_NOT_FOUND, ANNOUNCEMENT_INVALID, or one that says why this cannot follow now.
   */
  follow(user: UserPrincipal, run: string, id: string, next: Following, key?: string): Promise<AnnouncementMade> {
    return this.inputs.put(
      user,
      run,
      { action: ACTIONS[next.stage], key, request: { id, ...next }, thread: id },
      async (tx, context) => {
        const last = (await this.announcements.find(tx, run, id)) ?? notFound(run, id);
        const fault = stageFault(last, next, context.now);
        if (fault) {
          throw fault;
        }
        return this.version(tx, context, user, run, {
          id,
          version: await this.announcements.nextVersion(tx, run, id),
          stage: next.stage,
          terms: next.terms ? sound({ ...next.terms, by: last.terms.by }) : last.terms,
          embargo: next.stage === 'release' ? undefined : last.embargo,
          note: next.note,
          report: next.report,
          releasedBy: next.releasedBy,
        });
      },
    );
  }

  /** Stores one version and says who is told what of it. */
  private async version(
    tx: Tx,
    { mode, now }: InputContext,
    user: UserPrincipal,
    run: string,
    { id, version, stage, terms, embargo, note, report, releasedBy }: Version,
  ): Promise<Input<AnnouncementMade>> {
    if (!mayAnnounce(user.role, mode)) {
      throw new DomainError('FORBIDDEN', 'In a run that is actual an approver or a controller announces, no officer.');
    }
    const told = stage === 'announce' ? undefined : stage;
    const { file } = this.thresholds;
    const checks = checkMeasurements(file, terms.measurements ?? []);
    const thresholds = checks.length > 0 ? checks : undefined;
    const announcement = announcementBody(terms, now, { stage: told, embargo, releasedBy, report, thresholds });
    await this.announcements.insert(tx, run, [
      { id, version, terms, receivedAt: now, origin: 'input', createdBy: user.id, stage, embargo, releasedBy },
    ]);
    const texts = announcementTexts(mode, terms, this.parties.party(terms.by)?.names, {
      stage,
      report,
      crossings: { file, checks },
    });
    return {
      item: {
        id,
        version,
        kind: 'announcement',
        act: ACTS[stage],
        content: { mode, texts, announcement, ...(note ? { note } : {}) },
      },
      audiences: embargo ? insidersOf(terms) : undefined,
      answer: {
        id,
        run,
        version,
        check: announcement.check,
        ...(thresholds ? { thresholds } : {}),
        ...(embargo ? { embargoed: true as const } : {}),
      },
    };
  }

  /**
   * How an announcement stands against a regime, or against every one for `all`, by when it was received.
   * Throws DomainError ANNOUNCEMENT_NOT_FOUND or REGIME_NOT_FOUND.
   */
  async check(principal: Principal, run: string, id: string, regimeId: string): Promise<RegimeCheck | RegimeChecks> {
    const regimes = regimesOf(regimeId);
    const found = await this.transactions.run(principal, (tx) => this.announcements.find(tx, run, id));
    const announcement = found ?? notFound(run, id);
    const checks = regimes.map((regime) => ({
      regime: regime.id,
      findings: checkAnnouncement(regime, announcement.terms, { receivedAt: announcement.receivedAt }),
    }));
    return regimeId === ALL_REGIMES ? { regime: ALL_REGIMES, checks } : checks[0]!;
  }

  private announcer(user: UserPrincipal, by: string | undefined): string {
    return partySpokenFor(user.role, user.desk && this.parties.desk(user.desk)?.party, by);
  }
}

/** Who is told while an embargo stands: control, and the party that announces. */
const insidersOf = ({ by }: AnnouncementTerms): string[] => [CONTROL, audienceOf(by)];

/** The notices that a scenario gives, as of when it gives them: what the items themselves say. */
function announcedIn({ run, items }: RunStart): NewAnnouncement[] {
  return items.flatMap(({ id, version, origin, content: { announcement } }): NewAnnouncement[] => {
    if (origin !== 'scenario' || !announcement) {
      return [];
    }
    const { receivedAt, check, thresholds, ...terms } = announcement;
    return [{ id, version, terms, receivedAt: runTimeOf(receivedAt), origin, createdBy: run.createdBy }];
  });
}

function notFound(run: string, id: string): never {
  throw new DomainError(
    'ANNOUNCEMENT_NOT_FOUND',
    `There is no announcement "${id.slice(0, 80)}" of yours in the run "${run.slice(0, 80)}".`,
  );
}

/** The terms as they are. Throws DomainError ANNOUNCEMENT_INVALID with every fault that they have. */
function sound(terms: AnnouncementTerms): AnnouncementTerms {
  const faults = announcementFaults(terms);
  if (faults.length > 0) {
    const findings = faults.map(({ code, path, message }) => ({ rule: code, path: path.join('.'), message }));
    throw new DomainError('ANNOUNCEMENT_INVALID', findings[0]?.message ?? 'The announcement is not right.', {
      findings,
    });
  }
  return terms;
}
