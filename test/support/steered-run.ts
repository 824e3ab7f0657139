import type { ClockAnswer, ClockRequest } from '../../src/core/wire/clock.js';
import type { Ack } from '../../src/core/wire/desk-events.js';
import type { FeedItem } from '../../src/core/wire/feed.js';
import type { InjectView } from '../../src/core/wire/inject.js';
import type { Report } from '../../src/core/wire/report.js';
import { Client } from './client.js';
import { DeskSocket } from './desk-socket.js';
import { eventually } from './eventually.js';
import type { TestApp } from './test-app.js';
import { queryAsAdmin } from './test-database.js';

/** A run whose clock stands still unless the test moves it, with what control and the desks do in it. */
export class SteeredRun {
  private answers = 0;

  private constructor(
    private readonly service: TestApp,
    readonly control: Client,
    readonly id: string,
  ) {}

  static async start(service: TestApp, scenario: string, speed = 60): Promise<SteeredRun> {
    const control = await Client.signIn(service.url, 'controller');
    const { status, body } = await control.post<{ id: string }>('/runs', { scenario, speed, paused: true });
    expect({ status, body }).toMatchObject({ status: 201 });
    return new SteeredRun(service, control, body.id);
  }

  async clock(request: ClockRequest): Promise<ClockAnswer> {
    const { status, body } = await this.control.post<ClockAnswer>(`/runs/${this.id}/clock`, request);
    expect({ status, body }).toMatchObject({ status: 200 });
    return body;
  }

  /** Moves the clock of a run that stands still, and waits until everything due there is told. */
  async jump(to: string, items: ClockRequest['items'] = 'send'): Promise<NonNullable<ClockAnswer['plan']>> {
    const { plan } = await this.clock({ action: 'jump', to, items });
    await this.settled();
    return plan!;
  }

  /** Waits until nothing that is due where the clock stands is left to be told. */
  async settled(): Promise<void> {
    await eventually('what is due is told', async () => {
      const [row] = await queryAsAdmin<{ open: number }>(
        this.service.database,
        `SELECT count(*)::int AS open FROM due_rows d JOIN run_clocks c USING (run_id)
         WHERE run_id = $1 AND d.state = 'pending' AND d.due_at <= c.run_at`,
        [this.id],
      );
      return row?.open === 0;
    });
  }

  /** Plays to the end as fast as there is. */
  async playToEnd(): Promise<void> {
    await this.clock({ action: 'speed', speed: 3600 });
    await this.clock({ action: 'play' });
    await this.whenOver();
  }

  async whenOver(): Promise<void> {
    await eventually('the run ends', async () => (await this.view()).clock.state === 'ended', 60_000);
  }

  async view(): Promise<{ clock: { state: string }; digest?: string }> {
    return (await this.control.get<{ clock: { state: string }; digest?: string }>(`/runs/${this.id}`)).body;
  }

  /** What an audience was told in the present epoch. */
  async feed(audience: string): Promise<FeedItem[]> {
    return (await this.control.get<{ items: FeedItem[] }>(`/runs/${this.id}/feeds/${audience}/items?limit=500`)).body
      .items;
  }

  async send(inject: string): Promise<void> {
    expect((await this.control.post(`/runs/${this.id}/injects/${inject}/send`)).status).toBe(200);
    await this.settled();
  }

  /** What a desk says to an inject; the answer says how it was taken. */
  async answer(desk: string, inject: string): Promise<Ack> {
    const { token } = await Client.signIn(this.service.url, desk);
    const socket = await DeskSocket.open(this.service.url, { token, run: this.id, desk });
    this.answers += 1;
    const ack = await socket.send('respond', { inject, body: { decision: 'Hold.' }, key: `answer ${this.answers}` });
    socket.close();
    await this.settled();
    return ack;
  }

  async inject(id: string): Promise<InjectView | undefined> {
    return (await this.control.get<InjectView[]>(`/runs/${this.id}/injects`)).body.find((inject) => inject.id === id);
  }

  async report(): Promise<Report> {
    return (await this.control.get<Report>(`/runs/${this.id}/report`)).body;
  }

  /** How an inject ended for each audience, by the report. */
  async outcomes(inject: string): Promise<Record<string, string>> {
    const { injects } = await this.report();
    const deliveries = injects.find(({ id }) => id === inject)?.deliveries ?? [];
    return Object.fromEntries(deliveries.map(({ audience, outcome }) => [audience, outcome]));
  }
}
