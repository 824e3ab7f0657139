/** Which cluster a database stands on, and on which line of its history. */
export interface Identity {
  readonly systemIdentifier: string;
  readonly timeline: number;
}

/**
 * Asks for the Identity; any login may. A dump that is read into another cluster finds another system identifier, and every
 * promotion and point-in-time recovery begins a timeline. The timeline is that of the position being written, since
 * the last checkpoint, which pg_control_checkpoint() tells of, may be minutes older than a promotion.
 */
export const IDENTITY = `SELECT system_identifier::text AS "systemIdentifier",
    ('x' || left(pg_walfile_name(pg_current_wal_insert_lsn()), 8))::bit(32)::bigint::float8 AS timeline
  FROM pg_control_system()`;

export const isSame = (one: Identity, other: Identity): boolean =>
  one.systemIdentifier === other.systemIdentifier && one.timeline === other.timeline;
