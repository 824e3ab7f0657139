import { runTime } from '../time/time.js';
import { toldCap, type ToldMessage } from './told-cap.js';

const ISSUER = { 'en-US': 'Desk' };
const FRAME = { run: 'run-1', mode: 'exercise', issuer: ISSUER } as const;

const message = (version: number, more: Partial<ToldMessage> = {}): ToldMessage => ({
  id: 'alert.x',
  version,
  identifier: `urn:uuid:${version}`,
  sender: 'jp-cas@triwatch.invalid',
  sentRunAt: runTime(Date.UTC(2031, 4, 20, 0, version)),
  msgType: version === 1 ? 'Alert' : 'Update',
  message: {
    event: 'Launch',
    category: 'Security',
    urgency: 'Immediate',
    severity: 'Extreme',
    certainty: 'Observed',
    info: [{ language: 'en-US', headline: `Version ${version}` }],
  },
  note: null,
  cap: null,
  ...more,
});
const identifiersOf = (references: string | undefined): string[] =>
  (references ?? '')
    .split(' ')
    .filter(Boolean)
    .map((each) => each.split(',')[1] ?? '');

describe('an alert as an audience was told it', () => {
  it('is the newest message, with the marker of the run, and names those before it', () => {
    const told = toldCap([message(1), message(2), message(3)], FRAME);
    expect(told).toMatchObject({ identifier: 'urn:uuid:3', msgType: 'Update', status: 'Exercise' });
    expect(told.info[0]?.headline).toBe('EXERCISE Version 3 EXERCISE');
    expect(identifiersOf(told.references)).toEqual(['urn:uuid:1', 'urn:uuid:2']);
  });

  it('is an alert to whom nothing earlier was told, and names no message of others', () => {
    const told = toldCap([message(2)], FRAME);
    expect({ msgType: told.msgType, references: told.references }).toEqual({ msgType: 'Alert', references: undefined });
  });

  it('stays a cancel, with the note of whoever sent it', () => {
    const told = toldCap([message(1), message(2, { msgType: 'Cancel', note: ' Sent by mistake. ' })], FRAME);
    expect(told).toMatchObject({ msgType: 'Cancel', note: expect.stringContaining('Sent by mistake.') as string });
    expect(identifiersOf(told.references)).toEqual(['urn:uuid:1']);
  });

  it('names no cancel among what it replaces', () => {
    const told = toldCap([message(1), message(2, { msgType: 'Cancel' }), message(3)], FRAME);
    expect(identifiersOf(told.references)).toEqual(['urn:uuid:1']);
  });

  it('has a name of its own for what came from outside, which stays the same', () => {
    const imported = message(1, { cap: { identifier: 'theirs' } as ToldMessage['cap'] });
    const told = toldCap([imported], FRAME);
    expect(told.identifier).toBe('urn:triwatch:cap:run-1:alert.x:1');
    expect(told.sender).toBe('import@triwatch.invalid');
    expect(identifiersOf(toldCap([imported, message(2)], FRAME).references)).toEqual([told.identifier]);
  });
});
