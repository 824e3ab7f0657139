import { CAP_12 } from '../../src/core/cap/cap.js';

const document = (info: string, references = ''): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="${CAP_12}"><identifier>hostile</identifier><sender>warnings@weather.example</sender>
<sent>2026-11-24T12:00:00+09:00</sent><status>Test</status><msgType>Alert</msgType><scope>Public</scope>
${references && `<references>${references}</references>`}${info}</alert>`;

const info = (area = '', language = 'en-US'): string =>
  `<info><language>${language}</language><category>Met</category><event>Gale</event><urgency>Expected</urgency>
<severity>Severe</severity><certainty>Likely</certainty>${area}</info>`;

const times = (count: number, part: (index: number) => string): string => Array.from({ length: count }, (_, index) => part(index)).join(' '); // prettier-ignore

/** Documents within the limits of `POST /cap/validate` that take as long to judge as we know how, by what they have too many of. */
export const HOSTILE_CAP: Readonly<Record<string, string>> = {
  'points of a polygon': document(
    info(
      `<area><areaDesc>Spiral</areaDesc><polygon>${times(100_000, (index) => `${(40 + Math.sin(index) * index * 1e-4).toFixed(5)},${(130 + Math.cos(index) * index * 1e-4).toFixed(5)}`)}</polygon></area>`,
    ),
  ),
  blocks: document(times(900, (index) => info('', `x-${index}`))),
  references: document(
    info(),
    times(60_000, (index) => `a@b.c,${index},2026-11-24T12:00:00+09:00`),
  ),
  'elements that never end': document('<b'.repeat(1_000_000)),
};
