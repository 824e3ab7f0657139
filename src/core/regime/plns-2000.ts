import { fields } from './content-rules.js';
import type { Regime, RegimeSource } from './regime.js';
import { aboveRangeOrApogee } from './scope-rules.js';
import { launchInsideWindow, leadOfAtLeast, notEarlierThan } from './time-rules.js';

const ACT_2001: RegimeSource = {
  title: 'Arms Control Today, January/February 2001',
  url: 'https://armscontrol.org/act/2001-01/arms-control-today/us-russia-sign-missile-space-launch-notification-deal',
};

/** The text is public in Russian and English; only its opening has been read. */
const MEMORANDUM: RegimeSource = {
  title: 'Memorandum of Understanding on Notifications of Missile Launches, Brussels, 16 December 2000 (opening read)',
  url: 'https://www.lawmix.ru/abro/4083/',
};

/**
 * The memorandum of 2000 that was to set up the Pre- and Post-Launch Notification System. Lead, earliest day and fields are
 * commonly given as 24 hours, 30 days, and class, number, window, launch area and direction; the articles that say so have
 * not been read. The notice after the launch is left out.
 */
export const plns2000: Regime = {
  id: 'plns-2000',
  title: 'US-Russia Pre- and Post-Launch Notification System, 2000',
  parties: ['US', 'RU'],
  status: {
    sentence: 'Signed on 16 December 2000 as part of a joint centre in Moscow; that it ever worked has not been read.',
    source: ACT_2001,
  },
  rules: [
    { rule: 'SCOPE', basis: 'text', source: ACT_2001, judge: aboveRangeOrApogee(500) },
    {
      rule: 'FIELDS',
      basis: 'assumption',
      source: MEMORANDUM,
      judge: fields('class', 'number of launches', 'window', 'launch area', 'direction'),
    },
    { rule: 'LEAD', basis: 'assumption', source: MEMORANDUM, judge: leadOfAtLeast(24) },
    { rule: 'EARLY', basis: 'assumption', source: MEMORANDUM, judge: notEarlierThan(30) },
    {
      rule: 'OUTSIDE',
      basis: 'assumption',
      source: MEMORANDUM,
      concerns: ({ observed }) => observed !== undefined,
      judge: launchInsideWindow,
    },
  ],
};
