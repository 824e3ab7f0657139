import { actsInScope, fields } from './content-rules.js';
import { areaToLineKm } from './geo-rules.js';
import { KOREA } from './lines.js';
import type { Notice } from './notice.js';
import type { Regime, RegimeJudgement, RegimeSource } from './regime.js';

const AGREEMENT: RegimeSource = {
  title:
    'Agreement on the Implementation of the Historic Panmunjom Declaration in the Military Domain, 19 September 2018 (copy)',
  url: 'https://docslib.org/doc/6854773/agreement-on-the-implementation-of-the-historic-panmunjom-declaration-in-the-military-domain',
};

const WHITE_PAPER: RegimeSource = {
  title: 'ROK Ministry of National Defense, White Paper 2020, appendix, p. 52',
  url: 'https://mnd.go.kr/mnd_book/DefenseWhitePaper/2020/2020_eng_appendix/files/basic-html/page52.html',
};

const SUSPENDED: RegimeSource = {
  title: 'Report of June 2024 on the suspension',
  url: 'https://vietnam.vn/en/han-quoc-dinh-chi-hiep-uoc-giam-cang-thang-lien-trieu-nam-2018',
};

/** How far from the line nothing of the kind may fly, in km: in the east and in the west where they differ. */
const NO_FLY_KM: Readonly<Record<NonNullable<Notice['aircraft']>, { most: number; least: number }>> = {
  'fixed-wing': { most: 40, least: 20 },
  rotary: { most: 10, least: 10 },
  uav: { most: 15, least: 10 },
  balloon: { most: 25, least: 25 },
};

const LAND_FIRE_KM = 5;

/**
 * Artillery fire and field exercises of a regiment or more stay 5 km from the line, aircraft as far as their kind says. Where
 * east and west differ the larger figure is met, the smaller is broken, and between the two it cannot be told: where the east
 * begins has not been read.
 */
function farFromTheLine(notice: Notice): RegimeJudgement {
  const { aircraft, launchArea, impactAreas } = notice;
  const { most, least } = aircraft ? NO_FLY_KM[aircraft] : { most: LAND_FIRE_KM, least: LAND_FIRE_KM };
  const areas = [...(launchArea ? [launchArea] : []), ...impactAreas];
  const { points, uncertaintyKm } = KOREA;
  const figures = { minSiteKm: most, ...(most === least ? {} : { minSiteKmInTheWest: least }), uncertaintyKm };
  if (areas.length === 0) {
    return {
      verdict: 'cannot-tell',
      figures,
      detail: 'The notice gives no area, so its distance from the military demarcation line cannot be measured.',
    };
  }
  const km = Math.min(...areas.map((area) => areaToLineKm(area, points)));
  const siteKm = Math.round(km * 100) / 100;
  const detail = `The nearest edge is ${siteKm} km from the military demarcation line; ${most === least ? most : `${least} or ${most}`} km are kept free.`;
  const verdict = km - uncertaintyKm >= most ? 'met' : km + uncertaintyKm < least ? 'broken' : 'cannot-tell';
  return { verdict, figures: { siteKm, ...figures }, detail };
}

/** Not a regime of notices before launches: what it keeps free of drills and flights near the line. The zones at sea are left out. */
export const cma2018: Regime = {
  id: 'cma-2018',
  title: 'Inter-Korean Comprehensive Military Agreement, 2018',
  parties: ['KR', 'KP'],
  status: { sentence: 'Suspended by the Republic of Korea in June 2024.', source: SUSPENDED },
  rules: [
    {
      rule: 'SCOPE',
      basis: 'text',
      source: AGREEMENT,
      judge: actsInScope(
        ['live-fire-drill', 'joint-exercise'],
        'live-fire drills, field exercises and flights near the line',
      ),
    },
    { rule: 'FIELDS', basis: 'assumption', source: AGREEMENT, judge: fields('subject', 'danger area', 'window') },
    { rule: 'SITE', basis: 'text', source: WHITE_PAPER, judge: farFromTheLine },
  ],
};
