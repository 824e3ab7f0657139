import { checkHistory } from './check-history.js';
import { Deliveries, Items, type ConsoleLog, type History, type Sent } from './history.js';
import type { Rule } from './violations.js';

type Entry = Parameters<Items['indexOf']>[0];

/** A history that tests bend: JP and KR, two consoles each, one thread with an update, one alert that was never answered. */
class World {
  readonly items = new Items();
  readonly sent: Sent[] = [
    message('a.1', 'alert', 1, 'one'),
    message('a.2', 'update', 2, 'one'),
    message('b.1', 'alert', 1, 'two'),
    { ...message('c.1', 'alert', 1), outcome: 'unknown', id: undefined },
  ];
  readonly told: Entry[] = [item('one', 1, 'a.1'), item('two', 1, 'b.1'), item('one', 2, 'a.2')];
  readonly feeds: Record<string, { seq: number[]; told: Entry[]; headSeq: number }> = {};
  readonly consoles: Record<string, Console> = {};
  readonly acknowledging: History['acknowledging'][number][] = [];
  readonly acknowledged: History['acknowledged'][number][] = [];
  readonly stuck: string[] = [];
  readonly crashes: string[] = [];
  readonly brokenChains: string[] = [];

  constructor() {
    for (const audience of ['jp', 'kr']) {
      this.feeds[audience] = { seq: [1, 2, 3], told: [...this.told], headSeq: 3 };
      for (const number of [1, 2]) {
        const name = `${audience}-${number}`;
        this.consoles[name] = new Console(name, audience, this.items);
        this.told.forEach((entry, index) => this.consoles[name]!.apply(index + 1, entry));
      }
    }
    const acknowledgement = { run: 'live', audience: 'jp', desk: 'jp-cas', item: 0, key: 'k' };
    this.acknowledging.push({ ...acknowledgement, outcome: 'ok' });
    this.acknowledged.push(acknowledgement);
  }

  get history(): History {
    const feeds = Object.entries(this.feeds).map(([audience, { seq, told, headSeq }]) => ({
      ...{ run: 'live', audience, epoch: 1, headSeq, seq },
      item: told.map((entry) => this.items.indexOf(entry)),
    }));
    return { ...this, feeds, consoles: Object.values(this.consoles) };
  }

  /** Tells an item at the end of every feed and console of an audience. Control has one console, once it is told anything. */
  tell(audience: string, entry: Entry): void {
    const feed = (this.feeds[audience] ??= { seq: [], told: [], headSeq: 0 });
    this.consoles[`${audience}-1`] ??= new Console(`${audience}-1`, audience, this.items);
    feed.headSeq += 1;
    feed.seq.push(feed.headSeq);
    feed.told.push(entry);
    for (const console of Object.values(this.consoles).filter((each) => each.audience === audience)) {
      console.apply(feed.headSeq, entry);
    }
  }
}

class Console implements ConsoleLog {
  readonly run = 'live';
  readonly deliveries = new Deliveries();
  readonly resets: ConsoleLog['resets'] = [];
  readonly misaddressed: string[] = [];
  connections = 1;

  constructor(
    readonly name: string,
    readonly audience: string,
    private readonly items: Items,
  ) {}

  apply(seq: number, entry: Entry, epoch = 1, applied = true): void {
    this.deliveries.add(epoch, seq, this.items.indexOf(entry), applied);
  }

  /** Takes back the last deliveries. */
  forget(count: number): void {
    const { epoch, seq, item: items, applied } = this.deliveries;
    [epoch, seq, items, applied].forEach((column) => column.splice(column.length - count));
  }

  reset(epoch: number): void {
    this.resets.push({ after: this.deliveries.length, epoch, seq: 0, reason: 'REWOUND' });
  }
}

function message(marker: string, act: Sent['act'], version: number, id?: string): Sent {
  return { marker, act, version, id, run: 'live', audiences: ['jp', 'kr'], outcome: 'accepted' };
}

function item(id: string, version: number, marker?: string): Entry {
  return { kind: 'alert', id, version, marker };
}

/** The rules that a bent history violates, with how often. */
function violated(bend: (world: World) => void): Partial<Record<Rule, number>> {
  const world = new World();
  bend(world);
  const { counts } = checkHistory(world.history).violations;
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
}

const C1 = item('three', 1, 'c.1');
const DUTY: Entry = { kind: 'message', id: 'duty.alert.one.1.kr', version: 1 };

