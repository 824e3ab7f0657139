import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A message is in a thread once among those that stand; what a jump back took away may come again. */
export class CapImports1764400100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE alert_versions DROP CONSTRAINT alert_versions_message;
      CREATE UNIQUE INDEX alert_versions_message ON alert_versions (run_id, id, sender, identifier) WHERE NOT void`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX alert_versions_message;
      ALTER TABLE alert_versions ADD CONSTRAINT alert_versions_message UNIQUE (run_id, id, sender, identifier)`);
  }
}
