import { stateNames } from '../announcement/state-names.js';
import type { AnnouncementTerms } from '../scenario/scenario.schema.js';
import type { Notice } from './notice.js';
import type { RegimeRule } from './regime.js';

type Judge = RegimeRule['judge'];
type VehicleClass = NonNullable<AnnouncementTerms['vehicleClass']>;
type Act = AnnouncementTerms['act'];

/** What a notice may tell, by the name that a finding calls it, and how it is seen that it does. */
export const FIELDS = {
  'planned date': ({ windowStart }: Notice): boolean => windowStart !== undefined,
  window: ({ windowStart, windowEnd }: Notice): boolean => windowStart !== undefined && windowEnd !== undefined,
  'launch area': ({ launchArea, launchPlace }: Notice): boolean =>
    launchArea !== undefined || launchPlace !== undefined,
  'impact area': ({ impactAreas, impactPlace }: Notice): boolean => impactAreas.length > 0 || impactPlace !== undefined,
  'danger area': ({ impactAreas, launchArea }: Notice): boolean => impactAreas.length > 0 || launchArea !== undefined,
  class: ({ vehicleClass, act }: Notice): boolean => vehicleClass !== undefined || act === 'satellite-launch',
  direction: ({ bearingDeg, track }: Notice): boolean => bearingDeg !== undefined || track !== undefined,
  'number of launches': ({ launches }: Notice): boolean => launches !== undefined,
  subject: ({ act, subject }: Notice): boolean => act !== undefined || subject !== undefined,
  'flight information region': ({ fir }: Notice): boolean => fir !== undefined,
} as const;
export type FieldName = keyof typeof FIELDS;

/** The notice must tell all of these. */
export function fields(...names: FieldName[]): Judge {
  return (notice) => {
    const missing = names.filter((name) => !FIELDS[name](notice));
    return {
      verdict: missing.length === 0 ? 'met' : 'broken',
      figures: { missing },
      detail:
        missing.length === 0
          ? `The notice gives ${listed(names.map((name) => `the ${name}`))}.`
          : `The notice does not give its ${listed(missing)}.`,
    };
  };
}

/** Each must be there with a state: what is unknown or pending may be, but must be said to be. */
export function statesOf(names: Readonly<Record<string, string>>): Judge {
  return ({ reported }) => {
    const missing = Object.keys(names).filter((name) => reported[name] === undefined);
    const open = Object.keys(names).filter((name) => reported[name] === 'unknown' || reported[name] === 'pending');
    return {
      verdict: missing.length === 0 ? 'met' : 'broken',
      figures: { missing, open },
      detail:
        missing.length === 0
          ? `The notice tells or marks as open each of ${Object.keys(names).length} parts.`
          : `The notice leaves out ${listed(missing.map((name) => `${name} (${names[name]})`))} without saying that it is open.`,
    };
  };
}

/**
 * The regime asks for notices of these classes only. A notice of another class breaks nothing that binds its giver:
 * `broken` here says that the regime does not reach this launch, and the other findings are a comparison.
 */
export function classesInScope(classes: readonly VehicleClass[], parties: readonly string[]): Judge {
  return ({ act, vehicleClass, by }) => {
    const isParty = by !== undefined && parties.includes(by);
    const figures = { classes: [...classes], vehicleClass: vehicleClass ?? 'not told', party: isParty };
    const who =
      isParty || by === undefined
        ? ''
        : `; ${stateNames(by)['en-US'] ?? by} is no party to it, so every finding is for comparison only`;
    const covered = classes.join(' and ');
    if (vehicleClass === undefined && act === 'missile-test') {
      return {
        verdict: 'cannot-tell',
        figures,
        detail: `The agreement covers ${covered} launches, and the notice does not tell the class of the missile${who}.`,
      };
    }
    if (vehicleClass !== undefined && classes.includes(vehicleClass)) {
      return act === 'missile-test'
        ? { verdict: 'met', figures, detail: `The agreement covers ${covered} launches, and this is one${who}.` }
        : {
            verdict: 'cannot-tell',
            figures,
            detail: `The agreement covers ${covered} launches; the notice calls this ${vehicleClass} launch a satellite launch${who}.`,
          };
    }
    const what = vehicleClass === undefined ? actInWords(act) : `the launch of an ${vehicleClass}`;
    return {
      verdict: 'broken',
      figures,
      detail: `The agreement covers ${covered} launches only, and this is ${what}${who}.`,
    };
  };
}

/** The regime reaches these acts, and a notice that does not tell its act cannot be placed. */
export function actsInScope(acts: readonly Act[], what: string): Judge {
  return ({ act }) => {
    const figures = { acts: [...acts], act: act ?? 'not told' };
    if (act === undefined) {
      return {
        verdict: 'cannot-tell',
        figures,
        detail: `It covers ${what}, and the notice does not tell what is announced.`,
      };
    }
    return acts.includes(act)
      ? { verdict: 'met', figures, detail: `It covers ${what}, and this is ${actInWords(act)}.` }
      : { verdict: 'broken', figures, detail: `It covers ${what}, and this is ${actInWords(act)}.` };
  };
}

/** Environment, health and safety: the kind of hazard decides. */
export function hazardInScope(hazard: NonNullable<Notice['hazard']>, what: string): Judge {
  return ({ hazard: told }) => {
    const figures = { hazard: told ?? 'not told' };
    if (told === undefined) {
      return { verdict: 'cannot-tell', figures, detail: `It covers ${what}, and the notice names no hazard.` };
    }
    return {
      verdict: told === hazard ? 'met' : 'broken',
      figures,
      detail: `It covers ${what}, and this notice is of the hazard "${told}".`,
    };
  };
}

const ACT_WORDS: Record<Act, string> = {
  'missile-test': 'a missile test',
  'satellite-launch': 'a satellite launch',
  'live-fire-drill': 'a live-fire drill',
  'joint-exercise': 'a joint exercise',
  'treated-water-discharge': 'a discharge of treated water',
  'food-safety': 'a food-safety notice',
  'ehs-notice': 'a notice on environment, health or safety',
  'humanitarian-act': 'a humanitarian act',
  'memorial-act': 'a memorial act',
};

const actInWords = (act: Act | undefined): string => (act ? ACT_WORDS[act] : 'an act that is not told');

/** "a, b and c" */
export const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
