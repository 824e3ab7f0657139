import { queryAsAdmin, type TestDatabase } from './test-database.js';
import type { Principal, UserPrincipal } from '../../src/platform/database/principal.js';

/** The people of `seedTwoRuns`. */
export const PEOPLE = {
  jpOfficer: person('11111111-1111-4111-8111-111111111111', 'jp-cas', 'officer', 'jp-cas'),
  jpObserver: person('22222222-2222-4222-8222-222222222222', 'jp-watcher', 'observer', 'jp-cas'),
  krOfficer: person('33333333-3333-4333-8333-333333333333', 'kr-jcs', 'officer', 'kr-jcs'),
  /** The next shift at the desk of krOfficer. */
  krDrafter: person('66666666-6666-4666-8666-666666666666', 'kr-drafter', 'drafter', 'kr-jcs'),
  krApprover: person('88888888-8888-4888-8888-888888888888', 'kr-approver', 'approver', 'kr-jcs'),
  administrator: person('77777777-7777-4777-8777-777777777777', 'chief', 'administrator'),
  controller: person('44444444-4444-4444-8444-444444444444', 'controller', 'controller'),
  /** A controller whom the token limits to run `a`. */
  limited: { ...person('55555555-5555-4555-8555-555555555555', 'demo', 'controller'), onlyRun: 'a' },
} satisfies Record<string, UserPrincipal>;

/** Somebody who has not said who they are. */
export const NOBODY: Principal = { kind: 'sign-in' };

function person(id: string, username: string, role: UserPrincipal['role'], desk?: string): UserPrincipal {
  return { kind: 'user', id, username, displayName: username, role, desk };
}

/**
 * Two runs with a row in every table: JP and KR take part in run `a`, KR alone in run `b`. Written as the superuser, since
 * the tests ask what everybody else may see of it.
 */
export async function seedTwoRuns(database: TestDatabase): Promise<void> {
  const accounts = Object.values(PEOPLE);
  await queryAsAdmin(
    database,
    `INSERT INTO users (id, username, display_name, role, desk, password_hash)
     SELECT * FROM jsonb_to_recordset($1) AS u (id uuid, username text, display_name text, role text, desk text, password_hash text)`,
    [
      JSON.stringify(
        accounts.map(({ displayName, ...account }) => ({ ...account, display_name: displayName, password_hash: 'x' })),
      ),
    ],
  );
  for (const { id, username } of accounts) {
    await queryAsAdmin(
      database,
      `INSERT INTO refresh_tokens (token_hash, user_id, family, expires_at) VALUES ($2, $1, $1, now() + interval '1 h')`,
      [id, `token of ${username}`],
    );
    await queryAsAdmin(
      database,
      `INSERT INTO idempotency_keys (user_id, key, request_hash) VALUES ($1, 'of ' || $2::text, '')`,
      [id, username],
    );
  }
  await queryAsAdmin(
    database,
    `INSERT INTO session_ends (subject, owner) SELECT id, id FROM users WHERE username IN ('jp-cas', 'kr-jcs');
     INSERT INTO known_addresses (user_id, address_hash) SELECT id, 'of ' || username FROM users;
     INSERT INTO api_keys (name, prefix, key_hash, desk, scopes, created_by, expires_at)
       VALUES ('seed', 'twk_seed', 'hash of a key', 'kr-jcs', '{feeds:read}', 'seed', now() + interval '1 day')`,
  );
  await queryAsAdmin(database, `INSERT INTO signing_keys (id, public_key) VALUES ('seed', '{}')`);
  await queryAsAdmin(
    database,
    `INSERT INTO audit_links (seq, audit_id, content_hash, chain_hash) VALUES (1, 1, '', '')`,
  );
  await queryAsAdmin(
    database,
    `INSERT INTO audit_checkpoints (seq, chain_hash, key_id, token, signed_at) VALUES (1, '', 'seed', '', now())`,
  );
  await queryAsAdmin(database, `INSERT INTO installation (system_identifier, timeline) VALUES ('seed', 1)`);
  await queryAsAdmin(
    database,
    `INSERT INTO sources (id, url, sender, party, names, languages, as_test, interval_s, proposed_by)
     VALUES ('seed', '', '', 'KR', '{}', '{}', true, 60, 'seed')`,
  );
  await queryAsAdmin(
    database,
    `INSERT INTO relayed_documents (source_id, entry, sender, identifier, sent, outcome, signature, original)
     VALUES ('seed', '', '', 'seed', '', 'refused', 'missing', '')`,
  );
  await seedRun(database, 'a', { jp: 'jp-cas', kr: 'kr-jcs' });
  await seedRun(database, 'b', { kr: 'kr-jcs' });
}

