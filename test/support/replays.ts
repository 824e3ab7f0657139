import { Client } from './client.js';
import { DeskConsole, upTo } from './desk-console.js';
import { eventually } from './eventually.js';

export interface RunView {
  id: string;
  clock: { revision: number; state: string; rate: number; realAt: string; runAt: string };
  digest?: string;
}

/** The desk of each party that the tests put a console at. */
export const DESKS = ['jp-cas', 'kr-jcs', 'us-indopacom'];

/** A replay of Yeonpyeong 2010 that waits at its start. */
export async function makeReplay(control: Client, speed: number): Promise<RunView> {
  const { status, body } = await control.post<RunView>('/runs', { scenario: 'yeonpyeong-2010', speed, paused: true });
  expect(status).toBe(201);
  return body;
}

export async function play(control: Client, run: RunView): Promise<void> {
  expect((await control.post(`/runs/${run.id}/clock`, { action: 'play' })).status).toBe(200);
}

export async function readRun(control: Client, id: string): Promise<RunView> {
  return (await control.get<RunView>(`/runs/${id}`)).body;
}

/** The run as it stands when its clock has ended. */
export function whenOver(control: Client, id: string): Promise<RunView> {
  return eventually(
    'the run ends',
    async () => {
      const run = await readRun(control, id);
      return run.clock.state === 'ended' && run.digest !== undefined && run;
    },
    60_000,
  );
}

/** The digest of a run from start to end that nothing disturbs. */
export async function undisturbedDigest(url: string): Promise<string | undefined> {
  const control = await Client.signIn(url, 'controller');
  const run = await makeReplay(control, 3600);
  await play(control, run);
  return (await whenOver(control, run.id)).digest;
}

/** Waits until each console is at the head of its feed, and holds that it got every item once and in order. */
export async function expectWhole(control: Client, run: string, consoles: Record<string, DeskConsole>): Promise<void> {
  for (const [desk, console] of Object.entries(consoles)) {
    const audience = desk.slice(0, 2);
    const { body } = await control.get<{ headSeq: number }>(`/runs/${run}/feeds/${audience}/items?limit=1`);
    expect(body.headSeq).toBeGreaterThan(0);
    await eventually(`${desk} has everything`, () => (console.seqs.at(-1) ?? 0) >= body.headSeq);
    expect({ desk, seqs: console.seqs, resets: console.resets }).toEqual({
      desk,
      seqs: upTo(body.headSeq),
      resets: [],
    });
  }
}
