import { Injectable } from '@nestjs/common';
import { PartiesService } from './parties.service.js';
import { SignInService } from './sign-in.service.js';

/** The accounts of a trial: a controller, and an officer for each desk, named like the desk. Embedded mode only. */
@Injectable()
export class DemoUsers {
  constructor(
    private readonly parties: PartiesService,
    private readonly signIns: SignInService,
  ) {}

  /** Makes sure that the demo accounts exist with this password. Returns their names. */
  async ensure(password: string): Promise<string[]> {
    const desks = this.parties.desks;
    const names = ['controller', ...desks.map((desk) => desk.id)];
    // The last account stands for all: they are saved together, so they have one password or none has it.
    if (!(await this.signIns.accepts(names.at(-1) ?? 'controller', password))) {
      await this.signIns.saveAccounts([
        { username: 'controller', displayName: 'Exercise control (demo)', role: 'controller', password },
        ...desks.map((desk) => ({
          username: desk.id,
          displayName: `${desk.names['en-US'] ?? desk.id} (demo)`,
          role: 'officer' as const,
          desk: desk.id,
          password,
        })),
      ]);
    }
    return names;
  }
}
