import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A webhook ends with the rights of whoever registered it. */
export class WebhooksAndAdministrators1764400200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(OWNERS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION webhook_owner_fault(text, text, text);
      DROP POLICY owns_webhook ON users;
      REVOKE SELECT (id, active, role, desk) ON users FROM triwatch_pipeline;
      DROP INDEX webhooks_owner;
      ALTER TABLE webhooks DROP COLUMN disabled_reason`);
  }
}

/** The pipeline sees of an account only what it must: whether somebody whose webhook is active may still have it. */
const OWNERS = `
  ALTER TABLE webhooks ADD COLUMN disabled_reason text;
  COMMENT ON COLUMN webhooks.disabled_reason IS 'Which right of its owner ended; null when somebody disabled it.';
  GRANT SELECT (disabled_reason) ON webhooks TO triwatch_app;
  CREATE INDEX webhooks_owner ON webhooks (created_by) WHERE state = 'active';
  GRANT SELECT (id, active, role, desk) ON users TO triwatch_pipeline;
  CREATE POLICY owns_webhook ON users FOR SELECT TO triwatch_pipeline
    USING (EXISTS (SELECT FROM webhooks w WHERE w.created_by = users.id::text AND w.state = 'active'));
  CREATE FUNCTION webhook_owner_fault(run text, feed text, owner text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE
      WHEN u.active IS NOT TRUE THEN 'OWNER_CLOSED'
      WHEN u.role NOT IN ('officer', 'drafter', 'approver', 'controller') THEN 'OWNER_ROLE'
      WHEN u.role <> 'controller' AND NOT EXISTS (
        SELECT FROM run_desks d WHERE d.run_id = run AND d.desk = u.desk AND d.audience = feed) THEN 'OWNER_DESK'
    END FROM (SELECT) AS one LEFT JOIN users u ON u.id::text = owner $$;
  COMMENT ON FUNCTION webhook_owner_fault IS 'Why the owner of a webhook may not have it any more; null while they may. Asked by the pipeline.'`;
