import type { CapAlert } from '../cap/cap.js';
import type { CapReference } from '../cap/cap.references.js';
import { capTime } from '../cap/cap.time.js';
import type { Mode } from '../scenario/mode.js';
import type { Names } from '../scenario/scenario.schema.js';
import type { RunTime } from '../time/time.js';
import { capOf, senderOf } from './alert-to-cap.js';
import type { AlertMessage } from './alert.js';
import type { MsgType } from './life-cycle.js';

/** A stored message that an audience was shown. */
export interface ToldMessage {
  readonly id: string;
  readonly version: number;
  readonly identifier: string;
  readonly sender: string;
  readonly sentRunAt: RunTime;
  readonly msgType: MsgType;
  readonly message: AlertMessage;
  readonly note: string | null;
  /** Of what came from outside. */
  readonly cap: CapAlert | null;
}

/**
 * The newest of these messages of one thread, oldest first, as CAP for an audience that was shown exactly them: it names no message
 * that the audience does not have, so an update of which it has nothing earlier is an alert to it. What came from outside is written
 * anew from what desks were shown, under a name of its own: its bytes may hold more, such as addresses and contacts, and one name
 * must not stand for two documents. `issuer` is who the audience was told speaks.
 */
export function toldCap(
  messages: readonly [ToldMessage, ...ToldMessage[]],
  { run, mode, issuer }: { run: string; mode: Mode; issuer: Names },
): CapAlert {
  const earlier = messages.slice(0, -1);
  const newest = messages.at(-1) ?? messages[0];
  const references = earlier.filter(({ msgType }) => msgType !== 'Cancel').map((each) => nameOf(each, run));
  const { sentRunAt, message, note } = newest;
  const msgType = newest.msgType === 'Update' && references.length === 0 ? 'Alert' : newest.msgType;
  const { identifier, sender } = nameOf(newest, run);
  const frame = { identifier, sender, sentRunAt, msgType, run, mode, issuer, references };
  return capOf(message, { ...frame, note: note?.trim() || undefined });
}

function nameOf({ id, version, identifier, sender, sentRunAt, cap }: ToldMessage, run: string): CapReference {
  const sent = capTime(sentRunAt);
  return cap
    ? { identifier: `urn:triwatch:cap:${run}:${id}:${version}`, sender: senderOf('import'), sent }
    : { identifier, sender, sent };
}
