import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sources are relayed while what they say is news, in its order; webhooks end with the rights of their owners. */
export class RelaysAndWebhooks1764300700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(NEWS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX relayed_documents_replaces;
      ALTER TABLE relayed_documents DROP COLUMN replaces;
      ALTER TABLE sources DROP COLUMN max_age_s, DROP COLUMN failed_entries`);
  }
}

const NEWS = `
  ALTER TABLE sources ADD COLUMN max_age_s integer NOT NULL DEFAULT 86400;
  COMMENT ON COLUMN sources.max_age_s IS 'What was sent longer ago is not relayed, cancellations apart.';
  ALTER TABLE sources ADD COLUMN failed_entries jsonb NOT NULL DEFAULT '{}';
  COMMENT ON COLUMN sources.failed_entries IS 'Of the feed as it was last: how often each could not be had, and when it is tried again.';
  ALTER TABLE relayed_documents ADD COLUMN replaces text[] COLLATE "C" NOT NULL DEFAULT '{}';
  COMMENT ON COLUMN relayed_documents.replaces IS 'The messages, as CAP references them, that an update or a cancel of this source says are over: should one of them come later, it is not told.';
  CREATE INDEX relayed_documents_replaces ON relayed_documents USING gin (replaces) WHERE replaces <> '{}'`;
