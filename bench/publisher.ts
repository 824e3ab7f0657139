import { Agent, request } from 'node:http';
import { ACCEPTED_HEADER } from './servers/http.js';
import { nowMs } from './time.js';

const BUSY = 503;

/** Where and how alerts are posted to a system. */
export interface Target {
  /** Taken in turn. */
  ports: number[];
  path: string;
  headers: Record<string, string>;
}

/** The three moments of a post, in milliseconds of the monotonic clock. */
export interface Posted {
  sentAt: number;
  /** When the server says that it had accepted it; a server that does not say has done so when its answer is here. */
  acceptedAt: number;
  answeredAt: number;
  /** True for one that the server refused as too busy; what became of it is unknown. */
  refused: boolean;
}

/** Posts alerts over kept connections. */
export class Publisher {
  private readonly agent: Agent;
  private next = 0;

  constructor(
    private readonly target: Target,
    concurrency: number,
  ) {
    this.agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  }

  post(alert: string): Promise<Posted> {
    const { ports, path, headers } = this.target;
    const port = ports[this.next % ports.length];
    this.next += 1;
    return new Promise((resolve, reject) => {
      const sentAt = nowMs();
      const sending = request(
        {
          host: '127.0.0.1',
          port,
          path,
          method: 'POST',
          agent: this.agent,
          headers: { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(alert) },
        },
        (response) => {
          const answeredAt = nowMs();
          const parts: Buffer[] = [];
          response.on('data', (part: Buffer) => parts.push(part));
          response.on('error', reject);
          response.on('end', () => {
            const refused = response.statusCode === BUSY;
            if (!refused && response.statusCode !== 201) {
              reject(
                new Error(`An alert was answered with ${response.statusCode}: ${Buffer.concat(parts).toString()}`),
              );
              return;
            }
            const said = response.headers[ACCEPTED_HEADER];
            resolve({ sentAt, answeredAt, acceptedAt: said === undefined ? answeredAt : Number(said) / 1e6, refused });
          });
        },
      );
      sending.on('error', reject);
      sending.end(alert);
    });
  }

  /** Posts what `make` makes of 0, 1, 2 and so on, so many at once, until it makes nothing more. */
  async postAll(make: (index: number) => string | undefined, concurrency: number): Promise<Posted[]> {
    const posted: Posted[] = [];
    let next = 0;
    const work = async (): Promise<void> => {
      for (let index = next++, alert = make(index); alert !== undefined; index = next++, alert = make(index)) {
        posted[index] = await this.post(alert);
      }
    };
    await Promise.all(Array.from({ length: concurrency }, work));
    return posted;
  }

  close(): void {
    this.agent.destroy();
  }
}
