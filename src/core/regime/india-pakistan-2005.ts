import { fields } from './content-rules.js';
import { pairedWithNotamAndNavarea } from './form-rules.js';
import { impactAtLeast, siteAtLeast, trackAtLeast } from './geo-rules.js';
import { INDIA_PAKISTAN } from './lines.js';
import type { Regime, RegimeSource } from './regime.js';
import { surfaceToSurfaceMissile } from './scope-rules.js';
import { launchInsideWindow, leadOfAtLeast, slipInsideWindow, windowOfAtMost } from './time-rules.js';

const AGREEMENT: RegimeSource = {
  title: 'Agreement on pre-notification of flight testing of ballistic missiles (copy of the text, articles 1 to 7)',
  url: 'https://www.awami-itlah.com/indo-pak-ballistic-missiles-agreement-1999/',
};

const ACT_2005: RegimeSource = {
  title: 'Arms Control Today, November 2005',
  url: 'https://armscontrol.org/act/2005-11/india-pakistan-sign-missile-notification-pact',
};

/**
 * The impact area is kept 70 km away by the copy of the text and by Arms Control Today; summaries of the Indian press say 75 km
 * (https://ias4sure.com/?p=27288). The text is what is judged by. Its annexed format has not been read, so FIELDS asks for what
 * the articles themselves speak of. That a new window needs a new notice is inferred.
 */
export const indiaPakistan2005: Regime = {
  id: 'india-pakistan-2005',
  title: 'India-Pakistan agreement on pre-notification of flight testing of ballistic missiles, 2005',
  parties: ['IN', 'PK'],
  status: {
    sentence: 'Signed and in force since 3 October 2005; notices are confidential unless both agree.',
    source: ACT_2005,
  },
  rules: [
    { rule: 'SCOPE', basis: 'text', source: AGREEMENT, judge: surfaceToSurfaceMissile },
    { rule: 'LEAD', basis: 'text', source: AGREEMENT, judge: leadOfAtLeast(3 * 24) },
    { rule: 'WINDOW', basis: 'text', source: AGREEMENT, judge: windowOfAtMost(5 * 24) },
    { rule: 'FIELDS', basis: 'assumption', source: AGREEMENT, judge: fields('window', 'launch area', 'impact area') },
    { rule: 'SITE', basis: 'text', source: AGREEMENT, judge: siteAtLeast(40, INDIA_PAKISTAN) },
    { rule: 'IMPACT', basis: 'text', source: AGREEMENT, judge: impactAtLeast(70, INDIA_PAKISTAN) },
    { rule: 'TRACK', basis: 'text', source: AGREEMENT, judge: trackAtLeast(40, INDIA_PAKISTAN) },
    { rule: 'PAIR', basis: 'text', source: AGREEMENT, judge: pairedWithNotamAndNavarea },
    {
      rule: 'SLIP',
      basis: 'assumption',
      source: AGREEMENT,
      concerns: ({ previous }) => previous !== undefined,
      judge: slipInsideWindow,
    },
    {
      rule: 'OUTSIDE',
      basis: 'text',
      source: AGREEMENT,
      concerns: ({ observed }) => observed !== undefined,
      judge: launchInsideWindow,
    },
  ],
};
