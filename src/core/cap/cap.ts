/** The namespace of CAP 1.2 (OASIS Standard, 1 July 2010); what Triwatch writes. */
export const CAP_12 = 'urn:oasis:names:tc:emergency:cap:1.2';
/** The namespace of CAP 1.1 (OASIS Standard, October 2005 with errata of 2007); read, never written. */
export const CAP_11 = 'urn:oasis:names:tc:emergency:cap:1.1';

/** The namespaces of CAP 1.0 (2004), as published and as many write it; read as far as it is as CAP 1.1. */
export const CAP_10: readonly string[] = ['http://www.incident.com/cap/1.0', 'urn:oasis:names:tc:emergency:cap:1.0'];

/** The `code` that marks a message as one of Triwatch's own profile. */
export const TRIWATCH_PROFILE = 'urn:triwatch:cap:1';

/** Where `language` is missing or empty the standard says en-US (3.2.2). */
export const DEFAULT_LANGUAGE = 'en-US';

export type CapVersion = '1.1' | '1.2';

/**
 * A message with the names of CAP and the order of its schema: the model, and the JSON mirror at once. What may be repeated is always
 * an array, what is optional may be absent, and every value is the text of its element. Values of a document that was read may be
 * wrong: the rules say so. A required element that was missing reads as an empty text.
 */
export interface CapAlert {
  identifier: string;
  sender: string;
  sent: string;
  status: string;
  msgType: string;
  source?: string;
  scope: string;
  restriction?: string;
  addresses?: string;
  code: string[];
  note?: string;
  references?: string;
  incidents?: string;
  info: CapInfo[];
}

export interface CapInfo {
  language?: string;
  category: string[];
  event: string;
  responseType: string[];
  urgency: string;
  severity: string;
  certainty: string;
  audience?: string;
  eventCode: CapPair[];
  effective?: string;
  onset?: string;
  expires?: string;
  senderName?: string;
  headline?: string;
  description?: string;
  instruction?: string;
  web?: string;
  contact?: string;
  parameter: CapPair[];
  resource: CapResource[];
  area: CapArea[];
}

/** A value with the name of the system that it comes from. */
export interface CapPair {
  valueName: string;
  value: string;
}

export interface CapResource {
  resourceDesc: string;
  mimeType?: string;
  /** In bytes, about. */
  size?: string;
  uri?: string;
  /** The content itself, in base64. */
  derefUri?: string;
  /** SHA-1 of the content, in hexadecimal. */
  digest?: string;
}

export interface CapArea {
  areaDesc: string;
  /** Each `lat,lon lat,lon ...`, the first point again at the end; several are a union. */
  polygon: string[];
  /** Each `lat,lon radius`, the radius in kilometres. */
  circle: string[];
  geocode: CapPair[];
  /** In feet above mean sea level; with a ceiling, the lower end of a range. */
  altitude?: string;
  ceiling?: string;
}
