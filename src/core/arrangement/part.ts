import { contentOf, withoutUndefined, type ItemContent } from '../incident/item-body.js';
import type { PartBody, PointBody } from '../incident/item.js';
import { markedTexts, markingOfScenario } from '../scenario/marker.js';
import type { Mode } from '../scenario/mode.js';
import type { Scenario, ScenarioItem } from '../scenario/scenario.schema.js';
import type { Field } from './arrangement.schema.js';
import { fieldsIn, type FieldSet } from './network.js';
import { partTexts } from './part.texts.js';
import { fieldSetOfItem } from './shareable.js';

/**
 * What is shown of an item of which only some fields passed. What did not pass is not in it, in no language: where the narrative
 * was withheld the words are made anew from the fields, and sources, notes and conflicts of the record stay out, since they tell
 * of it too. The severity passes always: like the precedence of a message it belongs to the envelope.
 */
export function partContentOf(
  scenario: Scenario,
  item: ScenarioItem,
  version: number,
  passed: FieldSet,
  mode: Mode,
): ItemContent {
  const whole = contentOf(scenario, item, mode);
  const fields = fieldsIn(passed);
  const has = (field: Field): boolean => fields.includes(field);
  const part: PartBody = withoutUndefined({
    version,
    fields,
    withheld: fieldsIn(fieldSetOfItem(item) & ~passed),
    launchPoint: has('launch-point') ? launchPointOf(scenario, item) : undefined,
    impactPoint: has('impact-point') ? pointOf(scenario, item.sharing?.impactPoint) : undefined,
    flightTrack: has('flight-track') ? trackOf(item) : undefined,
  });
  const event = has('time') ? whole.event : undefined;
  const place = has('place') ? whole.place : undefined;
  const actor = has('actor') ? whole.actor : undefined;
  const marking = markingOfScenario(scenario, mode);
  return withoutUndefined({
    mode,
    texts: has('narrative')
      ? whole.texts
      : markedTexts(marking, partTexts({ part, at: event?.at, place: place?.names, actor })),
    actor,
    event,
    severity: whole.severity,
    place,
    announcement: has('terms') ? whole.announcement : undefined,
    sources: has('narrative') ? whole.sources : undefined,
    conflicts: has('narrative') ? whole.conflicts : undefined,
    note: has('narrative') ? whole.note : undefined,
    part,
  });
}

function launchPointOf(scenario: Scenario, { launch, sharing }: ScenarioItem): PointBody | undefined {
  return (
    pointOf(scenario, sharing?.launchPoint) ?? (launch && { latitude: launch.latitude, longitude: launch.longitude })
  );
}

function pointOf(scenario: Scenario, id: string | undefined): PointBody | undefined {
  const place = id === undefined ? undefined : scenario.places[id];
  return (
    place &&
    withoutUndefined({
      names: place.names,
      latitude: place.point?.latitude,
      longitude: place.point?.longitude,
      uncertaintyKm: place.point?.uncertaintyKm,
    })
  );
}

function trackOf({ sharing }: ScenarioItem): PartBody['flightTrack'] {
  const track = sharing?.flightTrack;
  return track && withoutUndefined({ bearingDeg: track.bearingDeg, rangeKm: track.rangeKm });
}
