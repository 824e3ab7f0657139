import { actsInScope, fields } from './content-rules.js';
import { pairedWithNotamAndNavarea, radiusUnit } from './form-rules.js';
import { impactAtLeast, trackAtLeast } from './geo-rules.js';
import { KOREA } from './lines.js';
import type { Regime, RegimeRule, RegimeSource } from './regime.js';
import { launchInsideWindow, leadOfAtLeast, slipInsideWindow, windowOfAtMost } from './time-rules.js';

/** Figures of a proposed regime are this project's, each on the model of a regime that exists. */
const ON_1988: RegimeSource = {
  title: 'Proposed here on the model of the US-USSR agreement of 1988',
  url: 'https://www.reaganlibrary.gov/archives/speech/statement-assistant-president-press-relations-fitzwater-soviet-united-states-2',
};

const ON_2005: RegimeSource = {
  title: 'Proposed here on the model of the India-Pakistan agreement of 2005',
  url: 'https://www.awami-itlah.com/indo-pak-ballistic-missiles-agreement-1999/',
};

const CARNEGIE_2021: RegimeSource = {
  title: 'Carnegie Endowment, 16 December 2021: a trilateral launch notification agreement (title read)',
  url: 'https://staging.carnegieendowment.org/2021/12/16/preventing-spark-trilateral-launch-notification-agreement-pub-85963',
};

const LAUNCHES = actsInScope(['missile-test', 'satellite-launch'], 'launches of missiles and satellites');

const common = (hours: { lead: number; window: number }): RegimeRule[] => [
  { rule: 'SCOPE', basis: 'proposal', source: ON_1988, judge: LAUNCHES },
  {
    rule: 'FIELDS',
    basis: 'proposal',
    source: ON_1988,
    judge: fields('class', 'window', 'launch area', 'impact area'),
  },
  { rule: 'UNIT', basis: 'proposal', source: ON_1988, judge: radiusUnit() },
  { rule: 'LEAD', basis: 'proposal', source: ON_1988, judge: leadOfAtLeast(hours.lead) },
  { rule: 'WINDOW', basis: 'proposal', source: ON_1988, judge: windowOfAtMost(hours.window) },
  {
    rule: 'SLIP',
    basis: 'proposal',
    source: ON_1988,
    concerns: ({ previous }) => previous !== undefined,
    judge: slipInsideWindow,
  },
  {
    rule: 'OUTSIDE',
    basis: 'proposal',
    source: ON_1988,
    concerns: ({ observed }) => observed !== undefined,
    judge: launchInsideWindow,
  },
];

/** North and South tell each other of launches: 24 hours before, four days long, clear of the line between them. */
export const interKoreanLaunchNotice: Regime = {
  id: 'inter-korean-launch-notice',
  title: 'Inter-Korean launch notice (proposed)',
  parties: ['KR', 'KP'],
  status: {
    sentence: 'Proposed: there is no such agreement. An essay of 2024 names launch announcements as a way in.',
    source: ON_1988,
  },
  rules: [
    ...common({ lead: 24, window: 4 * 24 }),
    { rule: 'IMPACT', basis: 'proposal', source: ON_2005, judge: impactAtLeast(70, KOREA) },
    { rule: 'TRACK', basis: 'proposal', source: ON_2005, judge: trackAtLeast(40, KOREA) },
  ],
};

/** Three or more parties tell each other, with the warnings to ships and aircraft that go with it. */
export const trilateralLaunchNotice: Regime = {
  id: 'trilateral-launch-notice',
  title: 'Trilateral launch notice (proposed)',
  parties: ['US', 'CN', 'RU'],
  status: {
    sentence: 'Proposed: there is no such agreement. Its figures are those of this project.',
    source: CARNEGIE_2021,
  },
  rules: [
    ...common({ lead: 24, window: 4 * 24 }),
    { rule: 'PAIR', basis: 'proposal', source: ON_2005, judge: pairedWithNotamAndNavarea },
  ],
};
