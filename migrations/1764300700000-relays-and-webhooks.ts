import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sources are relayed while what they say is news, in its order; webhooks end with the rights of their owners. */
export class RelaysAndWebhooks1764300700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(NEWS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE sources DROP COLUMN max_age_s`);
  }
}

const NEWS = `
  ALTER TABLE sources ADD COLUMN max_age_s integer NOT NULL DEFAULT 86400;
  COMMENT ON COLUMN sources.max_age_s IS 'What was sent longer ago is not relayed, cancellations apart.'`;
