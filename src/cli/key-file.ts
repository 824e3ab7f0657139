import type { SigningKeys } from '../core/wire/signed-head.js';
import { CliError, EXIT } from './cli-error.js';

/** The public keys in a file's text. Throws a CliError for what is no JWK set. */
export function keysIn(file: string, text: string): SigningKeys {
  try {
    const parsed = JSON.parse(text) as Partial<SigningKeys>;
    if (Array.isArray(parsed.keys)) {
      return { keys: parsed.keys };
    }
  } catch {
    // Told below, as for JSON that is something else.
  }
  throw new CliError(`${file} is no JWK set such as GET /api/v1/signing-keys gives.`, EXIT.usage);
}
