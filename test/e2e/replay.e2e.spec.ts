import { Client } from '../support/client.js';
import { DeskSocket } from '../support/desk-socket.js';
import { eventually } from '../support/eventually.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

interface RunView {
  id: string;
  clock: { state: string };
  digest?: string;
}

describe('a replay of Yeonpyeong 2010', () => {
  let service: TestApp;
  let control: Client;

  beforeAll(async () => {
    service = await startTestApp();
    control = await Client.signIn(service.url, 'controller');
  });
  afterAll(() => service.stop());

  async function play(): Promise<{ run: RunView; desks: Record<string, DeskSocket> }> {
    const { body: started } = await control.post<RunView>('/runs', {
      scenario: 'yeonpyeong-2010',
      speed: 3600,
      paused: true,
    });
    const desks: Record<string, DeskSocket> = {};
    for (const desk of ['jp-cas', 'kr-jcs', 'us-indopacom']) {
      const { token } = await Client.signIn(service.url, desk);
      desks[desk] = await DeskSocket.open(service.url, { token, run: started.id, desk });
    }
    await control.post(`/runs/${started.id}/clock`, { action: 'play' });
    const run = await eventually('the run ends', async () => {
      const { body } = await control.get<RunView>(`/runs/${started.id}`);
      return body.clock.state === 'ended' && body;
    });
    return { run, desks };
  }

  it('tells each desk everything meant for it, in order, and twice gives the same digest', async () => {
    const first = await play();
    for (const [desk, socket] of Object.entries(first.desks)) {
      const { body: head } = await control.get<{ headSeq: number }>(
        `/runs/${first.run.id}/feeds/${desk.slice(0, 2)}/items`,
      );
      await eventually(`${desk} has everything`, () => socket.items.length >= head.headSeq);
      expect(socket.items.map(({ seq }) => seq)).toEqual(Array.from({ length: head.headSeq }, (_, index) => index + 1));
      socket.close();
    }
    const second = await play();
    Object.values(second.desks).forEach((socket) => socket.close());
    expect(first.run.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(second.run.digest).toBe(first.run.digest);
  }, 120_000);
});
