import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A webhook ends with the rights of whoever registered it, says how it stands, and forgets what it sent long ago. Sources are trusted by administrators. */
export class WebhooksAndAdministrators1764400200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(OWNERS);
    await runner.query(HOW_IT_STANDS);
    await runner.query(ADMINISTRATORS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP POLICY administer ON relayed_documents;
      DROP POLICY approve_in_own_name ON sources;
      DROP POLICY stop ON sources;
      DROP POLICY look_on ON sources;
      DROP POLICY administer ON sources;
      CREATE POLICY control ON sources TO triwatch_app USING (may_control('live')) WITH CHECK (may_control('live'))`);
    await runner.query(`
      DROP INDEX webhook_deliveries_ended;
      REVOKE DELETE ON webhook_deliveries FROM triwatch_pipeline;
      ALTER TABLE webhooks DROP COLUMN error, DROP COLUMN failed_at, DROP COLUMN gave_up_at;
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

const HOW_IT_STANDS = `
  ALTER TABLE webhooks ADD COLUMN error text, ADD COLUMN failed_at timestamptz, ADD COLUMN gave_up_at timestamptz;
  COMMENT ON COLUMN webhooks.error IS 'Why it failed last, at failed_at; kept when a later message is taken.';
  COMMENT ON COLUMN webhooks.gave_up_at IS 'When it gave up a message first since one was taken: control is told once until then.';
  GRANT SELECT (error, failed_at) ON webhooks TO triwatch_app;
  GRANT DELETE ON webhook_deliveries TO triwatch_pipeline;
  CREATE INDEX webhook_deliveries_ended ON webhook_deliveries (ended_at) WHERE state <> 'pending'`;

/** Whoever watches over what is relayed may stop it at once; only administrators let it in, and each in their own name. */
const ADMINISTRATORS = `
  DROP POLICY control ON sources;
  CREATE POLICY administer ON sources TO triwatch_app
    USING (asking_role() = 'administrator') WITH CHECK (asking_role() = 'administrator');
  CREATE POLICY look_on ON sources FOR SELECT TO triwatch_app USING (may_control('live'));
  CREATE POLICY stop ON sources FOR UPDATE TO triwatch_app USING (may_control('live'))
    WITH CHECK (may_control('live') AND state = 'suspended');
  CREATE POLICY approve_in_own_name ON sources AS RESTRICTIVE FOR UPDATE TO triwatch_app
    WITH CHECK (state <> 'trusted' OR approved_by = asking_user());
  CREATE POLICY administer ON relayed_documents FOR SELECT TO triwatch_app USING (asking_role() = 'administrator')`;
