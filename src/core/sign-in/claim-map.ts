import { ROLES, sitsAtDesk, type Role } from '../wire/session.js';

/** What a value of a claim makes somebody. */
export interface ClaimRule {
  readonly value: string;
  readonly role: Role;
  readonly desk?: string;
}

/**
 * Reads rules of the form `value=role` or `value=role@desk`, separated by semicolons; a value may hold `=` itself.
 * Returns a sentence for what cannot be read.
 */
export function readClaimMap(text: string): readonly ClaimRule[] | string {
  const rules: ClaimRule[] = [];
  for (const part of text.split(';').map((each) => each.trim())) {
    const [, value, role, desk] = /^(.+)=([a-z]+)(?:@([^@=\s]+))?$/.exec(part) ?? [];
    const known = ROLES.find((each) => each === role);
    if (value === undefined || known === undefined) {
      return `must be rules such as group=controller;group=officer@jp-cas, with one of ${ROLES.join(', ')}`;
    }
    if (sitsAtDesk(known) !== (desk !== undefined)) {
      return `must give ${known} ${sitsAtDesk(known) ? 'a desk' : 'no desk'} in "${part}"`;
    }
    rules.push({ value, role: known, desk });
  }
  return rules;
}

/** The first rule that a claim fulfils, a text or a list of them; undefined, which means no entry, when there is none. */
export function ruleFor(rules: readonly ClaimRule[], claim: unknown): ClaimRule | undefined {
  const values: readonly unknown[] = Array.isArray(claim) ? claim : [claim];
  return rules.find(({ value }) => values.includes(value));
}
