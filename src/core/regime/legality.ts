import type { Notice } from './notice.js';
import type { RegimeSource } from './regime.js';

/** A decision of the Security Council that bears on an act, and what it says; what follows from it is for others to judge. */
export interface Engaged {
  resolution: string;
  says: string;
  source: RegimeSource;
}

/**
 * What bears on the lawfulness of the act itself. It is no part of any check: a notice that keeps every rule does not make a
 * launch lawful, and one that breaks a rule does not make it unlawful.
 */
export interface Legality {
  note: string;
  engaged: Engaged[];
}

const RESOLUTIONS: readonly Engaged[] = [
  {
    resolution: 'S/RES/1695 (2006)',
    says: 'demands that the DPRK suspend all activities related to its ballistic missile programme',
    source: { title: 'UN press release SC/8778, 15 July 2006', url: 'http://www.un.org/press/en/2006/sc8778.doc.htm' },
  },
  {
    resolution: 'S/RES/1718 (2006)',
    says: 'demands that the DPRK suspend its ballistic missile programme and return to its moratorium on launches, under Chapter VII',
    source: { title: 'UN press release SC/8853, 14 October 2006', url: 'https://press.un.org/en/2006/sc8853.doc.htm' },
  },
  {
    resolution: 'S/RES/1874 (2009)',
    says: 'demands that the DPRK not conduct any launch using ballistic missile technology',
    source: {
      title: 'Embassy of France in Seoul on the launch announced in March 2012',
      url: 'http://www.ambafrance-kr.org/North-Korea-Rocket-launch-30-march',
    },
  },
  {
    resolution: 'Presidential statement of 16 April 2012',
    says: 'applies this to any launch that uses ballistic missile technology, even if it is called a satellite or space vehicle launch',
    source: {
      title: 'Xinhua, 17 April 2012',
      url: 'http://usa.chinadaily.com.cn/world/2012-04/17/content_15062843.htm',
    },
  },
];

const LAUNCHES: readonly Notice['act'][] = ['missile-test', 'satellite-launch'];

/** The decisions that the act of a notice engages. An empty list says only that none is held here. */
export function legalityOf({ by, act }: Notice): Legality {
  const engaged = by === 'KP' && LAUNCHES.includes(act) ? [...RESOLUTIONS] : [];
  return {
    note: 'Whether a notice keeps a regime and whether the act is lawful are two questions; this check answers the first only.',
    engaged,
  };
}
