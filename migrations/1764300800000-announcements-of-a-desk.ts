import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Announcements belong to a desk instead of a person, as alerts do: with all their versions, whoever added them. And control may
 * take a join code back, with what its player holds.
 */
export class AnnouncementsOfADesk1764300800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE announcements ADD COLUMN desk text COLLATE "C", ADD COLUMN audience text COLLATE "C" NOT NULL DEFAULT 'control';
      COMMENT ON COLUMN announcements.desk IS 'Whose it is, whoever sits there; none when a controller or the scenario made it.';
      COMMENT ON COLUMN announcements.audience IS 'The audience of that desk.'`);
    await runner.query(FILL);
    await runner.query(`
      ALTER TABLE announcements ALTER COLUMN audience DROP DEFAULT;
      DROP POLICY put_in ON announcements;
      DROP POLICY own ON announcements;
      CREATE POLICY put_in ON announcements FOR INSERT TO triwatch_app WITH CHECK (origin = 'input' AND created_by = asking_user()
        AND asking_role() <> 'observer' AND alert_is_asking(run_id, desk, audience));
      CREATE POLICY own ON announcements FOR SELECT TO triwatch_app USING (alert_is_asking(run_id, desk, audience));
      COMMENT ON FUNCTION alert_is_asking IS
        'Whether an alert or announcement is of the desk that asks, or of its party where a drafter or approver asks.'`);
    await runner.query(`
      GRANT UPDATE (expires_at) ON join_codes TO triwatch_app;
      CREATE POLICY control ON session_ends TO triwatch_app ${OF_A_PLAYER.replace('?', 'USING')} ${OF_A_PLAYER.replace('?', 'WITH CHECK')}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP POLICY control ON session_ends;
      REVOKE UPDATE (expires_at) ON join_codes FROM triwatch_app;
      COMMENT ON FUNCTION alert_is_asking IS 'Whether an alert is of the desk that asks, or of its party where a drafter or approver asks.';
      DROP POLICY put_in ON announcements;
      DROP POLICY own ON announcements;
      CREATE POLICY put_in ON announcements FOR INSERT TO triwatch_app
        WITH CHECK (origin = 'input' AND created_by = asking_user() AND may_see_run(run_id));
      CREATE POLICY own ON announcements FOR SELECT TO triwatch_app USING (created_by = asking_user() AND may_see_run(run_id));
      ALTER TABLE announcements DROP COLUMN desk, DROP COLUMN audience`);
  }
}

const OF_A_PLAYER = '? (EXISTS (SELECT FROM join_codes j WHERE j.id = owner AND may_control(j.run_id)))';

/** Whoever may have made the first version: people, players and keys. */
const MAKERS = ['users', 'join_codes', 'api_keys'];
const READ = ['announcements', 'run_desks', ...MAKERS];

/** The owner is under row-level security as well, so it is lifted while the owner fills the new columns. */
const FILL = `
  ${READ.map((table) => `ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY;`).join('\n')}
  UPDATE announcements a SET desk = d.desk, audience = d.audience
    FROM announcements f
    JOIN (${MAKERS.map((table) => `SELECT id::text AS id, desk FROM ${table}`).join(' UNION ALL ')}) AS m ON m.id = f.created_by
    JOIN run_desks d ON d.desk = m.desk AND d.run_id = f.run_id
    WHERE f.origin = 'input' AND f.version = 1 AND f.run_id = a.run_id AND f.id = a.id;
  ${READ.map((table) => `ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;`).join('\n')}`;
