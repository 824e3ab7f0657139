import { Injectable } from '@nestjs/common';
import type { FailedEntries } from '../../core/relay/entries.js';
import type { SourceRequest, SourceView } from '../../core/wire/source.js';
import type { Area, Names } from '../../core/scenario/scenario.schema.js';
import type { Tx } from '../../platform/database/transactions.js';

/** How long a worker may take over one look at a source before another one looks. */
const LEASE = '120 seconds';

/** A source that this worker alone looks at. */
export interface LeasedSource extends Required<Omit<SourceRequest, 'area' | 'fingerprint' | 'party'>> {
  readonly area?: Area;
  readonly fingerprint?: string;
  readonly failures: number;
  readonly failedEntries: FailedEntries;
  /** What the last answer is known by. */
  readonly etag?: string;
  readonly lastModified?: string;
}

/** How a look at a source ended. */
export interface Look {
  readonly nextInMs: number;
  readonly failedEntries: FailedEntries;
  /** `CODE: sentence`; undefined for a look that went well. */
  readonly error?: string;
  readonly etag?: string;
  readonly lastModified?: string;
}

interface Row {
  id: string;
  url: string;
  sender: string;
  party: string;
  names: Names;
  languages: string[];
  area: Area | null;
  fingerprint: string | null;
  as_test: boolean;
  interval_s: number;
  max_age_s: number;
  state: SourceView['state'];
  proposed_by: string;
  approved_by: string | null;
  polled_at: Date | null;
  succeeded_at: Date | null;
  next_poll_at: Date;
  failures: number;
  failed_entries: FailedEntries;
  error: string | null;
  etag: string | null;
  last_modified: string | null;
  relayed: number;
  refused: number;
}

const SELECT = `
  SELECT s.id, s.url, s.sender, s.party, s.names, s.languages, s.area, s.fingerprint, s.as_test, s.interval_s, s.max_age_s, s.state,
    s.proposed_by, s.approved_by, s.polled_at, s.succeeded_at, s.next_poll_at, s.failures, s.error,
    (SELECT count(*)::int FROM relayed_documents d WHERE d.source_id = s.id AND d.outcome = 'relayed') AS relayed,
    (SELECT count(*)::int FROM relayed_documents d WHERE d.source_id = s.id AND d.outcome = 'refused') AS refused
  FROM sources s`;

const DEFAULT_INTERVAL_S = 60;
const DEFAULT_MAX_AGE_S = 86_400;

@Injectable()
export class SourcesRepository {
  async insert(tx: Tx, source: SourceRequest, proposedBy: string): Promise<void> {
    const {
      id,
      url,
      sender,
      party,
      names,
      languages = [],
      area,
      fingerprint,
      asTest = false,
      intervalS,
      maxAgeS,
    } = source;
    await tx.query(
      `INSERT INTO sources (id, url, sender, party, names, languages, area, fingerprint, as_test, interval_s, max_age_s, proposed_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        ...[id, url, sender, party, JSON.stringify(names), languages, area ? JSON.stringify(area) : null],
        ...[fingerprint ?? null, asTest, intervalS ?? DEFAULT_INTERVAL_S, maxAgeS ?? DEFAULT_MAX_AGE_S, proposedBy],
      ],
    );
  }

  async find(tx: Tx, id: string): Promise<SourceView | undefined> {
    const [row] = await tx.query<Row>(`${SELECT} WHERE s.id = $1`, [id]);
    return row && viewOf(row);
  }

  async list(tx: Tx): Promise<SourceView[]> {
    return (await tx.query<Row>(`${SELECT} ORDER BY s.id`)).map(viewOf);
  }

  async approve(tx: Tx, id: string, by: string): Promise<void> {
    await tx.query(
      `UPDATE sources SET state = 'trusted', approved_by = $2, approved_at = clock_timestamp(), next_poll_at = clock_timestamp()
       WHERE id = $1`,
      [id, by],
    );
  }

  async suspend(tx: Tx, id: string): Promise<void> {
    await tx.query(`UPDATE sources SET state = 'suspended' WHERE id = $1`, [id]);
  }

  /** Takes sources that are to be looked at and that no other worker has, at most `limit`. */
  async lease(tx: Tx, lease: string, limit: number): Promise<LeasedSource[]> {
    const rows = await tx.query<Row>(
      `UPDATE sources SET lease = $1, leased_until = clock_timestamp() + interval '${LEASE}' WHERE id IN (
         SELECT id FROM sources WHERE state = 'trusted' AND next_poll_at <= clock_timestamp()
           AND (leased_until IS NULL OR leased_until < clock_timestamp()) ORDER BY next_poll_at LIMIT $2 FOR UPDATE SKIP LOCKED)
       RETURNING id, url, sender, names, languages, area, fingerprint, as_test, interval_s, max_age_s, failures, failed_entries, etag, last_modified`,
      [lease, limit],
    );
    return rows.map((row) => ({
      ...basicsOf(row),
      failures: row.failures,
      failedEntries: row.failed_entries,
      etag: row.etag ?? undefined,
      lastModified: row.last_modified ?? undefined,
    }));
  }

  async isTrusted(tx: Tx, id: string): Promise<boolean> {
    const rows = await tx.query(`SELECT 1 FROM sources WHERE id = $1 AND state = 'trusted'`, [id]);
    return rows.length > 0;
  }

  async looked(tx: Tx, id: string, lease: string, look: Look): Promise<void> {
    const { nextInMs, failedEntries, error, etag, lastModified } = look;
    await tx.query(
      `UPDATE sources SET leased_until = NULL, polled_at = clock_timestamp(), error = $3,
         next_poll_at = clock_timestamp() + $4::float8 * interval '1 ms',
         failures = CASE WHEN $3::text IS NULL THEN 0 ELSE failures + 1 END,
         succeeded_at = CASE WHEN $3::text IS NULL THEN clock_timestamp() ELSE succeeded_at END, etag = $5, last_modified = $6,
         failed_entries = $7
       WHERE id = $1 AND lease = $2`,
      [id, lease, error ?? null, nextInMs, etag ?? null, lastModified ?? null, JSON.stringify(failedEntries)],
    );
  }
}

const basicsOf = (
  row: Row,
): Required<Omit<SourceRequest, 'area' | 'fingerprint' | 'party'>> & Pick<SourceRequest, 'area' | 'fingerprint'> => ({
  id: row.id,
  url: row.url,
  sender: row.sender,
  names: row.names,
  languages: row.languages,
  ...(row.area ? { area: row.area } : {}),
  ...(row.fingerprint === null ? {} : { fingerprint: row.fingerprint }),
  asTest: row.as_test,
  intervalS: row.interval_s,
  maxAgeS: row.max_age_s,
});

function viewOf(row: Row): SourceView {
  return {
    ...basicsOf(row),
    party: row.party,
    state: row.state,
    proposedBy: row.proposed_by,
    ...(row.approved_by === null ? {} : { approvedBy: row.approved_by }),
    ...(row.polled_at ? { polledAt: row.polled_at.toISOString() } : {}),
    ...(row.succeeded_at ? { succeededAt: row.succeeded_at.toISOString() } : {}),
    nextPollAt: row.next_poll_at.toISOString(),
    failures: row.failures,
    ...(row.error === null ? {} : { error: row.error }),
    relayed: row.relayed,
    refused: row.refused,
  };
}
