import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Items that hang on an answer, and what control has set in place of answers. */
export class Branches1764400600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE due_rows ADD COLUMN branch jsonb;
      COMMENT ON COLUMN due_rows.branch IS 'On what answer to which inject it hangs; none for what falls due in any case.';
      CREATE TABLE branch_settings (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        run_id text COLLATE "C" NOT NULL,
        inject_id text COLLATE "C" NOT NULL,
        decider text COLLATE "C" NOT NULL,
        answer text COLLATE "C" NOT NULL,
        set_at bigint NOT NULL,
        set_by text NOT NULL,
        void boolean NOT NULL DEFAULT false,
        FOREIGN KEY (run_id, inject_id) REFERENCES injects
      );
      COMMENT ON TABLE branch_settings IS 'The answer that control has set by hand in place of a desk or an audience; the newest one counts.';
      COMMENT ON COLUMN branch_settings.set_at IS 'Run time.';
      COMMENT ON COLUMN branch_settings.void IS 'The run was moved back to before it was set.';
      CREATE INDEX branch_settings_run ON branch_settings (run_id, id)`);
    await runner.query(`
      ALTER TABLE branch_settings ENABLE ROW LEVEL SECURITY;
      ALTER TABLE branch_settings FORCE ROW LEVEL SECURITY;
      GRANT SELECT, INSERT, UPDATE (void) ON branch_settings TO triwatch_app;
      GRANT SELECT ON branch_settings TO triwatch_pipeline;
      CREATE POLICY pipeline ON branch_settings FOR SELECT TO triwatch_pipeline USING (true);
      CREATE POLICY control ON branch_settings TO triwatch_app USING (may_control(run_id)) WITH CHECK (may_control(run_id))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE branch_settings; ALTER TABLE due_rows DROP COLUMN branch');
  }
}
