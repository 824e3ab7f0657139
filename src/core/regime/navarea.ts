import { actsInScope, fields } from './content-rules.js';
import { radiusUnit } from './form-rules.js';
import type { Regime, RegimeSource } from './regime.js';
import { launchInsideWindow, leadOfAtLeast } from './time-rules.js';

const POSITIONS: RegimeSource = {
  title: 'MSC.1/Circ.1310, Joint IMO/IHO/WMO Manual on Maritime Safety Information, part 2',
  url: 'https://imorules.com/GUID-280D6324-3E0C-4C96-8634-58049E501351.html',
};

const ELEMENTS: RegimeSource = {
  title: 'MSC.1/Circ.1310, section 5.5: message elements',
  url: 'https://imorules.com/GUID-19A69B46-456A-44AC-8388-2438CD2602CB.html',
};

const RESOLUTION: RegimeSource = {
  title: 'IMO resolution A.706(17), World-Wide Navigational Warning Service (opening read)',
  url: 'http://rofficer.narod.ru/docs/imo_a706.htm',
};

const CIRC_1551: RegimeSource = {
  title: 'IMO MSC.1/Circ.1551 (2016) on operations that endanger navigation',
  url: 'https://crewtraffic.com/page/1147-msc-1-circ-1551-navigational-warnings-concerning-operations-endangering-the-safety-of-navigatio.html',
};

/**
 * What can be judged before the coordinator writes the warning: subject, place and time. Series, chart and locality are the
 * coordinator's. The five days before the event are commonly given, and have not been read.
 */
export const navarea: Regime = {
  id: 'navarea',
  title: 'World-Wide Navigational Warning Service (NAVAREA)',
  status: { sentence: 'In use; the Japan Coast Guard coordinates NAVAREA XI.', source: CIRC_1551 },
  rules: [
    {
      rule: 'SCOPE',
      basis: 'text',
      source: CIRC_1551,
      judge: actsInScope(
        ['missile-test', 'satellite-launch', 'live-fire-drill', 'joint-exercise'],
        'operations at sea that endanger navigation',
      ),
    },
    { rule: 'FIELDS', basis: 'text', source: ELEMENTS, judge: fields('subject', 'danger area', 'window') },
    { rule: 'UNIT', basis: 'text', source: POSITIONS, judge: radiusUnit('NM') },
    { rule: 'LEAD', basis: 'assumption', source: RESOLUTION, judge: leadOfAtLeast(5 * 24) },
    {
      rule: 'OUTSIDE',
      basis: 'text',
      source: ELEMENTS,
      concerns: ({ observed }) => observed !== undefined,
      judge: launchInsideWindow,
    },
  ],
};
