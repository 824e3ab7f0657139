import { classesInScope, fields } from './content-rules.js';
import type { Regime, RegimeSource } from './regime.js';
import { launchInsideWindow, leadOfAtLeast, slipInsideWindow, windowOfAtMost } from './time-rules.js';

const WHITE_HOUSE_1988: RegimeSource = {
  title: 'Statement by the Assistant to the President for Press Relations, 31 May 1988 (Reagan Library)',
  url: 'https://www.reaganlibrary.gov/archives/speech/statement-assistant-president-press-relations-fitzwater-soviet-united-states-2',
};

/** A secondary source, which quotes the State Department; the wording of the agreement itself has not been seen. */
const FOUR_DAYS: RegimeSource = {
  title: 'Grunge, quoting the US State Department on the four days of a notice (secondary)',
  url: 'https://www.grunge.com/1720673/rule-russia-has-follow-if-use-icbm/',
};

const IN_USE: RegimeSource = {
  title: 'TASS, 17 December 2025: the commander of the Strategic Missile Forces on notices under the agreement',
  url: 'https://tass.ru/armiya-i-opk/25931923',
};

const PARTIES = ['US', 'RU'];

/**
 * The agreement of 31 May 1988 between the United States and the Soviet Union on notifications of launches of
 * intercontinental and submarine-launched ballistic missiles. What is said of it without a source (that nothing is owed after
 * the launch) is not a rule here. The text also lets a submarine launch name a quadrant of an ocean or a body of water
 * (https://nuke.fas.org/control/launch/text/balist1.htm); here such an area is drawn, or given by its name.
 */
export const usUssr1988: Regime = {
  id: 'us-ussr-1988',
  title: 'US-USSR Ballistic Missile Launch Notification Agreement, 1988',
  parties: PARTIES,
  status: {
    sentence: 'In force since it was signed; both sides are reported to give notices under it.',
    source: IN_USE,
  },
  rules: [
    {
      rule: 'FIELDS',
      basis: 'text',
      source: WHITE_HOUSE_1988,
      judge: fields('planned date', 'launch area', 'impact area'),
    },
    { rule: 'SCOPE', basis: 'text', source: WHITE_HOUSE_1988, judge: classesInScope(['ICBM', 'SLBM'], PARTIES) },
    { rule: 'LEAD', basis: 'text', source: WHITE_HOUSE_1988, judge: leadOfAtLeast(24) },
    { rule: 'WINDOW', basis: 'text', source: FOUR_DAYS, judge: windowOfAtMost(4 * 24) },
    {
      rule: 'SLIP',
      basis: 'assumption',
      source: FOUR_DAYS,
      concerns: ({ previous }) => previous !== undefined,
      judge: slipInsideWindow,
    },
    {
      rule: 'OUTSIDE',
      basis: 'text',
      source: FOUR_DAYS,
      concerns: ({ observed }) => observed !== undefined,
      judge: launchInsideWindow,
    },
  ],
};