describe('a history without a fault', () => {
  it.each<[string, (world: World) => void]>([
    ['as it stands', () => undefined],
    [
      'with repetitions that a console dropped (pitfall 29)',
      ({ consoles, told }) => consoles['jp-1']!.apply(2, told[1]!, 1, false),
    ],
    [
      'with an unanswered message that reached everybody',
      (world) => ['jp', 'kr'].forEach((audience) => world.tell(audience, C1)),
    ],
    ['with an escalation in the feed of control', (world) => world.tell('control', DUTY)],
    [
      'with a cancel that comes last',
      (world) => {
        world.sent.push(message('a.3', 'cancel', 3, 'one'));
        ['jp', 'kr'].forEach((audience) => world.tell(audience, item('one', 3, 'a.3')));
      },
    ],
    [
      'with a body that each audience is told in words of its own',
      (world) => {
        world.sent.push(message('i.1', 'alert', 1, 'twelve'));
        ['jp', 'kr'].forEach((audience) => world.tell(audience, { ...item('twelve', 1, 'i.1'), bodyHash: audience }));
      },
    ],
    [
      'with an acknowledgement that was never answered',
      ({ acknowledging }) => acknowledging.push({ ...acknowledging[0]!, key: 'l', outcome: 'open' }),
    ],
  ])('%s', (_name, bend) => expect(violated(bend)).toEqual({}));

  it('counts what was expected and what was made', () => {
    const { violations, ...counts } = checkHistory(new World().history);
    expect(violations.total).toBe(0);
    expect(counts).toEqual({ accepted: 3, refused: 0, unknown: 1, reports: 0, expected: 12, made: 12, dropped: 0 });
  });
});

