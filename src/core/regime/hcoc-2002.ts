import { actsInScope, fields } from './content-rules.js';
import type { Regime, RegimeSource } from './regime.js';
import { launchInsideWindow, leadOfAny } from './time-rules.js';

const HCOC: RegimeSource = {
  title: 'Hague Code of Conduct: how to join (Austrian Ministry for Foreign Affairs)',
  url: 'https://www.hcoc.at/what-is-hcoc/how-to-join-hcoc.html',
};

const CODE: RegimeSource = {
  title: 'International Code of Conduct against Ballistic Missile Proliferation (opening read)',
  url: 'http://acronym.org.uk/old/archive/docs/0211/doc13.htm',
};

/**
 * The Code asks for notices before launches of ballistic missiles and space launch vehicles, and gives no length of time. The
 * clause with its fields is commonly quoted, and has not been read.
 */
export const hcoc2002: Regime = {
  id: 'hcoc-2002',
  title: 'Hague Code of Conduct against Ballistic Missile Proliferation, 2002',
  status: {
    sentence: 'Politically, not legally, binding; open to all states. No list of subscribers has been read.',
    source: HCOC,
  },
  rules: [
    {
      rule: 'SCOPE',
      basis: 'text',
      source: HCOC,
      judge: actsInScope(
        ['missile-test', 'satellite-launch'],
        'launches of ballistic missiles and space launch vehicles',
      ),
    },
    { rule: 'LEAD', basis: 'text', source: HCOC, judge: leadOfAny },
    { rule: 'FIELDS', basis: 'assumption', source: CODE, judge: fields('class', 'window', 'launch area', 'direction') },
    {
      rule: 'OUTSIDE',
      basis: 'assumption',
      source: CODE,
      concerns: ({ observed }) => observed !== undefined,
      judge: launchInsideWindow,
    },
  ],
};
