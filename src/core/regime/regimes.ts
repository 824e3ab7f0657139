import { chinaRussia2009 } from './china-russia-2009.js';
import { cma2018 } from './cma-2018.js';
import { hcoc2002 } from './hcoc-2002.js';
import { iaeaEarlyNotification } from './iaea-early-notification.js';
import { ihr2005 } from './ihr-2005.js';
import { indiaPakistan2005 } from './india-pakistan-2005.js';
import { navarea } from './navarea.js';
import { notam } from './notam.js';
import { plns2000 } from './plns-2000.js';
import { interKoreanLaunchNotice, trilateralLaunchNotice } from './proposed.js';
import type { Regime } from './regime.js';
import { usUssr1988 } from './us-ussr-1988.js';

/** Every regime that a notice can be checked against. A new one is a file of its own and a line here. */
export const REGIMES: readonly Regime[] = [
  usUssr1988,
  plns2000,
  hcoc2002,
  indiaPakistan2005,
  chinaRussia2009,
  navarea,
  notam,
  cma2018,
  interKoreanLaunchNotice,
  trilateralLaunchNotice,
  iaeaEarlyNotification,
  ihr2005,
];

/** Returns the regime with this id, or undefined when there is none. */
export function regimeOf(id: string): Regime | undefined {
  return REGIMES.find((regime) => regime.id === id);
}
