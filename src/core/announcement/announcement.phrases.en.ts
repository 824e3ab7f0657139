import { isLaunch } from './announcement.phrases.js';
import type { Angle, AnnouncementPhrases, LaunchAct, MatchFacts, NoticeFacts } from './announcement.phrases.js';
import { clockOf } from './announcement.time.js';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const VEHICLES = {
  ICBM: 'intercontinental ballistic missile (ICBM)',
  SLBM: 'submarine-launched ballistic missile (SLBM)',
  SRBM: 'short-range ballistic missile (SRBM)',
  MRBM: 'medium-range ballistic missile (MRBM)',
  IRBM: 'intermediate-range ballistic missile (IRBM)',
  SLV: 'space launch vehicle (SLV)',
};

const VERDICTS: Record<MatchFacts['verdict'], string> = {
  announced: 'inside the announced window',
  'outside-window': 'outside the announced window',
  'outside-area': 'inside the announced window, outside the announced launch area',
  unannounced: 'no advance notice',
};

const OUTCOMES = {
  'as-announced': 'carried out as announced',
  'in-part': 'carried out in part',
  'not-held': 'not carried out',
};

/** English, in the style of a US watch floor. */
export const english: AnnouncementPhrases = {
  timeZone: 'UTC',
  time: (utc) => `${utc.day} ${MONTHS[utc.month - 1]} ${utc.year} ${clockOf(utc)}Z`,
  position: ({ latitude, longitude }) => `${angle(latitude)} ${angle(longitude)}`,
  circle: (centre, radiusKm) => `within ${radiusKm} km of ${centre}`,
  polygon: (points) => `bounded by ${points.join(', ')}`,
  longPolygon: (points) => `bounded by ${points} points`,
  stage: { announce: '', amend: 'Amended: ', cancel: 'Cancelled: ', report: 'Report after the act: ', release: '' },
  report: (at, outcome) => `Outcome at ${at}: ${OUTCOMES[outcome]}. `,
  notice: (facts) => ({
    headline: `Advance notice of ${actOf(facts)}: ${facts.by}, ${facts.start} to ${facts.end}`,
    description: [
      `Notifying state: ${facts.by}.`,
      `Window: ${facts.start} to ${facts.end}.`,
      ...(isLaunch(facts)
        ? [
            facts.vehicleClass ? `Vehicle: ${VEHICLES[facts.vehicleClass]}.` : 'Vehicle: not stated in the notice.',
            `Launch area: ${facts.launchArea ?? 'not stated in the notice'}.`,
          ]
        : []),
      facts.impactAreas.length > 0
        ? `${areasLabel(facts)} (${facts.impactAreas.length}): ${facts.impactAreas.map((area, index) => `(${index + 1}) ${area}`).join('; ')}.`
        : `${areasLabel(facts)}: not stated in the notice.`,
      'Times are UTC.',
    ].join(' '),
  }),
  match: (facts) => ({
    headline: `Launch observed: ${VERDICTS[facts.verdict]}, ${facts.at}`,
    description: [
      `Launch ${facts.by ? `by ${facts.by} ` : ''}observed at ${facts.at} from the vicinity of ${facts.position}.`,
      facts.window
        ? `The notice it was checked against has the window ${facts.window.start} to ${facts.window.end} (${VERDICTS[facts.verdict]}).`
        : 'No matching advance notice is held.',
      'Times are UTC.',
    ].join(' '),
  }),
};

const ACTS: Record<Exclude<NoticeFacts['act'], LaunchAct>, string> = {
  'live-fire-drill': 'live-fire drill',
  'joint-exercise': 'joint exercise',
  'treated-water-discharge': 'treated-water discharge',
  'food-safety': 'food-safety measures',
  'ehs-notice': 'environment, health or safety matter',
  'humanitarian-act': 'humanitarian act',
  'memorial-act': 'memorial act',
};

function actOf({ act, vehicleClass }: NoticeFacts): string {
  if (act === 'satellite-launch') {
    return 'satellite launch';
  }
  if (act !== 'missile-test') {
    return ACTS[act];
  }
  return `${vehicleClass && vehicleClass !== 'SLV' ? VEHICLES[vehicleClass] : 'ballistic missile'} launch`;
}

const areasLabel = (facts: NoticeFacts): string => (isLaunch(facts) ? 'Impact areas' : 'Areas');

function angle({ hemisphere, degrees, minutes }: Angle): string {
  return `${degrees}°${minutes}′${hemisphere}`;
}
