import { Agent, request } from 'node:http';

export interface HttpAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** A plain client on connections that are kept: `fetch` would cost more than the service under test. */
export class Http {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 64 });

  constructor(private readonly timeoutMs: number) {}

  /** Rejects when there is no whole answer in time. */
  send(method: string, url: string, headers: Record<string, string>, body?: unknown): Promise<HttpAnswer> {
    const text = body === undefined ? '' : JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const sent = request(
        url,
        {
          method,
          agent: this.agent,
          headers: {
            ...headers,
            ...(text ? { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) } : {}),
          },
        },
        (answer) => {
          const chunks: Buffer[] = [];
          answer.on('data', (chunk: Buffer) => chunks.push(chunk));
          answer.once('error', reject);
          answer.once('close', () => reject(new Error('The answer was cut.')));
          answer.once('end', () => {
            clearTimeout(timer);
            try {
              const whole = Buffer.concat(chunks).toString();
              resolve({ status: answer.statusCode ?? 0, body: whole === '' ? undefined : JSON.parse(whole) });
            } catch (error) {
              reject(error as Error);
            }
          });
        },
      );
      const timer = setTimeout(() => sent.destroy(new Error('No answer in time.')), this.timeoutMs);
      sent.once('error', reject);
      sent.once('close', () => clearTimeout(timer));
      sent.end(text);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}
