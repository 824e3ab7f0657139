import type { Names, Scenario, ScenarioChapter, Texts } from '../scenario/scenario.schema.js';

/** A scenario in the library's list. Of a fictional one only a controller gets what would tell the players what comes. */
export interface ScenarioView {
  id: string;
  kind: Scenario['kind'];
  job: Scenario['job'];
  names: Names;
  timeZone: string;
  parties: string[];
  summary?: Record<string, string>;
  chapters?: ScenarioChapter[];
  /** How many there are. */
  items?: number;
}

/** An item to which no source gives a time: listed, not played. */
export interface UntimedView {
  id: string;
  texts: Texts;
  note?: string;
}

/** A scenario with what it cannot play and what it rests on. */
export interface ScenarioDetail extends Required<ScenarioView> {
  untimed: UntimedView[];
  /** Which parties no source says to have been told of an item. */
  notKnown: { id: string; parties: string[] }[];
  places: Scenario['places'];
  sources: Scenario['sources'];
}
