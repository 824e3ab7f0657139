import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Alerts as messages of CAP: who sent each, which messages it replaces, and of what came from outside the model and the bytes as they
 * came. The identifier of a message is its sender's, so it is unique in a thread of a run and no longer in the whole database.
 */
export class Cap1764300100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE alert_versions DROP CONSTRAINT alert_versions_identifier;
      ALTER TABLE alert_versions
        ADD COLUMN sender text NOT NULL DEFAULT 'control@triwatch.invalid',
        ADD COLUMN note text,
        ADD COLUMN replaces jsonb NOT NULL DEFAULT '[]',
        ADD COLUMN cap jsonb,
        ADD COLUMN original bytea;
      ALTER TABLE alert_versions ADD CONSTRAINT alert_versions_message UNIQUE (run_id, id, sender, identifier);
      CREATE INDEX alert_versions_identifier ON alert_versions (run_id, identifier);
      COMMENT ON COLUMN alert_versions.replaces IS 'References of CAP: [{sender, identifier, sent}].';
      COMMENT ON COLUMN alert_versions.cap IS 'The message as it was read, where it came from outside.';
      COMMENT ON COLUMN alert_versions.original IS 'Its bytes, unchanged: a signature holds for these alone.'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX alert_versions_identifier;
      ALTER TABLE alert_versions DROP CONSTRAINT alert_versions_message;
      ALTER TABLE alert_versions DROP COLUMN original, DROP COLUMN cap, DROP COLUMN replaces, DROP COLUMN note, DROP COLUMN sender;
      ALTER TABLE alert_versions ADD CONSTRAINT alert_versions_identifier UNIQUE (identifier)`);
  }
}