async function seedRun(database: TestDatabase, run: string, desks: Record<string, string>): Promise<void> {
  const write = (sql: string, ...more: unknown[]): Promise<object[]> => queryAsAdmin(database, sql, [run, ...more]);
  const officer = PEOPLE.krOfficer.id;
  await write(`INSERT INTO runs (id, job, mode, arrangement, names, time_zone, created_by)
    VALUES ($1, 'exercise', 'exercise', 'as-it-was', '{}', 'UTC', 'seed')`);
  await write(`INSERT INTO run_clocks (run_id, revision, state, speed, real_at, run_at, rate)
    VALUES ($1, 1, 'playing', 1, now(), 0, 1)`);
  await write(`INSERT INTO clock_segments (run_id, revision, real_at, run_at, rate, reason)
    VALUES ($1, 1, now(), 0, 1, 'start')`);
  await write(`INSERT INTO injects (run_id, id, answer_within_ms, terms, texts) VALUES ($1, 'ask', 1, '{}', '{}')`);
  await write(`INSERT INTO branch_settings (run_id, inject_id, decider, answer, set_at, set_by)
    VALUES ($1, 'ask', 'kr', 'none', 0, 'seed')`);
  await write(`INSERT INTO run_items (run_id, id, version, kind, act, origin, body, created_run_at)
    VALUES ($1, 'ask', 1, 'inject', 'alert', 'scenario', '{}', 0)`);
  await write(
    `INSERT INTO announcements (run_id, id, version, by_party, terms, received_at, origin, created_by, desk, audience)
     VALUES ($1, 'notice', 1, 'KR', '{}', 0, 'input', $2::text, 'kr-jcs', 'kr')`,
    officer,
  );
  // Everybody in the run was told of the item "ask", and nobody of "later".
  await write(`INSERT INTO run_acts (run_id, id, told_item, told_version, act)
    VALUES ($1, 'told', 'ask', 1, '{}'), ($1, 'untold', 'later', 1, '{}')`);
  await write(
    `INSERT INTO declarations (run_id, id, version, stage, declaration, stated_at, origin, told_item, told_version, created_by, desk, audience)
     VALUES ($1, 'told', 1, 'stated', '{}', 0, 'scenario', 'ask', 1, 'seed', NULL, 'control'),
       ($1, 'posed', 1, 'stated', '{}', 0, 'scenario', NULL, NULL, 'seed', NULL, 'control'),
       ($1, 'own', 1, 'stated', '{}', 0, 'input', 'later', 1, $2::text, 'kr-jcs', 'kr')`,
    officer,
  );
  await write(
    `INSERT INTO alerts (run_id, id, created_by, desk, audience) VALUES ($1, 'alert', $2::text, 'kr-jcs', 'kr')`,
    officer,
  );
  await write(
    `INSERT INTO alert_versions (run_id, id, version, identifier, msg_type, message, sent, sent_run_at, created_by)
     VALUES ($1::text, 'alert', 1, 'urn:' || $1::text, 'Alert', '{}', now(), 0, $2::text)`,
    officer,
  );
  await write(`INSERT INTO run_audiences (run_id, audience) VALUES ($1, 'kr')`);
  await write(
    `INSERT INTO alert_drafts (run_id, id, desk, audience, act, message, hash, authors, author_names, drafted_at)
     VALUES ($1, 'draft', 'kr-jcs', 'kr', 'alert', '{}', '', ARRAY[$2::text], ARRAY['x'], 0)`,
    PEOPLE.krDrafter.id,
  );
  await write(`INSERT INTO audit (who, role, action, run_id, detail) VALUES ('seed', 'seed', 'run.started', $1, '{}')`);
  for (const [audience, desk] of [...Object.entries(desks), ['control', undefined] as const]) {
    await write(`INSERT INTO run_audiences (run_id, audience) VALUES ($1, $2) ON CONFLICT DO NOTHING`, audience);
    await write(
      `INSERT INTO due_rows (run_id, due_at, item_id, audience, version, step, kind, origin, planned_at, created_run_at)
       VALUES ($1, 0, 'ask', $2, 1, 'deliver', 'inject', 'scenario', 0, 0)`,
      audience,
    );
    await write(
      `INSERT INTO feeds (run_id, audience, epoch, head_seq, head_hash) VALUES ($1, $2, 1, 1, '\\x00')`,
      audience,
    );
    await write(
      `INSERT INTO feed_items (run_id, audience, epoch, seq, kind, item_id, version, act, due_at, late, body, body_hash, chain_hash, real_at)
       VALUES ($1, $2, 1, 1, 'inject', 'ask', 1, 'alert', 0, false, '{}', '\\x00', '\\x00', now())`,
      audience,
    );
    await write(
      `INSERT INTO signed_heads (run_id, audience, epoch, seq, chain_hash, key_id, token, signed_at)
       VALUES ($1, $2, 1, 1, '\\x00', 'seed', '', now())`,
      audience,
    );
    await write(
      `INSERT INTO webhooks (id, run_id, audience, url, secret, epoch, seq, created_by)
       VALUES ($1 || ' ' || $2, $1, $2, '', 'secret', 1, 0, '')`,
      audience,
    );
    await write(`INSERT INTO webhook_deliveries (webhook_id, epoch, seq) VALUES ($1 || ' ' || $2, 1, 1)`, audience);
    await write(`INSERT INTO receipt_heads (run_id, audience, revision) VALUES ($1, $2, 0)`, audience);
    if (desk) {
      await seedDesk(write, audience, desk);
    }
  }
}

