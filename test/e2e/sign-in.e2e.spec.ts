import { request } from 'node:http';
import type { TokenPair } from '../../src/core/wire/session.js';
import { SignInService } from '../../src/modules/parties/sign-in.service.js';
import { Client, type Answer } from '../support/client.js';
import { DEMO_PASSWORD, startTestApp, type TestApp } from '../support/test-app.js';
import { queryAsAdmin } from '../support/test-database.js';

const HOURS_12 = 12 * 60 * 60;

describe('signing in', () => {
  let service: TestApp;

  beforeAll(async () => {
    service = await startTestApp({ work: false });
  });
  afterAll(() => service.stop());

  /** Signs in from an address of loopback of its own, as if from another machine. */
  const signInFrom = (localAddress: string, username: string, password: string): Promise<number> =>
    new Promise((resolve, reject) => {
      const sent = request(
        `${service.url}/api/v1/auth/token`,
        { method: 'POST', localAddress, agent: false, headers: { 'content-type': 'application/json' } },
        (response) => {
          response.resume();
          response.on('end', () => resolve(response.statusCode ?? 0));
        },
      );
      sent.on('error', reject);
      sent.end(JSON.stringify({ username, password }));
    });

  const nobody = (): Client => Client.withToken(service.url, '');
  const signIn = async (username: string, password = DEMO_PASSWORD): Promise<TokenPair> =>
    (await nobody().post<TokenPair & Record<string, unknown>>('/auth/token', { username, password })).body;
  const refresh = ({ refreshToken }: TokenPair): Promise<Answer<TokenPair>> =>
    nobody().post<TokenPair>('/auth/refresh', { refreshToken });
  const sql = <Row extends object>(text: string, username: string): Promise<Row[]> =>
    queryAsAdmin<Row>(service.database, `${text} WHERE user_id = (SELECT id FROM users WHERE username = $1)`, [
      username,
    ]);
  const save = (account: {
    username: string;
    password: string;
    role?: 'officer' | 'observer';
    desk?: string;
  }): Promise<void> =>
    service.app
      .get(SignInService)
      .saveAccounts([{ displayName: 'Somebody', role: 'officer', desk: 'jp-cas', ...account }]);

  describe('with wrong passwords', () => {
    it('is over for an address after ten, also when they come at once, and not for the desk at its own', async () => {
      const guesses = await Promise.all(
        Array.from({ length: 40 }, (_, index) => signInFrom('127.0.0.2', 'kr-jcs', `guess ${index}`)),
      );
      expect(guesses.filter((status) => status === 401)).toHaveLength(10);
      expect(guesses.filter((status) => status === 429)).toHaveLength(30);
      expect(await signInFrom('127.0.0.2', 'kr-jcs', DEMO_PASSWORD)).toBe(429);
      expect(await signInFrom('127.0.0.3', 'kr-jcs', DEMO_PASSWORD)).toBe(200);
    });

    it('tells no more of a name that is not there', async () => {
      const attempts = [];
      for (let index = 0; index < 11; index++) {
        attempts.push(await signInFrom('127.0.0.2', 'nobody-at-all', `guess ${index}`));
      }
      expect(attempts).toEqual([...Array<number>(10).fill(401), 429]);
    });
  });

  describe('begins a session', () => {
    it('that ends twelve hours later, however often it is refreshed', async () => {
      let pair = await signIn('jp-mod');
      // Three hours later, as far as the session can tell.
      await sql(`UPDATE refresh_tokens SET expires_at = expires_at - interval '3 hours'`, 'jp-mod');
      for (let times = 0; times < 3; times++) {
        pair = (await refresh(pair)).body;
        expect(pair.expiresIn).toBe(15 * 60);
      }
      const ends = await sql<{ left: number }>(
        'SELECT extract(epoch FROM expires_at - clock_timestamp())::float8 AS left FROM refresh_tokens',
        'jp-mod',
      );
      expect(ends).toHaveLength(4);
      for (const { left } of ends) {
        expect(left).toBeLessThanOrEqual(HOURS_12 - 3 * 3600);
      }

      await sql(`UPDATE refresh_tokens SET expires_at = clock_timestamp() + interval '90 seconds'`, 'jp-mod');
      const last = await refresh(pair);
      expect(last.status).toBe(200);
      expect(last.body.expiresIn).toBeLessThanOrEqual(90);

      await sql(`UPDATE refresh_tokens SET expires_at = clock_timestamp() - interval '1 second'`, 'jp-mod');
      expect(await refresh(last.body)).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } });
      expect((await sql('SELECT 1 FROM refresh_tokens', 'jp-mod')).length).toBeGreaterThan(1);
      // The next sign-in clears away what has ended.
      await signIn('jp-mod');
      expect(await sql('SELECT 1 FROM refresh_tokens', 'jp-mod')).toHaveLength(1);
    });

    it('that ends, with all that came of it, when a refresh token comes back long after its use', async () => {
      const first = await signIn('kr-mois');
      const other = await signIn('kr-mois');
      const second = (await refresh(first)).body;
      // Within half a minute an answer may have been lost on its way.
      expect((await refresh(first)).status).toBe(200);
      await sql(`UPDATE refresh_tokens SET used_at = used_at - interval '31 seconds'`, 'kr-mois');
      expect((await refresh(first)).status).toBe(401);
      expect((await refresh(second)).status).toBe(401);
      expect((await refresh(other)).status).toBe(200);
    });

    it.each([
      ['another password', { password: 'another password of theirs' }],
      ['another role', { role: 'observer' as const }],
      ['another desk', { desk: 'jp-mod' }],
    ])('that ends with %s', async (what, change) => {
      const account = { username: `person with ${what}`, password: DEMO_PASSWORD };
      await save(account);
      const before = await signIn(account.username);
      const changed = { ...account, ...change };
      await save(changed);
      expect(await refresh(before)).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } });
      expect((await refresh(await signIn(account.username, changed.password))).status).toBe(200);
    });

    it('that goes on when the account is saved as it was', async () => {
      const account = { username: 'the same person', password: DEMO_PASSWORD };
      await save(account);
      const before = await signIn(account.username);
      await save(account);
      expect((await refresh(before)).status).toBe(200);
    });
  });
});
