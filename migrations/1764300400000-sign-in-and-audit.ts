import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A record that cannot be altered unnoticed. */
export class SignInAndAudit1764300400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(AUDIT_CHAIN);
    await runner.query(ROW_SECURITY);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE audit_checkpoints, audit_links');
  }
}

const AUDIT_CHAIN = `
  CREATE TABLE audit_links (
    seq bigint PRIMARY KEY,
    audit_id bigint NOT NULL UNIQUE,
    content_hash bytea NOT NULL,
    chain_hash bytea NOT NULL,
    sealed_at timestamptz NOT NULL DEFAULT clock_timestamp()
  );
  COMMENT ON TABLE audit_links IS 'The chain over the record: chain_hash is SHA-256 over the link before, seq, audit_id and content_hash. No foreign key: a link outlasts a row that was taken out, and tells of it.';
  CREATE INDEX audit_links_sealed ON audit_links (sealed_at);
  CREATE TABLE audit_checkpoints (
    seq bigint PRIMARY KEY,
    chain_hash bytea NOT NULL,
    key_id text NOT NULL REFERENCES signing_keys,
    token text NOT NULL,
    signed_at timestamptz NOT NULL
  )`;

const TABLES = ['audit_links', 'audit_checkpoints'];

const ROW_SECURITY = `
  ${TABLES.map((table) => `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY; ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;`).join('\n')}
  ${TABLES.map((table) => `CREATE POLICY pipeline ON ${table} TO triwatch_pipeline USING (true) WITH CHECK (true);`).join('\n')}
  GRANT SELECT, INSERT ON ${TABLES.join(', ')} TO triwatch_pipeline`;