describe('a history with a fault', () => {
  it.each<[string, Partial<Record<Rule, number>>, (world: World) => void]>([
    ['an accepted message that one console lacks', { LOST: 1 }, ({ consoles }) => consoles['kr-2']!.forget(1)],
    [
      'an accepted message that an audience was never told',
      { LOST: 3 },
      ({ sent }) => sent.push({ ...message('e.1', 'alert', 1, 'five'), audiences: ['jp'] }),
    ],
    [
      'an unanswered message that some consoles of its audience lack',
      { LOST: 1 },
      (world) => {
        ['jp', 'kr'].forEach((audience) => world.tell(audience, C1));
        world.consoles['jp-2']!.forget(1);
      },
    ],
    [
      'a message that a reset took from a console for good',
      { LOST: 3, RESET: 1 },
      ({ consoles }) => consoles['jp-1']!.reset(2),
    ],
    ['an unanswered message told to one of two audiences', { HALF: 1, LOST: 2 }, (world) => world.tell('jp', C1)],
    ['an item twice in a feed', { DUPLICATED: 3 }, (world) => world.tell('jp', world.told[0]!)],
    [
      'a message that was done twice under two ids',
      // In two feeds and at four consoles, and once for the message itself.
      { DUPLICATED: 7 },
      (world) => ['jp', 'kr'].forEach((audience) => world.tell(audience, item('six', 1, 'b.1'))),
    ],
    ['a position applied twice', { DUPLICATED: 2 }, ({ consoles, told }) => consoles['jp-1']!.apply(3, told[2]!)],
    ['an acknowledgement noted twice', { DUPLICATED: 1 }, ({ acknowledged }) => acknowledged.push(acknowledged[0]!)],
    ['a position passed over', { OUT_OF_ORDER: 1 }, ({ consoles }) => consoles['jp-1']!.apply(5, C1)],
    ['another epoch without a reset', { OUT_OF_ORDER: 1 }, ({ consoles }) => consoles['jp-1']!.apply(1, C1, 2)],
    [
      'two consoles of an audience in different order',
      { OUT_OF_ORDER: 2 },
      ({ consoles, told }) => {
        consoles['jp-1']!.forget(3);
        [told[1]!, told[0]!, told[2]!].forEach((entry, index) => consoles['jp-1']!.apply(index + 1, entry));
      },
    ],
    [
      'a second version before the first (pitfall 25)',
      // Both are wrong, in two feeds and at four consoles.
      { VERSION_ORDER: 12 },
      (world) => {
        world.sent.push(message('f.1', 'alert', 1, 'seven'), message('f.2', 'update', 2, 'seven'));
        for (const audience of ['jp', 'kr']) {
          world.tell(audience, item('seven', 2, 'f.2'));
          world.tell(audience, item('seven', 1, 'f.1'));
        }
      },
    ],
    [
      'an update after the cancel',
      { VERSION_ORDER: 6 },
      (world) => {
        world.sent.push(message('a.3', 'cancel', 3, 'one'), message('a.4', 'update', 4, 'one'));
        for (const audience of ['jp', 'kr']) {
          world.tell(audience, item('one', 3, 'a.3'));
          world.tell(audience, item('one', 4, 'a.4'));
        }
      },
    ],
    [
      'a message shown to an audience that was not named',
      { LEAKED: 3 },
      (world) => {
        world.sent.push({ ...message('g.1', 'alert', 1, 'eight'), audiences: ['kr'] });
        ['jp', 'kr'].forEach((audience) => world.tell(audience, item('eight', 1, 'g.1')));
      },
    ],
    [
      'a message of another run, even if the console dropped it',
      { LEAKED: 1 },
      ({ sent, consoles }) => {
        sent.push({ ...message('h.1', 'alert', 1, 'nine'), run: 'drill', audiences: [] });
        consoles['jp-1']!.apply(9, item('nine', 1, 'h.1'), 1, false);
      },
    ],
    [
      'items under the name of another feed',
      { LEAKED: 1 },
      ({ consoles }) => consoles['jp-1']!.misaddressed.push('items of live/kr'),
    ],
    [
      'a hole in the sequence of a feed (pitfall 7)',
      { GAP: 1, OUT_OF_ORDER: 2 },
      (world) => {
        world.sent.push({ ...message('j.1', 'alert', 1, 'smoke'), audiences: ['jp'] });
        world.feeds['jp']!.headSeq = 4;
        world.tell('jp', item('smoke', 1, 'j.1'));
      },
    ],
    ['a head beyond the last item', { GAP: 1 }, ({ feeds }) => (feeds['jp']!.headSeq = 4)],
    ['a message that nobody sent', { INVENTED: 3 }, (world) => world.tell('jp', item('ten', 1, 'z.1'))],
    [
      'a refused message that was shown',
      { INVENTED: 3, REFUSED: 1 },
      (world) => {
        world.sent.push({ ...message('d.1', 'alert', 1), outcome: 'refused', refusal: '422' });
        world.tell('jp', item('eleven', 1, 'd.1'));
      },
    ],
    ['an acknowledgement that is not there', { ACK_LOST: 1 }, ({ acknowledged }) => acknowledged.splice(0)],
    [
      'an acknowledgement noted for another item',
      { ACK_LOST: 1 },
      ({ acknowledged }) => acknowledged.splice(0, 1, { ...acknowledged[0]!, item: 1 }),
    ],
    [
      'an acknowledgement that was refused',
      { ACK_REFUSED: 1 },
      ({ acknowledging }) => Object.assign(acknowledging[0]!, { outcome: 'refused', code: 'ITEM_NOT_SHOWN' }),
    ],
    ['a broken chain (pitfall 21)', { CHAIN: 1 }, ({ brokenChains }) => brokenChains.push('the feed live/jp')],
    [
      'a list told anew after a reset that nothing asked for',
      { RESET: 1 },
      ({ consoles, told }) => {
        consoles['jp-1']!.reset(2);
        told.forEach((entry, index) => consoles['jp-1']!.apply(index + 1, entry, 2));
      },
    ],
    [
      'a refused message that nobody saw',
      { REFUSED: 1 },
      ({ sent }) => sent.push({ ...message('d.1', 'alert', 1), outcome: 'refused', refusal: '422' }),
    ],
    ['a message answered as another version', { DUPLICATED: 1 }, ({ sent }) => (sent[0]!.answeredVersion = 2)],
    ['an item of nobody in the feed of a party', { LEAKED: 3 }, (world) => world.tell('jp', item('smoke', 1))],
    ['an escalation in the feed of a party', { LEAKED: 3 }, (world) => world.tell('jp', DUTY)],
    ['an item of nobody in the feed of control', { INVENTED: 2 }, (world) => world.tell('control', item('smoke', 1))],
    [
      'other bytes at a console than in the feed',
      { OUT_OF_ORDER: 1 },
      ({ consoles, told }) => {
        consoles['jp-1']!.forget(1);
        consoles['jp-1']!.apply(3, { ...told[2]!, bodyHash: 'other' });
      },
    ],
    ['a process that ended by itself', { CRASHED: 1 }, ({ crashes }) => crashes.push('main-0')],
    ['something that never came to rest', { STUCK: 1 }, ({ stuck }) => stuck.push('a console')],
  ])('%s', (_name, expected, bend) => expect(violated(bend)).toEqual(expected));
});
