import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Cursor } from '../../src/core/wire/feed.js';
import type { WebhookMessage, WebhookSecret } from '../../src/core/wire/webhook.js';
import { Client } from './client.js';
import { readItem, type FeedReader, type ReadItem, type ReaderOptions } from './feed-reader.js';

/** A receiver that checks every signature and keeps what it took, doubles by id left out. */
export class WebhookReceiver implements FeedReader {
  readonly items: ReadItem[] = [];
  readonly resets: Cursor[] = [];
  /** Of every request, in order, also of those that were not taken. */
  readonly ids: string[] = [];
  /** Answers with this status instead of taking a message; may also fail to answer. */
  refuse: (id: string) => number | 'silence' | undefined = () => undefined;
  secret = '';
  id = '';
  private readonly taken = new Set<string>();

  private constructor(private readonly server: Server) {}

  static async start(): Promise<WebhookReceiver> {
    const receiver: WebhookReceiver = new WebhookReceiver(
      createServer((request, response) => {
        void receiver.take(request).then((status) => {
          if (status !== 'silence') {
            response.writeHead(status).end();
          }
        });
      }),
    );
    await new Promise<void>((resolve) => receiver.server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  /** Starts a receiver and registers it. Rejects with the `code` of a refusal. */
  static async open(url: string, { token, run, audience, cursor }: ReaderOptions): Promise<WebhookReceiver> {
    const receiver = await WebhookReceiver.start();
    const client = Client.withToken(url, token);
    const { status, body } = await client.post<WebhookSecret & { code?: string }>('/webhooks', {
      url: receiver.url,
      run,
      audience,
      after: cursor ?? { epoch: 1, seq: 0 },
    });
    if (status !== 201) {
      await receiver.stop();
      throw Object.assign(new Error(`refused: ${body.code}`), { code: body.code, status });
    }
    Object.assign(receiver, { id: body.id, secret: body.secret });
    receiver.close = async () => {
      await client.post(`/webhooks/${body.id}/disable`);
      await receiver.stop();
    };
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hook?key=hidden`;
  }

  close = (): Promise<void> => this.stop();

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async take(request: IncomingMessage): Promise<number | 'silence'> {
    const body = await text(request);
    const id = String(request.headers['webhook-id']);
    this.ids.push(id);
    if (!this.isSigned(request, body)) {
      return 401;
    }
    const refusal = this.refuse(id);
    if (refusal !== undefined) {
      return refusal;
    }
    if (!this.taken.has(id)) {
      this.taken.add(id);
      this.keep(JSON.parse(body) as WebhookMessage);
    }
    return 204;
  }

  private keep(message: WebhookMessage): void {
    if (message.type === 'reset') {
      this.resets.push({ epoch: message.data.epoch, seq: message.data.seq });
    } else {
      this.items.push(readItem(message.data.item, message.data.epoch));
    }
  }

  /** As docs/feeds.md tells a receiver to. */
  private isSigned({ headers }: IncomingMessage, body: string): boolean {
    const key = Buffer.from(this.secret.replace('whsec_', ''), 'base64');
    const [id, timestamp] = [headers['webhook-id'], headers['webhook-timestamp']].map(String);
    const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
    const recent = Math.abs(Date.now() / 1000 - Number(timestamp)) < 300;
    return recent && String(headers['webhook-signature']).split(' ').includes(`v1,${expected}`);
  }
}
