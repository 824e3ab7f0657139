/** A new idempotency key. `randomUUID` is only there on pages of a secure origin, and desks may reach the service without one. */
export const randomKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
