import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Ways out and in: webhooks with what they were sent, and sources of others with the documents that came from them. */
export class SourcesAndWebhooks1764300200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(WEBHOOKS);
    await runner.query(SOURCES);
    await runner.query(ROW_SECURITY);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE relayed_documents, sources, webhook_deliveries, webhooks;
      DROP FUNCTION keep_webhook_secret()`);
  }
}

const WEBHOOKS = `
  CREATE TABLE webhooks (
    id text COLLATE "C" PRIMARY KEY,
    run_id text COLLATE "C" NOT NULL,
    audience text COLLATE "C" NOT NULL,
    url text NOT NULL,
    secret text NOT NULL,
    previous_secret text,
    previous_until timestamptz,
    state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'disabled')),
    epoch integer NOT NULL,
    seq bigint NOT NULL,
    lease text,
    leased_until timestamptz,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    FOREIGN KEY (run_id, audience) REFERENCES run_audiences
  );
  COMMENT ON COLUMN webhooks.seq IS 'With epoch: how far of the feed there are deliveries.';
  COMMENT ON COLUMN webhooks.lease IS 'Which worker sends for this webhook, until leased_until: two would not keep the order.';
  CREATE INDEX webhooks_feed ON webhooks (run_id, audience);
  CREATE FUNCTION keep_webhook_secret() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    NEW.previous_secret := OLD.secret; NEW.previous_until := clock_timestamp() + interval '24 hours'; RETURN NEW;
  END $$;
  CREATE TRIGGER keep_secret BEFORE UPDATE OF secret ON webhooks FOR EACH ROW EXECUTE FUNCTION keep_webhook_secret();
  CREATE TABLE webhook_deliveries (
    webhook_id text COLLATE "C" NOT NULL REFERENCES webhooks,
    epoch integer NOT NULL,
    seq bigint NOT NULL,
    reason text,
    state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'delivered', 'dead')),
    attempts integer NOT NULL DEFAULT 0,
    next_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    error text,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_at timestamptz,
    PRIMARY KEY (webhook_id, epoch, seq)
  );
  COMMENT ON TABLE webhook_deliveries IS 'The outbox of the webhooks: an item of the feed each; seq 0 tells that the feed begins anew, and reason why.';
  CREATE INDEX webhook_deliveries_pending ON webhook_deliveries (webhook_id, epoch, seq) WHERE state = 'pending'`;

const SOURCES = `
  CREATE TABLE sources (
    id text COLLATE "C" PRIMARY KEY,
    url text NOT NULL,
    sender text NOT NULL,
    party text NOT NULL,
    names jsonb NOT NULL,
    languages text[] NOT NULL,
    area jsonb,
    fingerprint text,
    as_test boolean NOT NULL,
    interval_s integer NOT NULL,
    state text NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'trusted', 'suspended')),
    proposed_by text NOT NULL,
    proposed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    approved_by text,
    approved_at timestamptz,
    etag text,
    last_modified text,
    next_poll_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    lease text,
    leased_until timestamptz,
    failures integer NOT NULL DEFAULT 0,
    polled_at timestamptz,
    succeeded_at timestamptz,
    error text,
    CHECK (approved_by <> proposed_by),
    CHECK (state = 'proposed' OR approved_by IS NOT NULL)
  );
  COMMENT ON COLUMN sources.as_test IS 'Whether messages of status Actual are relayed, as content of a test; refused otherwise.';
  COMMENT ON COLUMN sources.fingerprint IS 'SHA-256 of the certificate that must have signed what comes; unsigned is taken when null.';
  CREATE TABLE relayed_documents (
    source_id text COLLATE "C" NOT NULL REFERENCES sources,
    entry text COLLATE "C" NOT NULL,
    sender text COLLATE "C" NOT NULL,
    identifier text COLLATE "C" NOT NULL,
    sent text COLLATE "C" NOT NULL,
    outcome text NOT NULL CHECK (outcome IN ('relayed', 'repeated', 'refused')),
    reason text,
    signature text NOT NULL,
    alert_id text COLLATE "C",
    version integer,
    original bytea NOT NULL,
    received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (source_id, entry, sender, identifier, sent)
  );
  CREATE UNIQUE INDEX relayed_documents_once ON relayed_documents (sender, identifier, sent) WHERE outcome = 'relayed';
  COMMENT ON TABLE relayed_documents IS 'Documents of sources as they came, byte by byte, and what became of each; alert_id is in the live run. Only what was relayed takes up its name, so that no source can keep the messages of another one away.'`;

const TABLES = ['webhooks', 'webhook_deliveries', 'sources', 'relayed_documents'];

/** The secrets of webhooks are for the pipeline alone: nobody reads one again after it was handed out. */
const ROW_SECURITY = `
  ${TABLES.map((table) => `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY; ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;`).join('\n')}
  ${TABLES.map((table) => `CREATE POLICY pipeline ON ${table} TO triwatch_pipeline USING (true) WITH CHECK (true);`).join('\n')}
  GRANT SELECT, INSERT, UPDATE ON ${TABLES.join(', ')} TO triwatch_pipeline;

  GRANT SELECT (id, run_id, audience, url, state, epoch, seq, created_by, created_at) ON webhooks TO triwatch_app;
  GRANT INSERT (id, run_id, audience, url, secret, epoch, seq, created_by) ON webhooks TO triwatch_app;
  GRANT UPDATE (secret, state) ON webhooks TO triwatch_app;
  GRANT SELECT ON webhook_deliveries, sources, relayed_documents TO triwatch_app;
  GRANT UPDATE (state, attempts, next_at) ON webhook_deliveries TO triwatch_app;
  GRANT INSERT ON sources, relayed_documents TO triwatch_app;
  GRANT UPDATE (state, approved_by, approved_at, next_poll_at) ON sources TO triwatch_app;

  CREATE POLICY control ON webhooks TO triwatch_app USING (may_control(run_id))
    WITH CHECK (may_control(run_id));
  CREATE POLICY own_audience ON webhooks TO triwatch_app USING (audience = desk_audience(run_id) AND created_by = asking_user())
    WITH CHECK (audience = desk_audience(run_id) AND created_by = asking_user());
  CREATE POLICY of_webhook ON webhook_deliveries TO triwatch_app USING (EXISTS (SELECT FROM webhooks w WHERE w.id = webhook_id))
    WITH CHECK (EXISTS (SELECT FROM webhooks w WHERE w.id = webhook_id));
  CREATE POLICY control ON sources TO triwatch_app USING (may_control('live')) WITH CHECK (may_control('live'));
  CREATE POLICY in_own_name ON sources AS RESTRICTIVE FOR INSERT TO triwatch_app
    WITH CHECK (state = 'proposed' AND proposed_by = asking_user());
  -- What relays acts for one watch: that of mode test, which has another name where there is a run for real alerts as well.
  CREATE POLICY control ON relayed_documents TO triwatch_app
    USING (may_control('live') OR may_control('test')) WITH CHECK (may_control('live') OR may_control('test'))`;
