import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { atomPage, pageBefore, versionKey } from '../../core/delivery/atom-entries.js';
import { leavesAtMs } from '../../core/delivery/ended-alert.js';
import { DomainError } from '../../core/domain-error.js';
import type { Names } from '../../core/scenario/scenario.schema.js';
import type { Clock } from '../../core/clock/clock.js';
import { PIPELINE, type UserPrincipal } from '../../platform/database/principal.js';
import { Transactions } from '../../platform/database/transactions.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import type { FeedKey } from '../dissemination/feed.js';
import { FeedsService } from '../dissemination/feeds.service.js';
import { PartiesService } from '../parties/parties.service.js';
import type { RunWithClock } from '../runs/run.js';
import { atomXml } from './atom-xml.js';
import { ChannelDoor } from './channel-door.js';
import type { Channel } from './channel.js';
import { ToldAlertsRepository } from './told-alerts.repository.js';

/** Raised when the same page gets other bytes, so that nobody keeps the old ones. */
const FORMAT = 2;
/** Of control, which is nobody's desk. */
const CONTROL_LANGUAGE = 'en-US';

export interface AtomQuery {
  /** The present one by default; an earlier one stays as it was. */
  readonly epoch?: number;
  /** The page ends before this `seq`; the newest one by default. */
  readonly before?: number;
  /** The language asked for by name. */
  readonly lang?: string;
  /** Chooses among languages, the default first, what the reader prefers. */
  readonly prefer: (languages: readonly string[]) => string | undefined;
}

/** A page before it is read: a reader that has it already, by its tag, costs no more than that. */
export interface AtomAnswer {
  readonly etag: string;
  read(): Promise<{ body: string; changedAt?: Date }>;
}

/** A feed as an Atom document, for readers that ask from time to time. */
@Injectable()
export class AtomChannel implements Channel {
  readonly name = 'atom';

  constructor(
    private readonly door: ChannelDoor,
    private readonly transactions: Transactions,
    private readonly told: ToldAlertsRepository,
    private readonly feeds: FeedsService,
    private readonly parties: PartiesService,
    private readonly metrics: Metrics,
  ) {}

  /** Throws DomainError RUN_NOT_FOUND, FORBIDDEN_FEED or CURSOR_UNKNOWN. */
  async answer(user: UserPrincipal, key: FeedKey, query: AtomQuery): Promise<AtomAnswer> {
    const { run, head } = await this.door.enter(user, key);
    const epoch = query.epoch ?? head.epoch;
    const { headSeq } = epoch === head.epoch ? head : await this.feeds.page(user, key, { epoch, after: 0, limit: 0 });
    const before = query.before ?? headSeq + 1;
    if (before > headSeq + 1) {
      throw new DomainError('CURSOR_UNKNOWN', 'The feed has no such position; leave out `before` to get the newest.');
    }
    const language = this.languageOf(run, key, query);
    const reason = epoch === head.epoch ? head.reason : undefined;
    const stretch = { epoch, ...pageBefore(before) };
    const alerts = await this.alertsOf(key, stretch, epoch === head.epoch ? run.clock : undefined);
    const { gone } = alerts;
    const version = [
      FORMAT,
      key.run,
      key.audience,
      epoch,
      headSeq,
      query.before ?? 0,
      query.epoch ?? 0,
      language,
      ...gone,
    ];
    return {
      etag: `"${createHash('sha256').update(JSON.stringify(version)).digest('hex').slice(0, 32)}"`,
      read: () => this.read(user, key, run, query, { ...stretch, ...alerts, headSeq, reason, language }),
    };
  }

  private async read(
    user: UserPrincipal,
    key: FeedKey,
    { run, audiences, createdAt }: RunWithClock,
    query: AtomQuery,
    { epoch, after, last, headSeq, reason, language, gone, documents, lastGoneAtMs }: Position,
  ): Promise<{ body: string; changedAt?: Date }> {
    // What was appended since the head was read is left to the next page, as the tag says that it is not in this one.
    const { items } = await this.feeds.page(user, key, { epoch, after, limit: last - after });
    const page = atomPage(
      {
        ...key,
        runNames: run.names,
        audienceNames: this.namesOf(audiences, key),
        mode: run.mode,
        job: run.job,
        epoch,
        reason,
        startedAt: createdAt.toISOString(),
        ...{ items, gone, documents },
      },
      language,
    );
    this.metrics.itemsSentTotal.inc({ channel: this.name }, items.length);
    const newest = items.at(-1);
    const lang = query.lang === undefined ? {} : { lang: query.lang };
    const links = {
      self: addressOf({ epoch: query.epoch, before: query.before, ...lang }),
      first: addressOf(lang),
      ...(page.next === undefined ? {} : { next: addressOf({ epoch, before: page.next, ...lang }) }),
    };
    const changedAt = newest && new Date(Math.max(Date.parse(newest.realAt), lastGoneAtMs));
    return { body: atomXml(page, headSeq, links), ...(changedAt ? { changedAt } : {}) };
  }

  /** What of a page has a document, and what has left it; a page of an earlier epoch stays as it was, without a clock. */
  private async alertsOf(key: FeedKey, stretch: Stretch, clock?: Clock): Promise<PageAlerts> {
    const told = await this.transactions.run(PIPELINE, (tx) => this.told.ofStretch(tx, key, stretch));
    const leaving = told.flatMap(({ id, last }) => {
      const atMs = clock && leavesAtMs(last, clock);
      return atMs !== undefined && atMs <= Date.now() ? [{ id, atMs }] : [];
    });
    return {
      gone: new Set(leaving.map(({ id }) => id)),
      lastGoneAtMs: Math.max(0, ...leaving.map(({ atMs }) => atMs)),
      documents: new Set(clock ? told.filter(({ isMessage }) => isMessage).map(versionKey) : []),
    };
  }

  /** What the reader asks for, else what the audience's first desk reads. */
  private languageOf({ run, audiences }: RunWithClock, { audience }: FeedKey, { lang, prefer }: AtomQuery): string {
    const desk = audiences.find((each) => each.audience === audience)?.desks[0];
    const own = (desk === undefined ? undefined : this.parties.desk(desk)?.language) ?? CONTROL_LANGUAGE;
    return lang ?? prefer([own, ...Object.keys(run.names).filter((tag) => tag !== own)]) ?? own;
  }

  private namesOf(audiences: RunWithClock['audiences'], { audience }: FeedKey): Names | undefined {
    const party = audiences.find((each) => each.audience === audience)?.party;
    return party === undefined ? undefined : this.parties.party(party)?.names;
  }
}

interface Stretch {
  readonly epoch: number;
  readonly after: number;
  readonly last: number;
}

interface PageAlerts {
  readonly gone: ReadonlySet<string>;
  readonly documents: ReadonlySet<string>;
  /** Wall time at which the last of `gone` left; 0 when none did. */
  readonly lastGoneAtMs: number;
}

interface Position extends Stretch, PageAlerts {
  readonly headSeq: number;
  readonly reason?: string;
  readonly language: string;
}

function addressOf(query: Record<string, string | number | undefined>): string {
  const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return given.length === 0 ? 'atom' : `atom?${new URLSearchParams(given).toString()}`;
}
