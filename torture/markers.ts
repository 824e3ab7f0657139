import type { Texts } from '../src/core/scenario/scenario.schema.js';

const MARKER = /\[([\w.]+)\]/;

/** The text that carries a marker, and by which a message is known again. */
export const withMarker = (marker: string): string => `Torture [${marker}]`;

/** The marker of what a console was shown; undefined when it is none of ours. */
export const markerOf = (texts: Texts): string | undefined => MARKER.exec(texts['en-US']?.headline ?? '')?.[1];
