import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { serviceDataSource } from '../../src/platform/database/data-source.js';
import { PIPELINE, type Principal, type UserPrincipal } from '../../src/platform/database/principal.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { createTestDatabase, queryAsAdmin, type TestDatabase } from '../support/test-database.js';
import { LOGIN } from '../support/test-roles.js';
import { NOBODY, PEOPLE, seedTwoRuns } from '../support/two-runs.js';

/** Every table of the schema, with an expression that names its rows in these tests. */
const LABELS: Record<string, string> = {
  users: 'username',
  refresh_tokens: 'token_hash',
  idempotency_keys: 'key',
  audit: `run_id || ' ' || action`,
  runs: 'id',
  run_clocks: 'run_id',
  clock_segments: 'run_id',
  run_audiences: `run_id || ' ' || audience`,
  run_desks: `run_id || ' ' || desk`,
  run_items: 'run_id',
  due_rows: `run_id || ' ' || audience`,
  announcements: 'run_id',
  alerts: 'run_id',
  alert_versions: 'run_id',
  alert_drafts: `run_id || ' draft'`,
  feeds: `run_id || ' ' || audience`,
  feed_items: `run_id || ' ' || audience`,
  received: `run_id || ' ' || desk`,
  displays: `run_id || ' ' || desk`,
  acknowledgements: `run_id || ' ' || desk`,
  injects: 'run_id',
  branch_settings: 'run_id',
  responses: `run_id || ' ' || desk`,
  signing_keys: 'id',
  signed_heads: `run_id || ' ' || audience`,
  obligations: `run_id || ' ' || desk`,
  receipt_heads: `run_id || ' ' || audience`,
  installation: 'system_identifier',
  webhooks: 'id',
  webhook_deliveries: 'webhook_id',
  sources: 'id',
  relayed_documents: 'identifier',
  session_ends: 'owner::text',
  known_addresses: 'address_hash',
  api_keys: 'name',
  join_codes: 'code_hash',
  audit_links: 'seq::text',
  audit_checkpoints: 'seq::text',
  run_acts: `run_id || ' ' || id`,
  declarations: `run_id || ' ' || id`,
};
const TABLES = Object.keys(LABELS);
/** Answers of the database: the role has no right to the table at all; its policies refuse the row. */
const NO_RIGHT = /permission denied for table/;
const REFUSED = /row-level security policy/;

type Sight = Record<string, string[] | 'no right'>;

/** What the pipeline alone may read. */
const CLOSED = ['audit', 'installation', 'audit_links', 'audit_checkpoints'];
const nothing: Sight = {
  ...Object.fromEntries(TABLES.map((table) => [table, CLOSED.includes(table) ? 'no right' : []])),
  // Public keys are published, so that anybody can check a signature.
  signing_keys: ['seed'],
};

/** What a desk in run `a` sees that has put nothing into it. */
const jpDesk: Sight = {
  ...nothing,
  runs: ['a'],
  run_clocks: ['a'],
  run_audiences: ['a control', 'a jp', 'a kr'],
  run_desks: ['a jp-cas'],
  feeds: ['a jp'],
  feed_items: ['a jp'],
  received: ['a jp-cas'],
  displays: ['a jp-cas'],
  acknowledgements: ['a jp-cas'],
  injects: ['a'],
  responses: ['a jp-cas'],
  signed_heads: ['a jp'],
  obligations: ['a jp-cas'],
  receipt_heads: ['a jp'],
  run_acts: ['a told'],
  declarations: ['a told'],
};

