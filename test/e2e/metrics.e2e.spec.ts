import { Metrics } from '../../src/platform/metrics/metrics.js';
import { listenForMetrics } from '../../src/platform/metrics/metrics-listener.js';
import type { AddressInfo } from 'node:net';
import { Client } from '../support/client.js';
import { eventually } from '../support/eventually.js';
import { ALERT } from '../support/requests.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const TOKEN = 'a-token-of-the-tests-that-is-long-enough';

/** The value of a metric without labels. */
async function valueOf(url: string, name: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(new RegExp(`^${name} (.+)$`, 'm').exec(text)?.[1] ?? NaN);
}

describe('metrics', () => {
  let service: TestApp;
  beforeAll(async () => {
    service = await startTestApp();
  });
  afterAll(() => service.stop());

  it('are told in the format of Prometheus, those of the process with those of the service', async () => {
    const response = await fetch(`${service.url}/metrics`);
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    const text = await response.text();
    for (const name of [
      'process_cpu_seconds_total',
      'nodejs_eventloop_lag_seconds',
      'triwatch_tail_read_age_seconds',
    ]) {
      expect(text).toContain(`\n${name} `);
    }
  });

  it('carry no label whose values have no end', async () => {
    const officer = await Client.signIn(service.url, 'jp-cas');
    const { body } = await officer.post<{ id: string }>('/alerts', ALERT);
    await eventually('the head is signed', async () => (await valueOf(service.url, 'triwatch_heads_signed_total')) > 0);
    const text = await (await fetch(`${service.url}/metrics`)).text();
    expect(text).not.toContain(body.id);
    const labels = [...text.matchAll(/^triwatch_\w+\{([^}]*)\}/gm)].flatMap(
      ([, found = '']) => found.match(/\w+(?==)/g) ?? [],
    );
    expect([...new Set(labels)].filter((label) => !['channel', 'level', 'le'].includes(label))).toEqual([]);
  });

  it('count what this service does, and not what another in the same process does', async () => {
    const other = await startTestApp({ work: false });
    try {
      expect(await valueOf(other.url, 'triwatch_heads_signed_total')).toBe(0);
      expect(await valueOf(service.url, 'triwatch_heads_signed_total')).toBeGreaterThan(0);
    } finally {
      await other.stop();
    }
  });

  it('are as fresh as the last read of the feeds', async () => {
    await eventually(
      'the feeds are read',
      async () => (await valueOf(service.url, 'triwatch_tail_read_age_seconds')) < 5,
    );
    const ready = (await (await fetch(`${service.url}/health/ready`)).json()) as { tailAgeMs: number };
    expect(ready).toMatchObject({ status: 'ready', database: 'answers', queue: 'answers' });
    expect(ready.tailAgeMs).toBeLessThan(60_000);
  });
});

describe.each([
  ['of a service', false],
  ['of a worker', true],
])('metrics %s', (_, ofWorker) => {
  /** Where metrics with these settings are read, for the time of a test. */
  async function reading<T>(metrics: { token?: string; open: boolean }, read: (url: string) => Promise<T>): Promise<T> {
    if (!ofWorker) {
      const service = await startTestApp({ metrics, work: false });
      return read(service.url).finally(() => service.stop());
    }
    const server = await listenForMetrics(new Metrics(), metrics, { port: 0, host: '127.0.0.1' });
    const { port } = server.address() as AddressInfo;
    return read(`http://127.0.0.1:${port}`).finally(() => server.close());
  }

  const ask = async (url: string, authorization?: string): Promise<[number, unknown]> => {
    const response = await fetch(`${url}/metrics`, { headers: authorization ? { authorization } : {} });
    const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json');
    return [
      response.status,
      isProblem ? ((await response.json()) as { code: string }).code : (await response.text()).length > 100,
    ];
  };

  it('are for who has the token, where there is one', async () => {
    await reading({ token: TOKEN, open: true }, async (url) => {
      expect(await ask(url)).toEqual([401, 'UNAUTHENTICATED']);
      expect(await ask(url, `Bearer ${TOKEN}x`)).toEqual([401, 'UNAUTHENTICATED']);
      expect(await ask(url, TOKEN)).toEqual([401, 'UNAUTHENTICATED']);
      expect(await ask(url, `Bearer ${TOKEN}`)).toEqual([200, true]);
    });
  });

  it('are closed without a token to other machines, with the way out', async () => {
    await reading({ open: false }, async (url) => {
      expect(await ask(url, 'Bearer anything')).toEqual([403, 'METRICS_CLOSED']);
      const { detail } = (await (await fetch(`${url}/metrics`)).json()) as { detail: string };
      expect(detail).toContain('TRIWATCH_METRICS_TOKEN');
    });
  });

  it.each(['x-forwarded-for', 'forwarded'])(
    'are closed without a token to who comes through a proxy (%s)',
    async (name) => {
      await reading({ open: true }, async (url) => {
        expect(await ask(url)).toEqual([200, true]);
        const response = await fetch(`${url}/metrics`, { headers: { [name]: 'for=192.0.2.1' } });
        expect(response.status).toBe(403);
        expect(await response.json()).toMatchObject({ code: 'METRICS_CLOSED' });
      });
    },
  );

  it('leave the sign of life open', async () => {
    await reading({ open: false }, async (url) => {
      expect(await (await fetch(`${url}/health/live`)).json()).toEqual({ status: 'live' });
    });
  });
});
