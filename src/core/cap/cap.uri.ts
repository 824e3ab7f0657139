/** What a text is as a URI (RFC 3986): with a scheme, without one, or no URI at all. */
export type UriForm = 'absolute' | 'relative' | 'none';

/** Characters that a URI (and an IRI, which schemas let pass) never has. */
const FORBIDDEN = /[\s<>"{}|\\^`]|%(?![0-9a-fA-F]{2})/;
const SCHEME = /^[a-zA-Z][a-zA-Z0-9+.-]*:./;

/** How a text can be used as a link. Square brackets and letters beyond ASCII pass: browsers take them. */
export function uriForm(text: string): UriForm {
  if (text === '' || FORBIDDEN.test(text)) {
    return 'none';
  }
  return SCHEME.test(text) ? 'absolute' : 'relative';
}