/** What the desk sees that sent the alerts and announcements of both runs. */
const krDesk: Sight = {
  ...jpDesk,
  runs: ['a', 'b'],
  run_clocks: ['a', 'b'],
  run_audiences: ['a control', 'a jp', 'a kr', 'b control', 'b kr'],
  run_desks: ['a kr-jcs', 'b kr-jcs'],
  feeds: ['a kr', 'b kr'],
  feed_items: ['a kr', 'b kr'],
  received: ['a kr-jcs', 'b kr-jcs'],
  displays: ['a kr-jcs', 'b kr-jcs'],
  acknowledgements: ['a kr-jcs', 'b kr-jcs'],
  injects: ['a', 'b'],
  responses: ['a kr-jcs', 'b kr-jcs'],
  signed_heads: ['a kr', 'b kr'],
  obligations: ['a kr-jcs', 'b kr-jcs'],
  receipt_heads: ['a kr', 'b kr'],
  announcements: ['a', 'b'],
  alerts: ['a', 'b'],
  alert_versions: ['a', 'b'],
  run_acts: ['a told', 'b told'],
  declarations: ['a own', 'a told', 'b own', 'b told'],
};

const DRAFTS = ['a draft', 'b draft'];

const EVERYBODY = Object.values(PEOPLE).map(({ username }) => username).sort(); // prettier-ignore

/** Whoever sees these runs whole, accounts apart. */
function whole(runs: readonly string[]): Sight {
  const ofRuns = (...rows: string[]): string[] => rows.filter((row) => runs.includes(row.charAt(0)));
  const desks = ofRuns('a jp-cas', 'a kr-jcs', 'b kr-jcs');
  const audiences = ofRuns('a control', 'a jp', 'a kr', 'b control', 'b kr');
  const bySimple = Object.fromEntries(
    TABLES.filter((table) => LABELS[table] === 'run_id').map((table) => [table, [...runs]]),
  );
  return {
    ...nothing,
    ...bySimple,
    runs: [...runs],
    run_audiences: audiences,
    due_rows: audiences,
    feeds: audiences,
    feed_items: audiences,
    run_desks: desks,
    received: desks,
    displays: desks,
    acknowledgements: desks,
    responses: desks,
    signed_heads: audiences,
    obligations: desks,
    receipt_heads: audiences,
    webhooks: audiences,
    webhook_deliveries: audiences,
    join_codes: desks,
    run_acts: ofRuns('a told', 'a untold', 'b told', 'b untold'),
    declarations: ofRuns('a own', 'a posed', 'a told', 'b own', 'b posed', 'b told'),
  };
}

/** What belongs to the live watch; a controller who is limited to another run sees none of it. */
const ofLive: Sight = { sources: ['seed'], relayed_documents: ['seed'] };

/** What somebody sees of their own account. */
const own = (username: string): Sight => ({
  users: [username],
  refresh_tokens: [`token of ${username}`],
  idempotency_keys: [`of ${username}`],
  known_addresses: [`of ${username}`],
});
const ends = (...people: UserPrincipal[]): Sight => ({ session_ends: people.map(({ id }) => id) });

