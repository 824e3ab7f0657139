import type { AnnouncementTerms, ObservedLaunch } from '../scenario/scenario.schema.js';
import { runTimeOf } from '../time/time.js';
import { matchLaunch } from './match-launch.js';
import type { AnnouncementRecord } from './match-launch.js';

const launch = (more: Partial<ObservedLaunch> = {}): ObservedLaunch => ({
  by: 'KP',
  at: '2023-11-21T13:43:00Z',
  latitude: 39.66,
  longitude: 124.7,
  ...more,
});

type Change = Partial<Omit<AnnouncementRecord, 'receivedAt' | 'terms'>> &
  Partial<AnnouncementTerms> & { received?: string };

const record = ({
  id = 'a',
  version = 1,
  cancelled = false,
  received = '2023-11-20T00:00:00Z',
  ...terms
}: Change = {}): AnnouncementRecord => ({
  id,
  version,
  cancelled,
  receivedAt: runTimeOf(received),
  terms: {
    by: 'KP',
    act: 'satellite-launch',
    windowStart: '2023-11-21T12:00:00Z',
    windowEnd: '2023-11-21T18:00:00Z',
    impactAreas: [],
    ...terms,
  },
});

const here = { circle: { latitude: 39.66, longitude: 124.7, radiusKm: 20 } };
const elsewhere = { circle: { latitude: 40.85, longitude: 129.66, radiusKm: 20 } };
const later = { windowStart: '2023-11-21T15:00:00Z', windowEnd: '2023-11-30T15:00:00Z' };

describe('matchLaunch', () => {
  it.each<[string, AnnouncementRecord[], ObservedLaunch, string]>([
    ['no notice', [], launch(), 'unannounced -'],
    ['a notice whose window is open', [record()], launch(), 'announced a'],
    [
      'a launch at the first moment of the window',
      [record({ windowStart: '2023-11-21T13:43:00Z' })],
      launch(),
      'announced a',
    ],
    [
      'a launch at the last moment of the window',
      [record({ windowEnd: '2023-11-21T13:43:00Z' })],
      launch(),
      'announced a',
    ],
    // The launch of 21 November 2023 came before its announced window opened.
    ['a launch before the window', [record(later)], launch(), 'outside-window a'],
    ['a launch after the window', [record({ windowEnd: '2023-11-21T13:42:59Z' })], launch(), 'outside-window a'],
    ['a notice received after the launch', [record({ received: '2023-11-21T14:00:00Z' })], launch(), 'unannounced -'],
    [
      'a notice received at the moment of the launch',
      [record({ received: '2023-11-21T13:43:00Z' })],
      launch(),
      'unannounced -',
    ],
    ['a cancelled notice', [record({ cancelled: true })], launch(), 'unannounced -'],
    [
      'a notice cancelled by its last version',
      [record(), record({ version: 2, cancelled: true })],
      launch(),
      'unannounced -',
    ],
    [
      'a notice cancelled after the launch',
      [record(), record({ version: 2, cancelled: true, received: '2023-11-21T14:00:00Z' })],
      launch(),
      'announced a',
    ],
    ['a notice moved by its last version', [record({ version: 2, ...later }), record()], launch(), 'outside-window a'],
    ['a notice of another state', [record({ by: 'CN' })], launch(), 'unannounced -'],
    ['a launch by an unknown state', [record({ by: 'CN' })], launch({ by: undefined }), 'announced a'],
    ['a launch from the announced area', [record({ launchArea: here })], launch(), 'announced a'],
    ['a launch from elsewhere', [record({ launchArea: elsewhere })], launch(), 'outside-area a'],
    [
      'a launch from elsewhere, too late',
      [record({ launchArea: elsewhere, windowEnd: '2023-11-21T13:42:59Z' })],
      launch(),
      'unannounced -',
    ],
    [
      'a launch from elsewhere by nobody knows whom',
      [record({ launchArea: elsewhere })],
      launch({ by: undefined }),
      'unannounced -',
    ],
    ['several notices, one of them open', [record({ id: 'b', ...later }), record()], launch(), 'announced a'],
    [
      'two open notices, one of which tells the place',
      [record(), record({ id: 'b', launchArea: here })],
      launch(),
      'announced b',
    ],
    ['two open notices alike', [record({ id: 'b' }), record({ id: 'a' })], launch(), 'announced a'],
    [
      'two notices that are not open: the nearer one',
      [record({ id: 'far', windowEnd: '2023-11-21T12:10:00Z' }), record({ id: 'near', ...later })],
      launch(),
      'outside-window near',
    ],
  ])('judges %s', (_, open, observed, expected) => {
    const match = matchLaunch(observed, open);
    expect(`${match.verdict} ${match.announcement ?? '-'}`).toBe(expected);
  });

  it.each<[AnnouncementRecord[], string]>([
    [[], 'No announcement that still stood had been received before the launch.'],
    [[record({ by: 'CN' })], 'No announcement by DPRK that still stood had been received before the launch.'],
    [
      [record({ launchArea: elsewhere, ...later })],
      'The launch point lies outside the launch area of every announcement received before the launch.',
    ],
    [
      [record()],
      'The launch was inside the announced window. The announcement gives no launch area, so it cannot be told apart by place.',
    ],
    [
      [record({ ...later, launchArea: here })],
      'The launch was 1 h 17 min before the announced window opened at 2023-11-21T15:00:00.000Z. The launch point lies inside the announced launch area.',
    ],
    [
      [record({ windowEnd: '2023-11-21T13:42:30Z', launchArea: here })],
      'The launch was 30 s after the announced window closed at 2023-11-21T13:42:30.000Z. The launch point lies inside the announced launch area.',
    ],
  ])('gives its reason (case %#)', (open, reason) => {
    expect(matchLaunch(launch(), open).reason).toBe(reason);
  });

  it('counts nothing that was received after the moment of matching', () => {
    const match = matchLaunch(launch(), [record()], { now: runTimeOf('2023-11-19T00:00:00Z') });
    expect(match.verdict).toBe('unannounced');
  });
});
