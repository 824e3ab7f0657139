const FORM = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** The bytes of a text in base64 (RFC 4648), white space left out; undefined where it is none. */
export function base64Bytes(text: string): Uint8Array | undefined {
  const plain = text.replace(/[ \t\r\n]+/g, '');
  return FORM.test(plain) ? Uint8Array.from(atob(plain), (character) => character.charCodeAt(0)) : undefined;
}
