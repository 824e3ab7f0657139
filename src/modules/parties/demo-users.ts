import { Injectable } from '@nestjs/common';
import { PartiesService } from './parties.service.js';
import type { Desk } from './party.js';
import { SignInService } from './sign-in.service.js';
import type { NewAccount } from './users.repository.js';

/**
 * The accounts of a trial: a controller, an officer for each desk, named like the desk, a drafter and an approver for each desk
 * that decides, and two administrators, since a source takes two. Embedded mode only.
 */
@Injectable()
export class DemoUsers {
  constructor(
    private readonly parties: PartiesService,
    private readonly signIns: SignInService,
  ) {}

  /** Makes sure that the demo accounts exist with this password. Returns their names. */
  async ensure(password: string): Promise<string[]> {
    const accounts = this.accounts();
    const names = accounts.map(({ username }) => username);
    // Accounts are saved together, so these stand for all: the last, which a new party adds, and one that older installations lack.
    const known = await Promise.all(
      [names.at(-1) ?? '', 'administrator-2'].map((name) => this.signIns.accepts(name, password)),
    );
    if (known.includes(false)) {
      await this.signIns.saveAccounts(accounts.map((account) => ({ ...account, password })));
    }
    return names;
  }

  private accounts(): Omit<NewAccount, 'passwordHash'>[] {
    const desks = this.parties.desks;
    const deciding = desks.filter(({ duties }) => duties.includes('decide'));
    return [
      { username: 'controller', displayName: 'Exercise control (demo)', role: 'controller' },
      { username: 'administrator', displayName: 'Administrator (demo)', role: 'administrator' },
      { username: 'administrator-2', displayName: 'Second administrator (demo)', role: 'administrator' },
      ...deciding.flatMap((desk) =>
        (['drafter', 'approver'] as const).map((role) => ({
          ...at(desk, `, ${role}`),
          username: `${desk.id}-${role}`,
          role,
        })),
      ),
      // Last, since a party that was added to the file is known by the last of them.
      ...desks.map((desk) => ({ ...at(desk), username: desk.id, role: 'officer' as const })),
    ];
  }
}

const at = ({ id, names }: Desk, post = ''): { displayName: string; desk: string } => ({
  displayName: `${names['en-US'] ?? id}${post} (demo)`,
  desk: id,
});