async function seedDesk(
  write: (sql: string, ...more: unknown[]) => Promise<object[]>,
  audience: string,
  desk: string,
): Promise<void> {
  await write(`INSERT INTO run_desks (run_id, desk, audience) VALUES ($1, $2, $3)`, desk, audience);
  await write(`INSERT INTO received (run_id, audience, desk, epoch, seq) VALUES ($1, $3, $2, 1, 1)`, desk, audience);
  await write(
    `INSERT INTO displays (run_id, audience, desk, epoch, kind, item_id, version) VALUES ($1, $3, $2, 1, 'inject', 'ask', 1)`,
    desk,
    audience,
  );
  await write(
    `INSERT INTO acknowledgements (run_id, audience, desk, epoch, kind, item_id, version, user_id, person, key)
     VALUES ($1, $3, $2, 1, 'inject', 'ask', 1, gen_random_uuid(), $2, 'seed')`,
    desk,
    audience,
  );
  await write(
    `INSERT INTO obligations (run_id, audience, desk, epoch, kind, item_id, version, rank, state, opened_at, display_by, acknowledge_by, revision)
     VALUES ($1, $3, $2, 1, 'inject', 'ask', 1, 1, 'open', 0, 0, 0, 0)`,
    desk,
    audience,
  );
  await write(
    `INSERT INTO join_codes (run_id, desk, code_hash, expires_at) VALUES ($1::text, $2::text, $1 || ' ' || $2, now())`,
    desk,
  );
  await write(
    `INSERT INTO responses (run_id, inject_id, audience, desk, epoch, user_id, key, body, answered_at, in_time)
     VALUES ($1, 'ask', $3, $2, 1, gen_random_uuid(), 'seed', '{}', 0, true)`,
    desk,
    audience,
  );
}
