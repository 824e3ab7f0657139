/** Well before an access token ends, after 15 minutes. */
const YOUNG_MS = 8 * 60_000;

/** Access tokens of the people of a run, kept while they are young. */
export class Tokens {
  private readonly known = new Map<string, { token: string; at: number }>();
  private readonly asked = new Map<string, Promise<string>>();

  /** `urls` of the nodes; any of them signs anybody in. */
  constructor(
    private readonly urls: readonly string[],
    private readonly password: string,
  ) {}

  /** Throws when no node signs the person in. */
  async of(username: string): Promise<string> {
    const known = this.known.get(username);
    if (known && Date.now() - known.at < YOUNG_MS) {
      return known.token;
    }
    let asked = this.asked.get(username);
    if (!asked) {
      asked = this.signIn(username).finally(() => this.asked.delete(username));
      this.asked.set(username, asked);
    }
    return asked;
  }

  private async signIn(username: string): Promise<string> {
    let reason: unknown;
    for (const url of this.urls) {
      try {
        const response = await fetch(`${url}/api/v1/auth/token`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ username, password: this.password }),
          signal: AbortSignal.timeout(5_000),
        });
        if (response.ok) {
          const { accessToken } = (await response.json()) as { accessToken: string };
          this.known.set(username, { token: accessToken, at: Date.now() });
          return accessToken;
        }
        reason = await response.text();
      } catch (error) {
        reason = error;
      }
    }
    throw new Error(`Nobody could sign ${username} in.`, { cause: reason });
  }
}
