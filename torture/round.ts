import { setTimeout as pause } from 'node:timers/promises';
import { percentile } from '../src/cli/percentiles.js';
import { eventually } from '../test/support/eventually.js';
import { checkHistory } from './check-history.js';
import { AUDIENCES, CONTROLLER, DESKS, type Cluster } from './cluster.js';
import { FinalState } from './final-state.js';
import { Items, type Acknowledged, type FinalFeed, type History } from './history.js';
import { Http } from './http.js';
import { Nemesis } from './nemesis.js';
import type { Plant } from './options.js';
import { PlantedFault } from './plants.js';
import { Publisher } from './publisher.js';
import { whenQuiet } from './quiet.js';
import { seeded } from './random.js';
import { figuresOf, type Figures } from './report.js';
import { DRILL, drillMessages, type drillReports } from './scenario.js';
import { schedule, type Shape } from './schedule.js';
import { Tokens } from './tokens.js';
import { WatchFloor } from './watch-floor.js';

const CONCURRENCY = 32;
const PROGRESS_MS = 5_000;

interface RoundOptions {
  readonly shape: Shape;
  readonly alerts: number;
  readonly faults: number;
  readonly rate: number;
  readonly seed: number;
  readonly maxMs: number;
  readonly quietMs: number;
  readonly plant?: Plant;
  readonly reports: ReturnType<typeof drillReports>;
  readonly log: (line: string) => void;
}

/** How long the faults are spread over: what sending takes when nothing fails, and not too short for a fault. */
export const durationOf = ({ alerts, rate, faults }: Pick<RoundOptions, 'alerts' | 'rate' | 'faults'>): number =>
  Math.max((alerts / rate) * 1_000, faults * 1_000);

/** Tortures a running cluster once and checks what came of it. */
export async function playRound(cluster: Cluster, options: RoundOptions): Promise<Figures> {
  const startedAt = Date.now();
  const { seed, log, plant } = options;
  const random = seeded(seed + 1);
  const tokens = new Tokens(cluster.directUrls, cluster.password);
  const items = new Items();
  const floor = new WatchFloor(cluster, tokens, items, random);
  const drill = await startDrill(cluster, tokens);
  const planted = plant && new PlantedFault(plant, cluster.adminUrl);
  const state = new FinalState(cluster, tokens, ['live', drill], items);
  const publisher = new Publisher({
    ...options,
    concurrency: CONCURRENCY,
    runs: [
      { run: 'live', share: 0.9, audiences: AUDIENCES },
      { run: drill, share: 0.1, audiences: AUDIENCES },
    ],
    usernames: [CONTROLLER, ...DESKS.map(({ desk }) => desk)],
    urls: cluster.urls,
    tokens,
    random,
  });
  const nemesis = new Nemesis(cluster, (line) => log(`${elapsed(startedAt)} ${line}`));
  const durationMs = durationOf(options);
  const progress = setInterval(
    () =>
      log(
        `${elapsed(startedAt)} ${publisher.done} of ${options.alerts} sent, ${floor.sum(({ deliveries }) => deliveries.length)} delivered`,
      ),
    PROGRESS_MS,
  );
  const late = setTimeout(() => floor.openLate(), durationMs / 2);
  const tooLong = setTimeout(() => publisher.stop(), options.maxMs);
  try {
    await planted?.before();
    floor.open(drill);
    await eventually('every console is connected', () => floor.allConnected);
    await post(cluster, tokens, `/runs/${drill}/clock`, { action: 'play' });
    await Promise.all([publisher.run(), nemesis.run(schedule({ ...options, durationMs })), pause(durationMs)]);
    await planted?.after(drill);
    log(`${elapsed(startedAt)} all sent, waiting until all is quiet`);
    const sent = [...publisher.sent, ...drillMessages(options.reports, drill)];
    const stuck = await whenQuiet(state, floor.consoles, sent, options.quietMs, log);
    const feeds: FinalFeed[] = [];
    const acknowledged: Acknowledged[] = [];
    for (const feed of state.feeds) {
      feeds.push(await state.feed(feed));
      acknowledged.push(...(await state.acknowledged(feed)));
    }
    const { consoles, acknowledging } = floor;
    const brokenChains = await state.brokenChains();
    const crashes = [...cluster.mains, ...cluster.workers].flatMap((member) => member.crashes());
    const told = { items, sent, consoles, feeds, acknowledging, acknowledged };
    const history: History = { ...told, stuck, crashes, brokenChains };
    return figuresOf(checkHistory(history), {
      shape: options.shape,
      wanted: options.alerts,
      sent: publisher.done,
      acceptedPerS: Math.round(publisher.acceptedPerS),
      seconds: Math.round((Date.now() - startedAt) / 1000),
      answerP50Ms: percentile(publisher.answeredMs, 50),
      answerP99Ms: percentile(publisher.answeredMs, 99),
      failedTries: publisher.failures,
      consoles: consoles.length,
      reconnects: floor.sum(({ connections }) => connections - 1),
      stale: floor.sum((console) => console.stale),
      resumes: floor.sum(({ resumes }) => resumes),
      resets: floor.sum(({ resets }) => resets.length),
      acknowledgements: acknowledging.filter(({ outcome }) => outcome === 'ok').length,
      faults: countBy(nemesis.done),
    });
  } finally {
    clearInterval(progress);
    clearTimeout(late);
    clearTimeout(tooLong);
    publisher.stop();
    floor.close();
    state.close();
  }
}

/** The second run: nothing of it may be seen in the first. It stands still until its clock is played. */
async function startDrill(cluster: Cluster, tokens: Tokens): Promise<string> {
  const { id } = (await post(cluster, tokens, '/runs', { scenario: DRILL, speed: 1, paused: true })) as { id: string };
  return id;
}

async function post(cluster: Cluster, tokens: Tokens, path: string, body: unknown): Promise<unknown> {
  const http = new Http(30_000);
  const headers = { authorization: `Bearer ${await tokens.of(CONTROLLER)}` };
  const answer = await http.send('POST', `${cluster.directUrls[0]}/api/v1${path}`, headers, body);
  http.close();
  if (answer.status >= 300) {
    throw new Error(`${path} is answered with ${answer.status}: ${JSON.stringify(answer.body)}`);
  }
  return answer.body;
}

const elapsed = (since: number): string => `${((Date.now() - since) / 1000).toFixed(1).padStart(6)} s`;

function countBy(kinds: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  kinds.forEach((kind) => (counts[kind] = (counts[kind] ?? 0) + 1));
  return counts;
}
