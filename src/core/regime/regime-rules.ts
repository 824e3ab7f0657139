import { stateNames } from '../announcement/state-names.js';
import type { AnnouncementTerms } from '../scenario/scenario.schema.js';
import { runTimeOf } from '../time/time.js';
import type { RegimeRule } from './regime.js';

const HOUR_MS = 3_600_000;

type Judge = RegimeRule['judge'];
type VehicleClass = NonNullable<AnnouncementTerms['vehicleClass']>;

/** The notice must be received at least so many hours before its window opens. */
export function leadOfAtLeast(minLeadHours: number): Judge {
  return (terms, { receivedAt }) => {
    const leadMs = runTimeOf(terms.windowStart) - receivedAt;
    // Rounded down, so that a lead a second too short never reads as enough.
    const leadHours = hours(leadMs, Math.floor);
    const measured =
      leadMs < 0
        ? `The window had been open for ${-leadHours} h when the notice was received`
        : `The notice was received ${leadHours} h before its window opens`;
    return {
      verdict: leadMs >= minLeadHours * HOUR_MS ? 'met' : 'broken',
      figures: { leadHours, minLeadHours },
      detail: `${measured}; at least ${minLeadHours} h are asked for.`,
    };
  };
}

/** The window may stay open for at most so many hours. */
export function windowOfAtMost(maxWindowHours: number): Judge {
  return ({ windowStart, windowEnd }) => {
    const lengthMs = runTimeOf(windowEnd) - runTimeOf(windowStart);
    const windowHours = hours(lengthMs, Math.ceil);
    return {
      verdict: lengthMs > 0 && lengthMs <= maxWindowHours * HOUR_MS ? 'met' : 'broken',
      figures: { windowHours, maxWindowHours },
      detail: `The window is open for ${windowHours} h; at most ${maxWindowHours} h are allowed.`,
    };
  };
}

/** The notice must tell where the launch and the impact will be; its date is part of every notice by its form. */
export const launchAndImpactArea: Judge = ({ launchArea, impactAreas }) => {
  const missing = [...(launchArea ? [] : ['launch area']), ...(impactAreas.length > 0 ? [] : ['impact area'])];
  return {
    verdict: missing.length === 0 ? 'met' : 'broken',
    figures: { missing },
    detail:
      missing.length === 0
        ? 'The notice gives the planned date, the launch area and the impact area.'
        : `The notice does not give its ${missing.join(' and ')}.`,
  };
};

/**
 * The regime asks for notices of these classes only. A notice of another class breaks nothing that binds its giver:
 * `broken` here says that the regime does not reach this launch, and the other findings are a comparison.
 */
export function classesInScope(classes: readonly VehicleClass[], parties: readonly string[]): Judge {
  return ({ act, vehicleClass, by }) => {
    const figures = { classes: [...classes], vehicleClass: vehicleClass ?? 'not told', party: parties.includes(by) };
    const who = figures.party
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
    const what = vehicleClass === undefined ? 'a satellite launch' : `the launch of an ${vehicleClass}`;
    return {
      verdict: 'broken',
      figures,
      detail: `The agreement covers ${covered} launches only, and this is ${what}${who}.`,
    };
  };
}

function hours(ms: number, round: (value: number) => number): number {
  return round((ms / HOUR_MS) * 100) / 100;
}