describe('row-level security', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let transactions: Transactions;

  beforeAll(async () => {
    database = await createTestDatabase();
    await seedTwoRuns(database);
    dataSource = await serviceDataSource(database.url).initialize();
    transactions = new Transactions(dataSource);
  });
  afterAll(async () => {
    await dataSource?.destroy();
    await database?.drop();
  });

  const ask = (principal: Principal, sql: string): Promise<Record<string, unknown>[]> =>
    transactions.run(principal, (tx) => tx.query<Record<string, unknown>>(sql));

  async function sightOf(principal: Principal): Promise<Sight> {
    const sight: Sight = {};
    for (const [table, label] of Object.entries(LABELS)) {
      const rows = await ask(principal, `SELECT ${label} AS label FROM ${table} ORDER BY ${label} COLLATE "C"`).catch(
        (error: Error) => {
          expect(error.message).toMatch(NO_RIGHT);
          return 'no right' as const;
        },
      );
      sight[table] = rows === 'no right' ? rows : rows.map((row) => String(row['label']));
    }
    return sight;
  }

  describe('of the schema', () => {
    it('is enabled and forced on every table but the list of migrations', async () => {
      const tables = await queryAsAdmin<{ relname: string; on: boolean; forced: boolean }>(
        database,
        `SELECT relname, relrowsecurity AS on, relforcerowsecurity AS forced FROM pg_class
         WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') ORDER BY relname`,
      );
      const unsecured = tables.filter(({ on, forced }) => !on || !forced).map(({ relname }) => relname);
      expect(unsecured).toEqual(['migrations']);
      // A table that is missing here would be missing in every test of this file.
      expect(tables.map(({ relname }) => relname).filter((name) => name !== 'migrations')).toEqual([...TABLES].sort());
    });

    it('cannot be passed by any role of the service', async () => {
      const roles = await queryAsAdmin<{ rolname: string }>(
        database,
        `SELECT rolname FROM pg_roles WHERE rolname IN ('triwatch_app', 'triwatch_pipeline', '${LOGIN}') AND (rolsuper OR rolbypassrls)`,
      );
      expect(roles).toEqual([]);
    });

    it('has a row in every table here, so that seeing none means something', async () => {
      for (const table of TABLES) {
        expect(await queryAsAdmin(database, `SELECT 1 FROM ${table}`)).not.toEqual([]);
      }
    });
  });

  describe('for the roles behind it', () => {
    async function countAs(url: string, table: string): Promise<number> {
      const client = new Client({ connectionString: url });
      await client.connect();
      try {
        return (await client.query(`SELECT 1 FROM ${table}`)).rows.length;
      } finally {
        await client.end();
      }
    }

    it.each(TABLES)('shows the owner none of %s, which it owns', async (table) => {
      expect(await countAs(database.ownerUrl, table)).toBe(0);
    });

    it.each(TABLES)('refuses %s to the login of the service outside a transaction of ours', async (table) => {
      await expect(countAs(database.url, table)).rejects.toThrow(NO_RIGHT);
    });
  });

  it.each<[string, Principal, Sight]>([
    ['nobody', NOBODY, nothing],
    ['an officer of JP', PEOPLE.jpOfficer, { ...jpDesk, ...own('jp-cas'), ...ends(PEOPLE.jpOfficer) }],
    ['an observer of JP', PEOPLE.jpObserver, { ...jpDesk, ...own('jp-watcher') }],
    [
      'an officer of KR, who sent the alerts',
      PEOPLE.krOfficer,
      { ...krDesk, ...own('kr-jcs'), ...ends(PEOPLE.krOfficer) },
    ],
    ['a drafter at that desk', PEOPLE.krDrafter, { ...krDesk, ...own('kr-drafter'), alert_drafts: DRAFTS }],
    ['an approver at that desk', PEOPLE.krApprover, { ...krDesk, ...own('kr-approver'), alert_drafts: DRAFTS }],
    [
      'a drafter of another party',
      { ...PEOPLE.jpOfficer, role: 'drafter' },
      { ...jpDesk, ...own('jp-cas'), ...ends(PEOPLE.jpOfficer) },
    ],
    [
      'an administrator',
      PEOPLE.administrator,
      {
        ...nothing,
        ...ofLive,
        ...own('chief'),
        ...ends(PEOPLE.jpOfficer, PEOPLE.krOfficer),
        users: EVERYBODY,
        api_keys: ['seed'],
      },
    ],
    [
      'an officer of a desk in no run',
      { ...PEOPLE.jpOfficer, desk: 'jp-mod' },
      { ...nothing, ...own('jp-cas'), ...ends(PEOPLE.jpOfficer) },
    ],
    [
      'an officer of KR who is limited to run b, as a player is',
      { ...PEOPLE.krOfficer, id: PEOPLE.controller.id, onlyRun: 'b' },
      {
        ...jpDesk,
        ...own('controller'),
        runs: ['b'],
        run_clocks: ['b'],
        run_audiences: ['b control', 'b kr'],
        run_desks: ['b kr-jcs'],
        feeds: ['b kr'],
        feed_items: ['b kr'],
        received: ['b kr-jcs'],
        displays: ['b kr-jcs'],
        acknowledgements: ['b kr-jcs'],
        injects: ['b'],
        responses: ['b kr-jcs'],
        signed_heads: ['b kr'],
        obligations: ['b kr-jcs'],
        receipt_heads: ['b kr'],
        announcements: ['b'],
        alerts: ['b'],
        alert_versions: ['b'],
        run_acts: ['b told'],
        declarations: ['b own', 'b told'],
      },
    ],
    ['a controller', PEOPLE.controller, { ...whole(['a', 'b']), ...ofLive, ...own('controller') }],
    ['a controller limited to run a', PEOPLE.limited, { ...whole(['a']), ...own('demo') }],
    [
      'the pipeline',
      PIPELINE,
      {
        ...whole(['a', 'b']),
        ...ofLive,
        audit: ['a run.started', 'b run.started'],
        installation: ['seed'],
        ...ends(PEOPLE.jpOfficer, PEOPLE.krOfficer),
        known_addresses: 'no right',
        api_keys: 'no right',
        join_codes: 'no right',
        audit_links: ['1'],
        audit_checkpoints: ['1'],
        users: 'no right',
        refresh_tokens: 'no right',
        idempotency_keys: 'no right',
        // What waits for approval is told to nobody, so that whoever tells cannot read it.
        alert_drafts: 'no right',
      },
    ],
    [
      'the administrator',
      { kind: 'administrator' },
      { ...nothing, ...ofLive, ...ends(PEOPLE.jpOfficer, PEOPLE.krOfficer), users: EVERYBODY, api_keys: ['seed'] },
    ],
    [
      'somebody signing in by name',
      { kind: 'sign-in', username: 'jp-cas' },
      { ...nothing, users: ['jp-cas'], known_addresses: ['of jp-cas'] },
    ],
    ['somebody with a key', { kind: 'sign-in', tokenHash: 'hash of a key' }, { ...nothing, api_keys: ['seed'] }],
    ['somebody with a join code', { kind: 'sign-in', tokenHash: 'a jp-cas' }, { ...nothing, join_codes: ['a jp-cas'] }],
    [
      'somebody with a refresh token',
      { kind: 'sign-in', tokenHash: 'token of jp-cas' },
      { ...nothing, users: ['jp-cas'], refresh_tokens: ['token of jp-cas'] },
    ],
  ])('shows %s exactly what is theirs', async (_, principal, sight) => {
    expect(await sightOf(principal)).toEqual(sight);
  });

  const receipt = (table: string, audience: string, desk: string): string =>
    ({
      received: `INSERT INTO received (run_id, audience, desk, epoch, seq) VALUES ('a', '${audience}', '${desk}', 2, 1)`,
      displays: `INSERT INTO displays (run_id, audience, desk, epoch, kind, item_id, version)
        VALUES ('a', '${audience}', '${desk}', 2, 'inject', 'ask', 1)`,
      acknowledgements: `INSERT INTO acknowledgements (run_id, audience, desk, epoch, kind, item_id, version, user_id, person, key)
        VALUES ('a', '${audience}', '${desk}', 2, 'inject', 'ask', 1, '${PEOPLE.jpOfficer.id}', 'x', 'new')`,
      responses: `INSERT INTO responses (run_id, inject_id, audience, desk, epoch, user_id, key, body, answered_at, in_time)
        VALUES ('a', 'ask', '${audience}', '${desk}', 2, '${PEOPLE.jpOfficer.id}', 'new', '{}', 0, true)`,
    })[table] ?? '';
  const item = (run: string, origin: string): string =>
    `INSERT INTO run_items (run_id, id, version, kind, act, origin, body, created_run_at)
     VALUES ('${run}', 'new', 1, 'alert', 'alert', '${origin}', '{}', 0)`;
  const due = (run: string, origin: string): string =>
    `INSERT INTO due_rows (run_id, due_at, item_id, audience, version, step, kind, origin, planned_at, created_run_at)
     VALUES ('${run}', 0, 'new', 'kr', 1, 'deliver', 'alert', '${origin}', 0, 0)`;
  const announcement = (run: string, origin: string, by: UserPrincipal = PEOPLE.jpOfficer, desk = 'jp-cas'): string =>
    `INSERT INTO announcements (run_id, id, version, by_party, terms, received_at, origin, created_by, desk, audience)
     VALUES ('${run}', 'new', 1, 'JP', '{}', 0, '${origin}', '${by.id}', '${desk}', 'jp')`;
  const declaration = (run: string, origin: string, by: UserPrincipal = PEOPLE.jpOfficer, desk = 'jp-cas'): string =>
    `INSERT INTO declarations (run_id, id, version, stage, declaration, stated_at, origin, created_by, desk, audience)
     VALUES ('${run}', 'new', 1, 'stated', '{}', 0, '${origin}', '${by.id}', '${desk}', 'jp')`;
  const alert = (run: string, by: string, desk = 'jp-cas', audience = 'jp'): string =>
    `INSERT INTO alerts (run_id, id, created_by, desk, audience) VALUES ('${run}', 'new', '${by}', '${desk}', '${audience}')`;
  const version = (by: string): string =>
    `INSERT INTO alert_versions (run_id, id, version, identifier, msg_type, message, sent, sent_run_at, created_by)
     VALUES ('a', 'alert', 2, 'urn:new', 'Update', '{}', now(), 0, '${by}')`;
  const run = (id: string, mode = 'exercise'): string =>
    `INSERT INTO runs (id, job, mode, arrangement, names, time_zone, created_by)
     VALUES ('${id}', 'exercise', '${mode}', 'as-it-was', '{}', 'UTC', 'x')`;
  const draft = (desk: string, audience: string, by: string): string =>
    `INSERT INTO alert_drafts (run_id, id, desk, audience, act, message, hash, authors, author_names, drafted_at)
     VALUES ('a', 'new', '${desk}', '${audience}', 'alert', '{}', '', ARRAY['${by}'], ARRAY['x'], 0)`;
  const proposal = (by: string): string =>
    `INSERT INTO sources (id, url, sender, party, names, languages, as_test, interval_s, proposed_by)
     VALUES ('new', '', '', 'KR', '{}', '{}', true, 60, '${by}')`;
  const approval = (by: string): string => `UPDATE alert_drafts SET state = 'approved', decided_by = '${by}'`;
  const { jpOfficer, jpObserver, krOfficer, krDrafter, krApprover, controller, limited } = PEOPLE;

  /** What is tried inside a transaction that is rolled back whatever comes of it. */
  async function attempt(principal: Principal, sql: string): Promise<void> {
    const undo = new Error('undo');
    await transactions
      .run(principal, async (tx) => {
        await tx.query(sql);
        throw undo;
      })
      .catch((error: unknown) => {
        if (error !== undo) {
          throw error;
        }
      });
  }

  it.each<[string, Principal, string]>([
    ['a receipt of another desk', jpOfficer, receipt('received', 'kr', 'kr-jcs')],
    ['a display of another desk', jpOfficer, receipt('displays', 'kr', 'kr-jcs')],
    ['an acknowledgement of another desk', jpOfficer, receipt('acknowledgements', 'kr', 'kr-jcs')],
    ['an answer of another desk', jpOfficer, receipt('responses', 'kr', 'kr-jcs')],
    ['an acknowledgement of another desk of its party', jpOfficer, receipt('acknowledgements', 'jp', 'jp-mod')],
    ['its receipt in the feed of another', jpOfficer, receipt('displays', 'kr', 'jp-cas')],
    ['a receipt, being the controller', controller, receipt('displays', 'jp', 'jp-cas')],
    ['an item as the scenario', jpOfficer, item('a', 'scenario')],
    ['an item as derived', jpOfficer, item('a', 'derived')],
    ['an item in a run of others', jpOfficer, item('b', 'input')],
    ['a due row as the scenario', jpOfficer, due('a', 'scenario')],
    ['a due row in a run of others', jpOfficer, due('b', 'input')],
    ['a notice as the scenario', jpOfficer, announcement('a', 'scenario')],
    ['a notice in a run of others', jpOfficer, announcement('b', 'input')],
    ['a notice in the name of another', jpOfficer, announcement('a', 'input', krOfficer)],
    ['a notice of a desk of its party', jpOfficer, announcement('a', 'input', jpOfficer, 'jp-mod')],
    ['a notice, being an observer', jpObserver, announcement('a', 'input', jpObserver)],
    ['an act of the log, being a desk', jpOfficer, `INSERT INTO run_acts (run_id, id, told_item, told_version, act) VALUES ('a', 'new', 'ask', 1, '{}')`],
    ['a declaration as the scenario', jpOfficer, declaration('a', 'scenario')],
    ['a declaration in a run of others', jpOfficer, declaration('b', 'input')],
    ['a declaration in the name of another', jpOfficer, declaration('a', 'input', krOfficer)],
    ['a declaration of a desk of its party', jpOfficer, declaration('a', 'input', jpOfficer, 'jp-mod')],
    ['a declaration, being an observer', jpObserver, declaration('a', 'input', jpObserver)],
    ['an alert in the name of another', jpOfficer, alert('a', krOfficer.id)],
    ['an alert in a run of others', jpOfficer, alert('b', jpOfficer.id)],
    ['an alert of another desk', jpOfficer, alert('a', jpOfficer.id, 'kr-jcs', 'kr')],
    ['an alert of a desk of its party', jpOfficer, alert('a', jpOfficer.id, 'jp-mod')],
    ['an alert in the name of another party', jpOfficer, alert('a', jpOfficer.id, 'jp-cas', 'kr')],
    ['an alert, being an observer', jpObserver, alert('a', jpObserver.id)],
    ['a version of an alert of another party', jpOfficer, version(jpOfficer.id)],
    ['a run, being a desk', jpOfficer, run('c')],
    ['a run that is actual, being a controller', controller, run('c', 'actual')],
    ['a run, being limited to another', limited, run('c')],
    ['a draft of another desk', krDrafter, draft('jp-cas', 'kr', krDrafter.id)],
    ['a draft in the name of another', krDrafter, draft('kr-jcs', 'kr', krOfficer.id)],
    ['a draft, being an officer', krOfficer, draft('kr-jcs', 'kr', krOfficer.id)],
    ['an approval of what it drafted', { ...krApprover, id: krDrafter.id }, approval(krDrafter.id)],
    ['an approval in the name of another', krApprover, approval(krOfficer.id)],
    ['an approval, being a drafter', { ...krDrafter, id: krOfficer.id }, approval(krOfficer.id)],
    ['an item in a run, being limited to another', limited, item('b', 'input')],
    ['an account, being a controller', controller, `INSERT INTO users (username, display_name, role, password_hash) VALUES ('x', 'x', 'controller', 'x')`],
    ['a refresh token of another', { kind: 'sign-in', userId: jpOfficer.id }, `INSERT INTO refresh_tokens (token_hash, user_id, family, expires_at) VALUES ('x', '${krOfficer.id}', '${krOfficer.id}', now())`],
    ['an end of the sessions of another', jpOfficer, `INSERT INTO session_ends (subject, owner) VALUES (gen_random_uuid(), '${krOfficer.id}')`],
    ['a key, being a controller', controller, `INSERT INTO api_keys (name, prefix, key_hash, desk, scopes, created_by, expires_at) VALUES ('x', 'x', 'x', 'x', '{feeds:read}', 'x', now())`],
    ['a join code, being a desk', jpOfficer, `INSERT INTO join_codes (run_id, desk, code_hash, expires_at) VALUES ('a', 'jp-cas', 'x', now())`],
    ['a source, being a controller', controller, proposal(controller.id)],
    ['a source in the name of another', PEOPLE.administrator, proposal(controller.id)],
    ['trust in a source, being a controller', controller, `UPDATE sources SET state = 'trusted', approved_by = '${controller.id}'`],
    ['trust in a source in the name of another', PEOPLE.administrator, `UPDATE sources SET state = 'trusted', approved_by = '${controller.id}'`],
    ['an idempotency key of another', jpOfficer, `INSERT INTO idempotency_keys (user_id, key, request_hash) VALUES ('${krOfficer.id}', 'x', '')`],
  ])('lets nobody write %s', async (_, principal, sql) => {
    await expect(attempt(principal, sql)).rejects.toThrow(REFUSED);
  }); // prettier-ignore

  it.each<[string, Principal, string]>([
    ['an item of a feed, being a desk', jpOfficer, `INSERT INTO feed_items SELECT * FROM feed_items`],
    ['an item of a feed, being a controller', controller, `INSERT INTO feed_items SELECT * FROM feed_items`],
    ['an item of a feed away', controller, 'DELETE FROM feed_items'],
    ['an acknowledgement anew', jpOfficer, `UPDATE acknowledgements SET person = 'x'`],
    ['an answer anew', jpOfficer, `UPDATE responses SET in_time = true`],
    ['a draft, being the pipeline', PIPELINE, `UPDATE alert_drafts SET state = 'approved'`],
    ['the seed of a run anew', controller, 'UPDATE runs SET seed = 2'],
    ['the record anew, being a controller', controller, `UPDATE audit SET who = 'x'`],
    ['the record away, being a controller', controller, 'DELETE FROM audit'],
    ['the record anew, being the pipeline', PIPELINE, `UPDATE audit SET who = 'x'`],
    ['the record away, being the pipeline', PIPELINE, 'DELETE FROM audit'],
    ['the record away at a stroke', PIPELINE, 'TRUNCATE audit'],
    ['a link of the record anew', PIPELINE, `UPDATE audit_links SET content_hash = ''`],
    ['a link of the record away', PIPELINE, 'DELETE FROM audit_links'],
    ['a checkpoint away', PIPELINE, 'DELETE FROM audit_checkpoints'],
    ['a link of the record, being a controller', controller, `INSERT INTO audit_links VALUES (2, 2, '', '', now())`],
    ['an account, being the pipeline', PIPELINE, `UPDATE users SET role = 'controller'`],
  ])('gives nobody the right to write %s', async (_, principal, sql) => {
    await expect(attempt(principal, sql)).rejects.toThrow(NO_RIGHT);
  });

  it.each<[string, Principal, string]>([
    ['its own role', jpOfficer, `UPDATE users SET role = 'controller' RETURNING 1`],
    ['a declaration that it was told of', jpOfficer, `UPDATE declarations SET void = true RETURNING 1`],
    ['the head of its feed', jpOfficer, 'UPDATE feeds SET head_seq = 9 RETURNING 1'],
    ['the schedule', jpOfficer, `UPDATE due_rows SET state = 'void' RETURNING 1`],
    ['the schedule away', jpOfficer, 'DELETE FROM due_rows RETURNING 1'],
    ['the cursor of another desk', jpOfficer, `UPDATE received SET seq = 9 WHERE desk = 'kr-jcs' RETURNING 1`],
    ['the clock of another run', limited, `UPDATE run_clocks SET speed = 9 WHERE run_id = 'b' RETURNING 1`],
  ])('finds no row where somebody would write %s', async (_, principal, sql) => {
    expect(await ask(principal, sql)).toEqual([]);
  });

  it('shows the pipeline no more of an account than the rights of whoever owns an active webhook', async () => {
    const rights = 'SELECT id, active, role, desk FROM users';
    expect(await ask(PIPELINE, rights)).toEqual([]);
    const own = (to: string): Promise<object[]> =>
      queryAsAdmin(database, `UPDATE webhooks SET created_by = $1 WHERE id = 'a jp'`, [to]);
    await own(jpOfficer.id);
    expect(await ask(PIPELINE, rights)).toEqual([{ id: jpOfficer.id, active: true, role: 'officer', desk: 'jp-cas' }]);
    await expect(ask(PIPELINE, 'SELECT password_hash FROM users')).rejects.toThrow(NO_RIGHT);
    await own('');
  });

  it('shows a desk the clock of its run and lets it change nothing', async () => {
    // It sees its run's clock, and no row of it to change.
    expect(await ask(jpOfficer, 'UPDATE run_clocks SET speed = 9 RETURNING 1')).toEqual([]);
    expect(await ask(jpOfficer, 'SELECT run_id FROM run_clocks')).toEqual([{ run_id: 'a' }]);
  });

  it.each<[string, Principal, string]>([
    ['a receipt of its own', jpOfficer, receipt('displays', 'jp', 'jp-cas')],
    ['a receipt of its desk, being an observer', jpObserver, receipt('displays', 'jp', 'jp-cas')],
    ['an acknowledgement of its own', jpOfficer, receipt('acknowledgements', 'jp', 'jp-cas')],
    ['a declaration of its own', jpOfficer, declaration('a', 'input')],
    ['an alert of its own', jpOfficer, alert('a', jpOfficer.id)],
    ['a version of an alert of its desk that another sent', krDrafter, version(krDrafter.id)],
    ['a run, being a controller', controller, run('c')],
    ['a draft', krDrafter, draft('kr-jcs', 'kr', krDrafter.id)],
    ['an approval of what another drafted', krApprover, approval(krApprover.id)],
    ['a source, being an administrator', PEOPLE.administrator, proposal(PEOPLE.administrator.id)],
    [
      'trust in a source of another',
      PEOPLE.administrator,
      `UPDATE sources SET state = 'trusted', approved_by = '${PEOPLE.administrator.id}'`,
    ],
  ])('lets somebody write %s', async (_, principal, sql) => {
    await expect(attempt(principal, sql)).resolves.toBeUndefined();
  });

  it('lets a desk put in an item and add to the record, which it then may not read', async () => {
    await ask(jpOfficer, item('a', 'input'));
    await transactions.run(jpOfficer, async () => undefined, { action: 'test.done', run: 'a' });
    expect(await ask(jpOfficer, 'SELECT id FROM run_items')).toEqual([]);
    await expect(ask(jpOfficer, 'SELECT 1 FROM audit')).rejects.toThrow(NO_RIGHT);
    const written = await queryAsAdmin(
      database,
      `DELETE FROM audit WHERE action = 'test.done' RETURNING who, role, run_id`,
    );
    expect(written).toEqual([{ who: 'jp-cas', role: 'officer', run_id: 'a' }]);
    await queryAsAdmin(database, `DELETE FROM run_items WHERE id = 'new'`);
  });

  it.each(['committed', 'rolled back'])(
    'leaves nothing of a transaction that was %s on its connection',
    async (end) => {
      const session = `SELECT pg_backend_pid() AS pid, current_user::text AS "user", current_setting('triwatch.role', true) AS role,
      current_setting('triwatch.desk', true) AS desk, current_setting('triwatch.only_run', true) AS run`;
      const inside: Record<string, unknown>[] = [];
      await transactions
        .run({ ...limited, desk: 'jp-cas' }, async (tx) => {
          inside.push(...(await tx.query<Record<string, unknown>>(session)));
          if (end === 'rolled back') {
            throw new Error('undo');
          }
        })
        .catch(() => undefined);
      expect(inside).toEqual([{ pid: expect.any(Number) as unknown, user: 'triwatch_app', role: 'controller', desk: 'jp-cas', run: 'a' }]); // prettier-ignore
      // The pool hands out the connection that came back last.
      expect(await dataSource.query(session)).toEqual([
        { pid: inside[0]?.['pid'], user: LOGIN, role: '', desk: '', run: '' },
      ]);
      expect(
        await ask(NOBODY, `${session.replace('SELECT', 'SELECT (SELECT count(*)::int FROM runs) AS runs,')}`),
      ).toEqual([{ runs: 0, pid: inside[0]?.['pid'], user: 'triwatch_app', role: '', desk: '', run: '' }]);
    },
  );
});
