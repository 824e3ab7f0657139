import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The event log of a run and the declarations of restraint that it is compared with. Whoever is told the item of an act or of a
 * declaration sees it; control sees all of its run.
 */
export class Restraint1764400400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE run_acts (
        run_id text COLLATE "C" NOT NULL REFERENCES runs,
        id text COLLATE "C" NOT NULL,
        told_item text COLLATE "C" NOT NULL,
        told_version integer NOT NULL,
        act jsonb NOT NULL,
        PRIMARY KEY (run_id, id)
      );
      COMMENT ON TABLE run_acts IS 'The acts that the items of a run tell, typed; as they were in the scenario when the run was started.';
      CREATE TABLE declarations (
        run_id text COLLATE "C" NOT NULL REFERENCES runs,
        id text COLLATE "C" NOT NULL,
        version integer NOT NULL,
        stage text NOT NULL CHECK (stage IN ('stated', 'withdrawn')),
        declaration jsonb NOT NULL,
        stated_at bigint NOT NULL,
        origin text NOT NULL CHECK (origin IN ('scenario', 'input')),
        told_item text COLLATE "C",
        told_version integer,
        told_to text[] COLLATE "C",
        created_by text NOT NULL,
        desk text COLLATE "C",
        audience text COLLATE "C" NOT NULL,
        void boolean NOT NULL DEFAULT false,
        PRIMARY KEY (run_id, id, version),
        CHECK ((told_item IS NULL) = (told_version IS NULL))
      );
      COMMENT ON COLUMN declarations.told_item IS 'The item that tells of it; none of what is posed for study, which control alone sees.';
      COMMENT ON COLUMN declarations.told_to IS 'The audiences that it is addressed to besides its own and control; all when null.';
      COMMENT ON COLUMN declarations.desk IS 'Whose it is, whoever sits there; none when a controller or the scenario made it.'`);
    await runner.query(ROW_SECURITY);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE declarations, run_acts; DROP FUNCTION told_to_asking(text, text, integer)');
  }
}

const TABLES = ['run_acts', 'declarations'];

const ROW_SECURITY = `
  CREATE FUNCTION told_to_asking(run text, item text, item_version integer) RETURNS boolean LANGUAGE sql STABLE AS
    $$ SELECT EXISTS (SELECT FROM feed_items f WHERE f.run_id = run AND f.audience = desk_audience(run)
         AND f.item_id = item AND f.version = item_version) $$;
  ${TABLES.map((table) => `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY; ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;`).join('\n')}
  ${TABLES.map((table) => `CREATE POLICY pipeline ON ${table} TO triwatch_pipeline USING (true) WITH CHECK (true);`).join('\n')}
  GRANT SELECT, INSERT ON run_acts, declarations TO triwatch_app, triwatch_pipeline;
  GRANT UPDATE (void) ON declarations TO triwatch_app, triwatch_pipeline;

  CREATE POLICY control ON run_acts TO triwatch_app USING (may_control(run_id)) WITH CHECK (may_control(run_id));
  CREATE POLICY told ON run_acts FOR SELECT TO triwatch_app USING (told_to_asking(run_id, told_item, told_version));
  CREATE POLICY control ON declarations TO triwatch_app USING (may_control(run_id)) WITH CHECK (may_control(run_id));
  CREATE POLICY told ON declarations FOR SELECT TO triwatch_app USING (told_to_asking(run_id, told_item, told_version));
  CREATE POLICY own ON declarations FOR SELECT TO triwatch_app USING (alert_is_asking(run_id, desk, audience));
  CREATE POLICY put_in ON declarations FOR INSERT TO triwatch_app WITH CHECK (origin = 'input' AND created_by = asking_user()
    AND asking_role() <> 'observer' AND alert_is_asking(run_id, desk, audience))`;
