import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What people put in at the same run time is told in the order in which it came. */
export class Turns1764400800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE due_rows ADD COLUMN turn integer NOT NULL DEFAULT 0;
      COMMENT ON COLUMN due_rows.turn IS 'The number of the input, where people put it in; orders what falls due together.'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE due_rows DROP COLUMN turn');
  }
}
