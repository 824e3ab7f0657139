import { hazardInScope, statesOf } from './content-rules.js';
import type { Regime, RegimeSource } from './regime.js';
import { reportedForthwith } from './time-rules.js';

const ARTICLES: RegimeSource = {
  title: 'Convention on Early Notification of a Nuclear Accident, 1986, articles 2 and 5',
  url: 'http://law-ref.org/NUCLEAR-NOTIFICATION/kw-data.html',
};

const COMPARED: RegimeSource = {
  title: 'International Environmental Agreements Database, University of Oregon',
  url: 'https://iea.uoregon.edu/coded-agreement-with-a-code-filter?title=3003',
};

/** Article 5, 1 (a) to (h), by the letter. The Convention asks for what is available: a part may be open, but is marked so. */
export const ARTICLE_5 = {
  a: 'time, place and nature of the accident',
  b: 'facility or activity',
  c: 'cause and foreseeable development',
  d: 'character of the release',
  e: 'weather and hydrology',
  f: 'results of monitoring',
  g: 'protective measures off site, taken or planned',
  h: 'predicted behaviour of the release',
} as const;

export const iaeaEarlyNotification: Regime = {
  id: 'iaea-early-notification',
  title: 'IAEA Convention on Early Notification of a Nuclear Accident, 1986',
  status: {
    sentence: 'In force; states notify each other directly or through the IAEA. No list of parties has been read.',
    source: COMPARED,
  },
  rules: [
    {
      rule: 'SCOPE',
      basis: 'text',
      source: ARTICLES,
      judge: hazardInScope(
        'radiological',
        'accidents with a release that crosses or may cross a border and is of radiological significance',
      ),
    },
    { rule: 'FIELDS', basis: 'text', source: ARTICLES, judge: statesOf(ARTICLE_5) },
    { rule: 'LEAD', basis: 'text', source: ARTICLES, judge: reportedForthwith },
  ],
};
