import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What becomes of an announcement: it is amended, cancelled, reported on after the act, or released from an embargo. Each is a
 * version of its own; what a jump back takes away stays on record as void.
 */
export class Announcements1764300600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE announcements
        ADD COLUMN stage text NOT NULL DEFAULT 'announce' CHECK (stage IN ('announce', 'amend', 'cancel', 'report', 'release')),
        ADD COLUMN embargo jsonb,
        ADD COLUMN released_by text,
        ADD COLUMN void boolean NOT NULL DEFAULT false,
        ADD CONSTRAINT released_by_whom CHECK ((stage = 'release') = (released_by IS NOT NULL));
      COMMENT ON COLUMN announcements.embargo IS 'While it stands only the announcing party and control are told.';
      REVOKE DELETE ON announcements FROM triwatch_app;
      GRANT UPDATE (void) ON announcements TO triwatch_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      REVOKE UPDATE (void) ON announcements FROM triwatch_app;
      GRANT DELETE ON announcements TO triwatch_app;
      ALTER TABLE announcements
        DROP CONSTRAINT released_by_whom, DROP COLUMN stage, DROP COLUMN embargo, DROP COLUMN released_by, DROP COLUMN void;
    `);
  }
}
