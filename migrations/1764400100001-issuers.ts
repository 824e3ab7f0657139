import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who speaks in an alert where that is not whoever its sender names: what is relayed is its source's, also in its document. */
export class Issuers1764400100001 implements MigrationInterface {
  /** The owner is under row-level security as well, so it is lifted while the owner fills the new column. */
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE alert_versions ADD COLUMN issuer jsonb;
      COMMENT ON COLUMN alert_versions.issuer IS 'Names by language of who speaks, where that is not the sender.';
      ALTER TABLE alert_versions NO FORCE ROW LEVEL SECURITY;
      ALTER TABLE sources NO FORCE ROW LEVEL SECURITY;
      UPDATE alert_versions v SET issuer = s.names FROM sources s WHERE v.sender = 'relay-' || s.id || '@triwatch.invalid';
      ALTER TABLE alert_versions FORCE ROW LEVEL SECURITY;
      ALTER TABLE sources FORCE ROW LEVEL SECURITY`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE alert_versions DROP COLUMN issuer');
  }
}
