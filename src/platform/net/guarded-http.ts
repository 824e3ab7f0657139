import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { lookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { isIP } from 'node:net';
import { Agent, buildConnector, request, type Dispatcher } from 'undici';
import { OperationalError } from '../operational-error.js';
import { isPublicAddress } from './public-address.js';

/** Injection token of the TargetSettings. */
export const TARGETS = Symbol('TARGETS');

export interface TargetSettings {
  /** Lets private addresses and plain HTTP be reached, for tests and for networks of one's own. */
  readonly allowPrivate: boolean;
}

export interface GuardedRequest {
  readonly method: 'GET' | 'POST';
  readonly headers?: Record<string, string>;
  readonly body?: string;
  /** For everything together: connecting, sending and reading. */
  readonly timeoutMs: number;
  readonly maxBytes: number;
  /** Ends the request early. */
  readonly signal?: AbortSignal;
}

export interface GuardedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

const CONNECT_MS = 5_000;

/**
 * HTTP to addresses that somebody outside has given. A connection goes to the very address that was checked, so that a name
 * cannot stand for another one by the time it is used; redirects are answers like any other, and nothing is decompressed.
 */
@Injectable()
export class GuardedHttp implements OnModuleDestroy {
  private readonly agent: Agent;

  constructor(@Inject(TARGETS) private readonly settings: TargetSettings) {
    const connect = buildConnector({ timeout: CONNECT_MS, lookup: this.lookup.bind(this) });
    this.agent = new Agent({
      // An address that is written as numbers is never looked up, so it is checked here.
      connect: (options, callback) => {
        const host = options.hostname.replace(/^\[|\]$/g, '');
        if (isIP(host) !== 0 && !this.mayReach(host)) {
          callback(refused(), null);
        } else {
          connect(options, callback);
        }
      },
      keepAliveTimeout: 4_000,
      maxHeaderSize: 16 * 1024,
    });
  }

  async onModuleDestroy(): Promise<void> {
    await this.agent.destroy();
  }

  /**
   * Throws OperationalError TARGET_REFUSED (not a public address, or not HTTP), TARGET_TOO_LARGE, TARGET_SLOW,
   * TARGET_COMPRESSED or TARGET_UNREACHABLE. Any status is an answer.
   */
  async request(target: string, wanted: GuardedRequest): Promise<GuardedAnswer> {
    const deadline = AbortSignal.timeout(wanted.timeoutMs);
    const signal = wanted.signal ? AbortSignal.any([deadline, wanted.signal]) : deadline;
    try {
      const { method, body } = wanted;
      const headers = { 'accept-encoding': 'identity', 'user-agent': 'Triwatch', ...wanted.headers };
      const answer = await request(urlOf(target), { dispatcher: this.agent, method, headers, body, signal });
      return {
        status: answer.statusCode,
        headers: flat(answer.headers),
        body: await read(answer, wanted.maxBytes),
      };
    } catch (error) {
      throw asOperational(error, deadline);
    }
  }

  private mayReach(address: string): boolean {
    return this.settings.allowPrivate || isPublicAddress(address);
  }

  /** All addresses of a name must be public: which of them is tried is not ours to say. */
  private lookup(
    host: string,
    options: LookupOptions,
    callback: (error: NodeJS.ErrnoException | null, found: LookupAddress[] | string, family?: number) => void,
  ): void {
    lookup(host, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      const bad = addresses?.find(({ address }) => !this.mayReach(address));
      if (error || !first || bad) {
        callback(error ?? refused(), []);
      } else if (options.all) {
        callback(null, addresses);
      } else {
        callback(null, first.address, first.family);
      }
    });
  }
}

/** The address, if it may be asked at all: HTTP or HTTPS, without a name and password in it. Throws TARGET_REFUSED. */
function urlOf(target: string): URL {
  const url = URL.canParse(target) ? new URL(target) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) {
    throw new OperationalError(
      'TARGET_REFUSED',
      'An address must be http:// or https://, without a name and password.',
    );
  }
  return url;
}

/** Reads no more than it may: whoever sends more is cut off. */
async function read({ headers, body }: Dispatcher.ResponseData, maxBytes: number): Promise<Buffer> {
  const refuse = (code: string, message: string): OperationalError => {
    // What is cut off here is nobody's error any more.
    body.on('error', () => undefined).destroy();
    return new OperationalError(code, message);
  };
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') {
    throw refuse('TARGET_COMPRESSED', 'The answer is compressed though that was not asked for.');
  }
  if (Number(headers['content-length'] ?? 0) > maxBytes) {
    throw refuse('TARGET_TOO_LARGE', `The answer has more than ${maxBytes} bytes.`);
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) {
      throw refuse('TARGET_TOO_LARGE', `The answer has more than ${maxBytes} bytes.`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const flat = (headers: Dispatcher.ResponseData['headers']): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]));

/** Without the address: whoever gave the name must not learn from it what it stands for inside. */
const refused = (): OperationalError =>
  new OperationalError('TARGET_REFUSED', 'The target is not at a public address.');

function asOperational(error: unknown, deadline: AbortSignal): OperationalError {
  if (error instanceof OperationalError) {
    return error;
  }
  if (deadline.aborted) {
    return new OperationalError('TARGET_SLOW', 'The answer did not come whole in time.', { cause: error });
  }
  const { code } = error as NodeJS.ErrnoException;
  return new OperationalError('TARGET_UNREACHABLE', `No answer could be had (${code ?? 'connection lost'}).`, {
    cause: error,
  });
}
