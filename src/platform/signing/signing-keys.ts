import type { SigningKey } from '../../core/wire/signed-head.js';
import type { Tx } from '../database/transactions.js';

/** Keeps the public half of a key, so that what it signed can be checked for ever. */
export async function storeSigningKey(tx: Tx, key: SigningKey): Promise<void> {
  await tx.query('INSERT INTO signing_keys (id, public_key) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
    key.kid,
    JSON.stringify(key),
  ]);
}

/** Every key that was ever used, oldest first. */
export async function signingKeys(tx: Tx): Promise<SigningKey[]> {
  const rows = await tx.query<{ public_key: SigningKey }>(
    'SELECT public_key FROM signing_keys ORDER BY created_at, id',
  );
  return rows.map(({ public_key }) => public_key);
}
