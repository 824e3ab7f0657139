import { actsInScope, fields } from './content-rules.js';
import { radiusUnit } from './form-rules.js';
import type { Regime, RegimeSource } from './regime.js';
import { launchInsideWindow, leadOfAtLeast } from './time-rules.js';

/** Documentation of a decoder, which names the fields of the form. Annex 15 itself has not been read. */
const QUALIFIERS: RegimeSource = {
  title: 'Documentation of a NOTAM decoder: the fields of the Q line',
  url: 'https://neilcochran.github.io/squawk/interfaces/_squawk_notams.NotamQualifier.html',
};

const EXAMPLE: RegimeSource = {
  title: 'Rules for writing NOTAM on special activity areas (EUROCONTROL, Digital NOTAM)',
  url: 'https://swim-eurocontrol.atlassian.net/wiki/spaces/DNOTAM/pages/220791374/2.0+SAA.ACT+Published+special+activity+area+-+activation+NOTAM',
};

/** The seven days before a planned activation are commonly given for ICAO Annex 15, and have not been read. */
export const notam: Regime = {
  id: 'notam',
  title: 'ICAO notice to airmen (NOTAM)',
  status: { sentence: 'In use between the aeronautical information services of states.', source: EXAMPLE },
  rules: [
    {
      rule: 'SCOPE',
      basis: 'assumption',
      source: EXAMPLE,
      judge: actsInScope(
        ['missile-test', 'satellite-launch', 'live-fire-drill', 'joint-exercise'],
        'hazards to air navigation',
      ),
    },
    {
      rule: 'FIELDS',
      basis: 'text',
      source: QUALIFIERS,
      judge: fields('flight information region', 'window', 'danger area', 'subject'),
    },
    { rule: 'UNIT', basis: 'text', source: QUALIFIERS, judge: radiusUnit() },
    { rule: 'LEAD', basis: 'assumption', source: EXAMPLE, judge: leadOfAtLeast(7 * 24) },
    {
      rule: 'OUTSIDE',
      basis: 'text',
      source: QUALIFIERS,
      concerns: ({ observed }) => observed !== undefined,
      judge: launchInsideWindow,
    },
  ],
};
