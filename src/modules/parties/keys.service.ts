import { Inject, Injectable } from '@nestjs/common';
import { createHash, randomBytes } from 'node:crypto';
import { DomainError } from '../../core/domain-error.js';
import type { KeyView, MadeKey, MakeKeyRequest, Scope } from '../../core/wire/session.js';
import type { Principal, UserPrincipal } from '../../platform/database/principal.js';
import { nameOf } from '../../platform/database/principal.js';
import { Transactions } from '../../platform/database/transactions.js';
import { KeysRepository, type ApiKey } from './keys.repository.js';
import { PartiesService } from './parties.service.js';
import { SessionEnds } from './session-ends.js';
import { SessionEndsRepository } from './session-ends.repository.js';
import type { Session } from './tokens.service.js';

/** What every key begins with, so that one that leaked is known by scanners, and by people, for what it is. */
export const KEY_BEGINS = 'twk_';
const PREFIX_LENGTH = KEY_BEGINS.length + 8;
/** For how long a key that was looked up is not looked up again; that one was revoked is learned sooner, from SessionEnds. */
const KNOWN_FOR_MS = 60_000;
const KNOWN_KEYS = 1_000;
/**
 * Injection token of the run that keys are for: the watch that is no actual one. What is exercised must not reach a machine that
 * acts, and no machine sends what is actual.
 */
export const RUN_OF_KEYS = Symbol('RUN_OF_KEYS');

/** Keys of machines: made once, kept as a hash, good for what their scopes name, at one desk, in one watch. */
@Injectable()
export class KeysService {
  private readonly known = new Map<string, { session: Session; lookedUpAtMs: number }>();

  constructor(
    private readonly transactions: Transactions,
    private readonly keys: KeysRepository,
    private readonly parties: PartiesService,
    private readonly ends: SessionEndsRepository,
    private readonly sessionEnds: SessionEnds,
    @Inject(RUN_OF_KEYS) private readonly run: string,
  ) {}

  /** Makes a key, which is told this once. Throws DomainError DESK_NOT_FOUND. */
  async make(principal: Principal, { name, desk, scopes, days }: MakeKeyRequest): Promise<MadeKey> {
    if (!this.parties.desk(desk)) {
      const known = this.parties.desks.map(({ id }) => id).join(', ');
      throw new DomainError('DESK_NOT_FOUND', `There is no desk "${desk}". Desks: ${known}.`);
    }
    const key = `${KEY_BEGINS}${randomBytes(32).toString('base64url')}`;
    const wanted = { name, desk, scopes: [...new Set(scopes)], days };
    const prefix = key.slice(0, PREFIX_LENGTH);
    const made = await this.transactions.run(
      principal,
      (tx) => this.keys.add(tx, { ...wanted, prefix, hash: hashOf(key), createdBy: nameOf(principal).who }),
      { action: 'key.made', detail: { ...wanted, prefix } },
    );
    return { ...viewOf(made), key };
  }

  async list(principal: Principal): Promise<KeyView[]> {
    return (await this.transactions.run(principal, (tx) => this.keys.list(tx))).map(viewOf);
  }

  /** Ends a key for good, named by its id or by how it begins, on every node within two seconds. Throws DomainError KEY_NOT_FOUND. */
  async revoke(principal: Principal, idOrPrefix: string): Promise<KeyView> {
    const key = await this.transactions.run(
      principal,
      async (tx) => {
        const revoked = await this.keys.revoke(tx, idOrPrefix);
        if (!revoked) {
          throw new DomainError('KEY_NOT_FOUND', 'There is no such key; the list of keys names them all.');
        }
        await this.ends.end(tx, revoked.id, revoked.id);
        return revoked;
      },
      ({ name, prefix }) => ({ action: 'key.revoked', detail: { name, prefix } }),
    );
    await this.sessionEnds.refresh();
    return viewOf(key);
  }

  /** Who presents a key; undefined for one that is unknown, revoked or over. */
  async authenticate(key: string): Promise<Session | undefined> {
    const hash = hashOf(key);
    const known = this.known.get(hash);
    if (known && performance.now() - known.lookedUpAtMs < KNOWN_FOR_MS) {
      return known.session.expiresAt.getTime() > Date.now() ? known.session : undefined;
    }
    this.known.delete(hash);
    const found = await this.transactions.run({ kind: 'sign-in', tokenHash: hash }, (tx) => this.keys.use(tx, hash));
    if (!found) {
      return undefined;
    }
    const session = { user: principalOf(found, this.run), expiresAt: found.expiresAt };
    this.known.set(hash, { session, lookedUpAtMs: performance.now() });
    const [oldest] = this.known.keys();
    if (this.known.size > KNOWN_KEYS && oldest !== undefined) {
      this.known.delete(oldest);
    }
    return session;
  }
}

/** A key that sends does so as an officer does, in drills; none ever drafts or approves, which people do. */
const principalOf = ({ id, name, desk, scopes }: ApiKey, onlyRun: string): UserPrincipal => ({
  kind: 'user',
  id,
  username: `key ${name}`,
  displayName: name,
  role: scopes.some(sends) ? 'officer' : 'observer',
  desk,
  onlyRun,
  scopes,
});

const sends = (scope: Scope): boolean => scope.endsWith(':send');

const viewOf = ({ createdAt, expiresAt, lastUsedAt, revokedAt, ...key }: ApiKey): KeyView => ({
  ...key,
  createdAt: createdAt.toISOString(),
  expiresAt: expiresAt.toISOString(),
  lastUsedAt: lastUsedAt?.toISOString(),
  revokedAt: revokedAt?.toISOString(),
});

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
