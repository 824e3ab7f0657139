import { setTimeout as pause } from 'node:timers/promises';
import type { AlertIssued, AlertRequest } from '../src/core/wire/alert.js';
import type { Act, Sent } from './history.js';
import { Http, type HttpAnswer } from './http.js';
import { withMarker } from './markers.js';
import { oneOf, type Random } from './random.js';
import type { Tokens } from './tokens.js';

/** Longer than a pause of a process, so that what was only slow is not taken for lost. */
const ANSWER_MS = 10_000;
const RETRY_MS = 100;
/** Of the messages whose first try got no answer: those that are given up on, so that nobody knows what became of them. */
const GIVEN_UP = 0.3;
const SHARES = { secondVersion: 0.2, thirdVersion: 0.3, cancel: 0.3 };

interface PublisherOptions {
  readonly alerts: number;
  /** Messages a second, at most. */
  readonly rate: number;
  readonly concurrency: number;
  /** Where messages go, with the share of each; the shares make 1. */
  readonly runs: readonly { readonly run: string; readonly share: number; readonly audiences: readonly string[] }[];
  readonly usernames: readonly string[];
  readonly urls: readonly string[];
  readonly tokens: Tokens;
  readonly random: Random;
}

/** Puts alerts in, with updates and cancels, and notes what became of each. */
export class Publisher {
  readonly sent: Sent[] = [];
  /** Tries that got no answer, or one that the service could not do it just now, by what was said. */
  readonly failures: Record<string, number> = {};
  /** How long each answer took, in milliseconds. */
  readonly answeredMs: number[] = [];
  private readonly http = new Http(ANSWER_MS);
  private begun = 0;
  private threads = 0;
  private startedAt = 0;
  private endedAt = 0;
  private stopping = false;

  constructor(private readonly options: PublisherOptions) {}

  get done(): number {
    return this.sent.length;
  }

  /** From the first message to the last answer. */
  get acceptedPerS(): number {
    const accepted = this.sent.filter(({ outcome }) => outcome === 'accepted').length;
    return (accepted * 1_000) / Math.max(1, this.endedAt - this.startedAt);
  }

  /** Resolves when all have been sent, or `stop` was called. */
  async run(): Promise<void> {
    this.startedAt = Date.now();
    await Promise.all(Array.from({ length: this.options.concurrency }, () => this.work()));
    this.endedAt = Date.now();
    this.http.close();
  }

  stop(): void {
    this.stopping = true;
  }

  private async work(): Promise<void> {
    while (await this.mayBegin()) {
      await this.thread();
    }
  }

  /** Takes a place among the messages to send and waits for its turn; false when there is none left. */
  private async mayBegin(): Promise<boolean> {
    if (this.begun >= this.options.alerts || this.stopping) {
      return false;
    }
    const turn = (this.begun++ * 1_000) / this.options.rate;
    const waitMs = this.startedAt + turn - Date.now();
    if (waitMs > 0) {
      await pause(waitMs);
    }
    return true;
  }

  /** One alert, and what follows it on the same thread. Its first message has its place already. */
  private async thread(): Promise<void> {
    const { random, usernames } = this.options;
    const target = this.draw();
    const username = oneOf(random, usernames);
    const name = `${target.run.replace(/\W/g, '_')}.${(this.threads += 1)}`;
    const acts: Act[] = ['alert'];
    if (random() < SHARES.secondVersion) {
      acts.push('update', ...(random() < SHARES.thirdVersion ? (['update'] as const) : []));
    }
    if (random() < SHARES.cancel) {
      acts.push('cancel');
    }
    let id: string | undefined;
    for (const [index, act] of acts.entries()) {
      if (index > 0 && !(await this.mayBegin())) {
        return;
      }
      const version = index + 1;
      const { run, audiences } = target;
      const sent: Sent = { marker: `${name}.${version}`, run, act, version, audiences, outcome: 'unknown' };
      await this.put(sent, username, id);
      this.sent.push(sent);
      if (sent.outcome !== 'accepted') {
        return;
      }
      id = sent.id;
    }
  }

  private draw(): PublisherOptions['runs'][number] {
    let left = this.options.random();
    return this.options.runs.find(({ share }) => (left -= share) < 0) ?? this.options.runs[0]!;
  }

  /** Sends it with one key until it is answered, or gives it up. */
  private async put(sent: Sent, username: string, id: string | undefined): Promise<void> {
    const { random } = this.options;
    for (let tries = 0; ; tries += 1) {
      const answer = await this.try(sent, username, id);
      if (answer?.status === 201) {
        const { id: given, version } = answer.body as AlertIssued;
        Object.assign(sent, { outcome: 'accepted', id: given, answeredVersion: version });
        return;
      }
      if (answer && answer.status >= 400 && answer.status < 500 && answer.status !== 401) {
        // After a try without an answer the message may be there, whatever a later try was told.
        sent.outcome = tries === 0 ? 'refused' : 'unknown';
        sent.refusal = `${answer.status} ${JSON.stringify(answer.body)}`;
        return;
      }
      this.countFailure(answer);
      if (this.stopping || (tries === 0 && random() < GIVEN_UP)) {
        return;
      }
      await pause(RETRY_MS + random() * RETRY_MS * Math.min(tries, 10));
    }
  }

  private async try(sent: Sent, username: string, id: string | undefined): Promise<HttpAnswer | undefined> {
    const { urls, random, tokens } = this.options;
    const step = sent.act === 'alert' ? '' : `/${id}/${sent.act}`;
    const url = `${oneOf(random, urls)}/api/v1/alerts${step}?run=${encodeURIComponent(sent.run)}`;
    const begunAt = Date.now();
    try {
      const headers = { authorization: `Bearer ${await tokens.of(username)}`, 'idempotency-key': sent.marker };
      const answer = await this.http.send('POST', url, headers, bodyOf(sent));
      this.answeredMs.push(Date.now() - begunAt);
      return answer;
    } catch {
      return undefined;
    }
  }

  private countFailure(answer: HttpAnswer | undefined): void {
    const { code = String(answer?.status) } = (answer?.body ?? {}) as { code?: string };
    const reason = answer ? code : 'no answer';
    this.failures[reason] = (this.failures[reason] ?? 0) + 1;
  }
}

function bodyOf({ act, marker }: Sent): AlertRequest | Pick<AlertRequest, 'info'> {
  const info = [{ language: 'en-US', headline: withMarker(marker) }];
  return act === 'cancel'
    ? { info }
    : { event: 'Missile launch', urgency: 'Immediate', severity: 'Extreme', certainty: 'Observed', info };
}
