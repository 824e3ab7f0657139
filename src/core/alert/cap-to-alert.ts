import { DEFAULT_LANGUAGE, type CapAlert, type CapArea, type CapInfo } from '../cap/cap.js';
import { readCircle, readPolygon } from '../cap/cap.shapes.js';
import { capTimeMs } from '../cap/cap.time.js';
import type { Area } from '../scenario/scenario.schema.js';
import { CATEGORIES, CERTAINTIES, SEVERITIES, URGENCIES, type AlertInfo, type AlertMessage } from './alert.js';

/** What consoles need of a message from outside; the message itself is kept as it came. */
export function alertOf(alert: CapAlert): AlertMessage {
  const [first] = alert.info;
  const expiresMs = first?.expires === undefined ? undefined : capTimeMs(first.expires);
  const areas = uniqueAreas(alert.info.flatMap(({ area }) => area.flatMap(shapesOf)));
  return {
    event: first?.event ?? alert.msgType,
    category: oneOf(CATEGORIES, first?.category[0], 'Other'),
    urgency: oneOf(URGENCIES, first?.urgency, 'Unknown'),
    severity: oneOf(SEVERITIES, first?.severity, 'Unknown'),
    certainty: oneOf(CERTAINTIES, first?.certainty, 'Unknown'),
    info: wordsOf(alert),
    ...(areas.length > 0 ? { areas } : {}),
    ...(expiresMs === undefined ? {} : { expires: new Date(expiresMs).toISOString() }),
  };
}

const oneOf = <Value extends string>(values: readonly Value[], value: string | undefined, otherwise: Value): Value =>
  values.find((each) => each === value) ?? otherwise;

/** One block a language: later blocks of a language add to what the first says (CAP 3.2.1 info). */
function wordsOf({ info, note, msgType }: CapAlert): AlertInfo[] {
  const byLanguage = new Map<string, AlertInfo>();
  for (const block of info) {
    const words = wordsOfBlock(block);
    const before = byLanguage.get(words.language);
    byLanguage.set(words.language, before ? joined(before, words) : words);
  }
  return byLanguage.size > 0
    ? [...byLanguage.values()]
    : [{ language: DEFAULT_LANGUAGE, headline: note?.trim() || msgType }];
}

const wordsOfBlock = ({ language, headline, event, description, instruction }: CapInfo): AlertInfo => ({
  language: language ?? DEFAULT_LANGUAGE,
  headline: headline?.trim() || event.trim() || '-',
  ...(description?.trim() ? { description: description.trim() } : {}),
  ...(instruction?.trim() ? { instruction: instruction.trim() } : {}),
});

function joined(before: AlertInfo, more: AlertInfo): AlertInfo {
  const join = (a: string | undefined, b: string | undefined): string | undefined =>
    a === undefined || b === undefined || a.includes(b) ? (a ?? b) : `${a}\n\n${b}`;
  const [description, instruction] = [
    join(before.description, more.description),
    join(before.instruction, more.instruction),
  ];
  return { ...before, ...(description ? { description } : {}), ...(instruction ? { instruction } : {}) };
}

const shapesOf = ({ polygon, circle }: CapArea): Area[] => [
  ...polygon.flatMap((text): Area[] => {
    const points = readPolygon(text) ?? [];
    return points.length > 0
      ? [{ polygon: points.map(([latitude, longitude]): [number, number] => [latitude, longitude]) }]
      : [];
  }),
  ...circle.flatMap((text): Area[] => {
    const read = readCircle(text);
    return read ? [{ circle: { latitude: read.centre[0], longitude: read.centre[1], radiusKm: read.radiusKm } }] : [];
  }),
];

/** The blocks of a message repeat their areas in every language. */
const uniqueAreas = (areas: readonly Area[]): Area[] => [
  ...new Map(areas.map((area) => [JSON.stringify(area), area])).values(),
];
