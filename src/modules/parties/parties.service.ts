import { Inject, Injectable } from '@nestjs/common';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { OperationalError } from '../../platform/operational-error.js';
import { partiesSchema, type Desk, type Party } from './party.js';

/** Injection token of the path of the parties file. */
export const PARTIES_FILE = Symbol('PARTIES_FILE');

/** The parties, agencies and desks that the parties file names. Read once at the start; a change takes a restart. */
@Injectable()
export class PartiesService {
  readonly parties: readonly Party[];
  private readonly desksById: ReadonlyMap<string, Desk>;

  constructor(@Inject(PARTIES_FILE) file: string) {
    this.parties = readParties(file);
    this.desksById = new Map(
      this.parties.flatMap((party) => party.desks.map((desk) => [desk.id, { ...desk, party: party.id }])),
    );
  }

  party(id: string): Party | undefined {
    return this.parties.find((party) => party.id === id);
  }

  desk(id: string): Desk | undefined {
    return this.desksById.get(id);
  }

  get desks(): Desk[] {
    return [...this.desksById.values()];
  }
}

/** Reads and checks a parties file. Throws OperationalError PARTIES_FILE_INVALID with the first fault. */
function readParties(file: string): Party[] {
  let content: unknown;
  try {
    content = parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new OperationalError(
      'PARTIES_FILE_INVALID',
      `The parties file ${file} cannot be read: ${firstLine(error)}.`,
      { cause: error },
    );
  }
  const parsed = partiesSchema.safeParse(content);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const where = issue?.path.length ? ` at ${issue.path.join('.')}` : '';
    throw new OperationalError(
      'PARTIES_FILE_INVALID',
      `The parties file ${file} is not right${where}: ${issue?.message}.`,
    );
  }
  return parsed.data.parties;
}

/** The parser shows the place on the lines below a colon. */
const firstLine = (error: unknown): string => (String((error as Error).message).split('\n')[0] ?? '').replace(/:$/, '');
