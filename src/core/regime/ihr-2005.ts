import { hazardInScope, statesOf } from './content-rules.js';
import type { Regime, RegimeSource } from './regime.js';
import { reportedWithin } from './time-rules.js';

const ARTICLE_6: RegimeSource = {
  title: 'International Health Regulations (2005), article 6 (bilingual text)',
  url: 'http://wordscope.be/francais/neerlandais/événement+survenu.html',
};

const CONTACT_POINT: RegimeSource = {
  title: 'WHO Health Security Learning Platform: National Focal Points and IHR Contact Points',
  url: 'https://extranet.who.int/hslp/training/mod/page/view.php?id=1575',
};

/** Only what article 6 says of the first notification; case definitions, laboratory results and so on have not been read. */
export const ihr2005: Regime = {
  id: 'ihr-2005',
  title: 'International Health Regulations (2005)',
  status: {
    sentence: 'In force; National Focal Points notify WHO. No list of parties has been read.',
    source: CONTACT_POINT,
  },
  rules: [
    {
      rule: 'SCOPE',
      basis: 'text',
      source: ARTICLE_6,
      judge: hazardInScope('health', 'events that may be a public health emergency of international concern'),
    },
    { rule: 'LEAD', basis: 'text', source: ARTICLE_6, judge: reportedWithin(24) },
    { rule: 'FIELDS', basis: 'text', source: ARTICLE_6, judge: statesOf({ measures: 'health measures taken' }) },
  ],
};
