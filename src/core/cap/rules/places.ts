import type { CapAlert, CapArea, CapInfo, CapResource } from '../cap.js';
import type { Place } from '../cap.finding.js';

/** One part of a message and its path. */
export interface At<Part> {
  readonly part: Part;
  readonly path: string;
}

/** One place where a rule is broken, or none. */
export const where = (broken: boolean, path: string, value?: string): Place[] =>
  broken ? [value === undefined ? { path } : { path, value }] : [];

/** CAP lets an element stand there and say nothing (3.2): that is as good as none. */
export const blank = (text: string | undefined): boolean => text === undefined || text.trim() === '';

export const infos = ({ info }: CapAlert): At<CapInfo>[] => at(info, 'info');

export const areas = (alert: CapAlert): At<CapArea>[] =>
  infos(alert).flatMap(({ part, path }) => at(part.area, `${path}.area`));

export const resources = (alert: CapAlert): At<CapResource>[] =>
  infos(alert).flatMap(({ part, path }) => at(part.resource, `${path}.resource`));

/** The parts of a repeated element, each with its path. */
export const at = <Part>(parts: readonly Part[], path: string): At<Part>[] =>
  parts.map((part, index) => ({ part, path: `${path}[${index}]` }));

/** Every text of a message with its path, in the order of the document. */
export const texts = (alert: CapAlert): At<string>[] => textsOf(alert, '');

function textsOf(part: unknown, path: string): At<string>[] {
  if (typeof part === 'string') {
    return [{ part, path }];
  }
  if (Array.isArray(part)) {
    return part.flatMap((each, index) => textsOf(each, `${path}[${index}]`));
  }
  return Object.entries(part ?? {}).flatMap(([name, value]) => textsOf(value, path === '' ? name : `${path}.${name}`));
}
