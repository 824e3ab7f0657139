import { CATEGORIES, CERTAINTIES, SEVERITIES, URGENCIES } from '../alert/alert.js';
import type { CapVersion } from './cap.js';

/**
 * How the text of an element is read. `text` is kept as it stands; around all others white space means nothing. `choice` takes one
 * of a list, `group` has elements of its own.
 */
export type ElementKind = 'text' | 'token' | 'language' | 'time' | 'uri' | 'integer' | 'decimal' | 'choice' | 'group';

/** One element as the schema has it, in the order of the schema. */
export interface CapElement {
  readonly name: string;
  readonly kind: ElementKind;
  readonly required: boolean;
  readonly repeatable: boolean;
  readonly choices: readonly string[];
  readonly elements: readonly CapElement[];
}

export const CAP_STATUSES = ['Actual', 'Exercise', 'System', 'Test', 'Draft'] as const;
export const MSG_TYPES = ['Alert', 'Update', 'Cancel', 'Ack', 'Error'] as const;
export const SCOPES = ['Public', 'Restricted', 'Private'] as const;
export const RESPONSE_TYPES = [
  ...['Shelter', 'Evacuate', 'Prepare', 'Execute', 'Avoid', 'Monitor', 'Assess', 'AllClear', 'None'],
] as const;
/** CAP 1.2 added these two. */
const RESPONSE_TYPES_11 = RESPONSE_TYPES.filter((type) => type !== 'Avoid' && type !== 'AllClear');

type Options = Partial<Omit<CapElement, 'name' | 'kind'>>;

const element = (name: string, kind: ElementKind, options: Options = {}): CapElement => ({
  ...{ name, kind, required: false, repeatable: false, choices: [], elements: [] },
  ...options,
});
const required = { required: true };
const repeatable = { repeatable: true };

const PAIR = [element('valueName', 'text', required), element('value', 'text', required)];

const resourceElements = (version: CapVersion): CapElement[] => [
  element('resourceDesc', 'text', required),
  element('mimeType', 'token', { required: version === '1.2' }),
  element('size', 'integer'),
  element('uri', 'uri'),
  element('derefUri', 'token'),
  element('digest', 'token'),
];

const areaElements = (version: CapVersion): CapElement[] => [
  element('areaDesc', 'text', required),
  element('polygon', 'token', repeatable),
  element('circle', 'token', repeatable),
  element('geocode', 'group', { repeatable: true, elements: PAIR }),
  element('altitude', version === '1.2' ? 'decimal' : 'token'),
  element('ceiling', version === '1.2' ? 'decimal' : 'token'),
];

const infoElements = (version: CapVersion): CapElement[] => [
  element('language', 'language'),
  element('category', 'choice', { required: true, repeatable: true, choices: CATEGORIES }),
  element('event', 'text', required),
  element('responseType', 'choice', {
    repeatable: true,
    choices: version === '1.2' ? RESPONSE_TYPES : RESPONSE_TYPES_11,
  }),
  element('urgency', 'choice', { required: true, choices: URGENCIES }),
  element('severity', 'choice', { required: true, choices: SEVERITIES }),
  element('certainty', 'choice', { required: true, choices: CERTAINTIES }),
  element('audience', 'text'),
  element('eventCode', 'group', { repeatable: true, elements: PAIR }),
  element('effective', 'time'),
  element('onset', 'time'),
  element('expires', 'time'),
  element('senderName', 'text'),
  element('headline', 'text'),
  element('description', 'text'),
  element('instruction', 'text'),
  element('web', 'uri'),
  element('contact', 'text'),
  element('parameter', 'group', { repeatable: true, elements: PAIR }),
  element('resource', 'group', { repeatable: true, elements: resourceElements(version) }),
  element('area', 'group', { repeatable: true, elements: areaElements(version) }),
];

const alertElements = (version: CapVersion): CapElement[] => [
  element('identifier', 'token', required),
  element('sender', 'token', required),
  element('sent', 'time', required),
  element('status', 'choice', { required: true, choices: CAP_STATUSES }),
  element('msgType', 'choice', { required: true, choices: MSG_TYPES }),
  element('source', 'text'),
  element('scope', 'choice', { required: true, choices: SCOPES }),
  element('restriction', 'text'),
  element('addresses', 'text'),
  element('code', 'text', repeatable),
  element('note', 'text'),
  element('references', 'text'),
  element('incidents', 'text'),
  element('info', 'group', { repeatable: true, elements: infoElements(version) }),
];

/** The elements of `alert` in each version: what reading, writing and the JSON mirror go by. */
export const ALERT_ELEMENTS: Readonly<Record<CapVersion, readonly CapElement[]>> = {
  '1.1': alertElements('1.1'),
  '1.2': alertElements('1.2'),
};

/** Names of the elements that may stand more than once, at whatever level. */
export const REPEATABLE: ReadonlySet<string> = new Set(repeatableNames(ALERT_ELEMENTS['1.2']));

function repeatableNames(elements: readonly CapElement[]): string[] {
  return elements.flatMap(({ name, repeatable: many, elements: below }) => [
    ...(many ? [name] : []),
    ...repeatableNames(below),
  ]);
}
