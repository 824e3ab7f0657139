import type { Notice } from '../regime/notice.js';
import type { TextFinding } from './warning-text.js';

type Act = NonNullable<Notice['act']>;

/** How warnings name an act in plain words. Only acts that endanger navigation have any. */
export const ACT_WORDING: Readonly<Partial<Record<Act, string>>> = {
  'missile-test': 'MISSILE FIRING',
  'satellite-launch': 'SATELLITE LAUNCHING',
  'live-fire-drill': 'GUN FIRING',
  'joint-exercise': 'JOINT MILITARY EXERCISE',
};

const READ: readonly [RegExp, Act][] = [
  [/\bSATELLITE LAUNCH/, 'satellite-launch'],
  [/\bMISSILE (FIRING|EXERCISE|TEST)/, 'missile-test'],
  [/\bGUN(NERY)? ?(FIRING|EXERCISE)/, 'live-fire-drill'],
  [/\bJOINT (MILITARY |NAVAL |AIR )*EXERCISE/, 'joint-exercise'],
];

/** The act that a warning names. "Rocket" and "hazardous operations" are left open: they may be a missile or a space launcher. */
export function actInText(text: string, findings: TextFinding[]): Act | undefined {
  const found = READ.find(([pattern]) => pattern.test(text.replace(/\s+/g, ' ')));
  if (!found) {
    findings.push({ code: 'ACT_OPEN', message: 'The text does not say which act it warns of; the act was left open.' });
  }
  return found?.[1];
}
