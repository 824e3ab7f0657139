import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who may send: six roles, and alerts that belong to a desk instead of a person. */
export class WhoMaySend1764300300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ROLES);
    await runner.query(ALERTS_OF_A_DESK);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP POLICY put_in ON alert_versions;
      DROP POLICY own ON alert_versions;
      DROP POLICY put_in ON alerts;
      DROP POLICY own ON alerts;
      DROP FUNCTION alert_is_asking(text, text, text);
      ALTER TABLE alerts DROP COLUMN audience, DROP COLUMN desk;
      CREATE POLICY put_in ON alerts FOR INSERT TO triwatch_app WITH CHECK (created_by = asking_user() AND may_see_run(run_id));
      CREATE POLICY own ON alerts FOR SELECT TO triwatch_app USING (created_by = asking_user() AND may_see_run(run_id));
      CREATE POLICY put_in ON alert_versions FOR INSERT TO triwatch_app WITH CHECK (created_by = asking_user() AND may_see_run(run_id));
      CREATE POLICY own ON alert_versions FOR SELECT TO triwatch_app USING (
        may_see_run(run_id) AND (created_by = asking_user() OR EXISTS (SELECT FROM alerts a WHERE a.run_id = alert_versions.run_id AND a.id = alert_versions.id)));
      ALTER TABLE users NO FORCE ROW LEVEL SECURITY;
      DELETE FROM users WHERE role IN ('drafter', 'approver', 'administrator');
      ALTER TABLE users FORCE ROW LEVEL SECURITY;
      ALTER TABLE users DROP CONSTRAINT users_role_check, DROP CONSTRAINT users_desk_check;
      ALTER TABLE users ADD CONSTRAINT users_role_check CHECK (role IN ('controller', 'officer', 'observer'));
      ALTER TABLE users ADD CONSTRAINT users_check CHECK (role = 'controller' OR desk IS NOT NULL)`);
  }
}

const ROLES = `
  ALTER TABLE users DROP CONSTRAINT users_role_check, DROP CONSTRAINT users_check;
  ALTER TABLE users ADD CONSTRAINT users_role_check
    CHECK (role IN ('observer', 'officer', 'drafter', 'approver', 'controller', 'administrator'));
  ALTER TABLE users ADD CONSTRAINT users_desk_check
    CHECK (role = 'controller' OR (role = 'administrator') = (desk IS NULL))`;

/** The owner is under row-level security as well, so it is lifted while the owner fills the new columns. */
const ALERTS_OF_A_DESK = `
  ALTER TABLE alerts ADD COLUMN desk text COLLATE "C", ADD COLUMN audience text COLLATE "C" NOT NULL DEFAULT 'control';
  COMMENT ON COLUMN alerts.desk IS 'Whose it is, whoever sits there; none when a controller or the service itself sent it.';
  COMMENT ON COLUMN alerts.audience IS 'The audience of that desk: its drafters and approvers may cancel for one another.';
  ALTER TABLE alerts NO FORCE ROW LEVEL SECURITY;
  ALTER TABLE users NO FORCE ROW LEVEL SECURITY;
  ALTER TABLE run_desks NO FORCE ROW LEVEL SECURITY;
  UPDATE alerts a SET desk = d.desk, audience = d.audience
    FROM users u JOIN run_desks d ON d.desk = u.desk WHERE u.id::text = a.created_by AND d.run_id = a.run_id;
  ALTER TABLE alerts FORCE ROW LEVEL SECURITY;
  ALTER TABLE users FORCE ROW LEVEL SECURITY;
  ALTER TABLE run_desks FORCE ROW LEVEL SECURITY;
  ALTER TABLE alerts ALTER COLUMN audience DROP DEFAULT;

  CREATE FUNCTION alert_is_asking(run text, alert_desk text, alert_audience text) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT alert_audience = desk_audience(run) AND (alert_desk = asking_desk() OR asking_role() IN ('drafter', 'approver')) $$;
  COMMENT ON FUNCTION alert_is_asking IS 'Whether an alert is of the desk that asks, or of its party where a drafter or approver asks.';

  DROP POLICY put_in ON alerts;
  DROP POLICY own ON alerts;
  CREATE POLICY put_in ON alerts FOR INSERT TO triwatch_app
    WITH CHECK (created_by = asking_user() AND asking_role() <> 'observer' AND alert_is_asking(run_id, desk, audience));
  CREATE POLICY own ON alerts FOR SELECT TO triwatch_app USING (alert_is_asking(run_id, desk, audience));
  DROP POLICY put_in ON alert_versions;
  DROP POLICY own ON alert_versions;
  CREATE POLICY put_in ON alert_versions FOR INSERT TO triwatch_app
    WITH CHECK (created_by = asking_user() AND asking_role() <> 'observer' AND EXISTS (
      SELECT FROM alerts a WHERE a.run_id = alert_versions.run_id AND a.id = alert_versions.id));
  CREATE POLICY own ON alert_versions FOR SELECT TO triwatch_app USING (EXISTS (
      SELECT FROM alerts a WHERE a.run_id = alert_versions.run_id AND a.id = alert_versions.id))`;
