import type { CapAlert, CapArea, CapInfo, CapResource } from '../cap.js';
import type { Place } from '../cap.finding.js';
import { once } from './once.js';

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

export const infos = once(({ info }: CapAlert): readonly At<CapInfo>[] => at(info, 'info'));

export const areas = once((alert: CapAlert): readonly At<CapArea>[] =>
  infos(alert).flatMap(({ part, path }) => at(part.area, `${path}.area`)),
);

export const resources = (alert: CapAlert): At<CapResource>[] =>
  infos(alert).flatMap(({ part, path }) => at(part.resource, `${path}.resource`));

/** The parts of a repeated element, each with its path. */
export const at = <Part>(parts: readonly Part[], path: string): At<Part>[] =>
  parts.map((part, index) => ({ part, path: `${path}[${index}]` }));

/** Every text of a message with its path, in the order of the document. */
export const texts = once((alert: CapAlert): readonly At<string>[] => {
  const found: At<string>[] = [];
  collectTexts(alert, '', found);
  return found;
});

/** Into one list: an alert is walked for every one that is sent, and lists of lists would cost more than the walk. */
function collectTexts(part: unknown, path: string, found: At<string>[]): void {
  if (typeof part === 'string') {
    found.push({ part, path });
  } else if (Array.isArray(part)) {
    part.forEach((each, index) => collectTexts(each, `${path}[${index}]`, found));
  } else {
    Object.entries(part ?? {}).forEach(([name, value]) =>
      collectTexts(value, path === '' ? name : `${path}.${name}`, found),
    );
  }
}
