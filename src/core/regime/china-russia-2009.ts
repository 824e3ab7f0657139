import type { Regime, RegimeSource } from './regime.js';
import { towardsTheOther } from './scope-rules.js';
import { leadNotPublished } from './time-rules.js';

const PODVIG_2010: RegimeSource = {
  title: 'Pavel Podvig, Russian strategic nuclear forces, October 2010',
  url: 'http://russianforces.org/blog/2010/10/russia_and_china_to_exchange_l.shtml',
};

const XINHUA_2020: RegimeSource = {
  title: 'Xinhua, 15 December 2020 (copy)',
  url: 'https://m.observersnews.com/internation/2020_12_15_574664.shtml',
};

/** What a notice must tell, and how long before, is not published. */
export const chinaRussia2009: Regime = {
  id: 'china-russia-2009',
  title: 'China-Russia agreement on notification of launches, 2009',
  parties: ['CN', 'RU'],
  status: {
    sentence: 'In force since 16 December 2010, extended for ten years on 15 December 2020.',
    source: XINHUA_2020,
  },
  rules: [
    { rule: 'SCOPE', basis: 'text', source: PODVIG_2010, judge: towardsTheOther(2000) },
    { rule: 'LEAD', basis: 'text', source: PODVIG_2010, judge: leadNotPublished },
  ],
};
