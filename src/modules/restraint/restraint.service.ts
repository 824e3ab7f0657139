import { Injectable } from '@nestjs/common';
import { mayAnnounce, partySpokenFor } from '../../core/announcement/who-may-announce.js';
import { DomainError } from '../../core/domain-error.js';
import { ledgerOf } from '../../core/restraint/ledger.js';
import { declarationTexts } from '../../core/restraint/restraint.texts.js';
import { declarationsOf, logOf } from '../../core/restraint/scenario-log.js';
import { declarationStated, type DeclarationRequest } from '../../core/restraint/state-declaration.js';
import { audienceOf, CONTROL, startOf, versionsOf } from '../../core/scenario/scenario.schedule.js';
import type { DeclarationMade, RunLedger } from '../../core/wire/restraint.js';
import type { UserPrincipal } from '../../platform/database/principal.js';
import { Transactions, type Tx } from '../../platform/database/transactions.js';
import { PartiesService } from '../parties/parties.service.js';
import type { Input, InputContext } from '../runs/input-batch.js';
import { Inputs } from '../runs/inputs.js';
import { RunParts, type RunStart } from '../runs/run-parts.js';
import { RunsRepository } from '../runs/runs.repository.js';
import { RestraintRepository, type NewDeclaration } from './restraint.repository.js';

/** Declarations of restraint in a run, and the ledger of how its event log stands to them. */
@Injectable()
export class RestraintService {
  constructor(
    private readonly transactions: Transactions,
    private readonly restraint: RestraintRepository,
    private readonly runs: RunsRepository,
    private readonly inputs: Inputs,
    private readonly parties: PartiesService,
    parts: RunParts,
  ) {
    parts.register({
      started: async (tx, start) => {
        await this.restraint.insertActs(tx, start.run.id, actsIn(start));
        await this.restraint.insert(tx, start.run.id, declaredIn(start));
      },
      rewound: (tx, run, to) => this.restraint.rewind(tx, run, to),
    });
  }

  /** States a declaration and tells those to whom it is addressed. Throws DomainError RUN_NOT_FOUND, PARTY_REQUIRED, FORBIDDEN or DECLARATION_INVALID. */
  state(user: UserPrincipal, run: string, request: DeclarationRequest, key?: string): Promise<DeclarationMade> {
    const party = this.speaker(user, request.by);
    return this.inputs.put(user, run, { action: 'declaration.stated', key, request: { ...request, by: party } }, (tx, context) => {
      const id = `declaration.${context.mark}`;
      const declaration = declarationStated(id, party, request, context.now);
      return this.version(tx, context, user, run, { id, version: 1, stage: 'stated', declaration, to: request.to?.map(audienceOf) });
    }); // prettier-ignore
  }

  /** Ends a declaration and tells those who were told of it. Throws DomainError DECLARATION_NOT_FOUND or DECLARATION_WITHDRAWN. */
  withdraw(user: UserPrincipal, run: string, id: string, note?: string, key?: string): Promise<DeclarationMade> {
    const request = { id, ...(note === undefined ? {} : { note }) };
    return this.inputs.put(user, run, { action: 'declaration.withdrawn', key, request, thread: id }, async (tx, context) => {
      const found = await this.restraint.findOwn(tx, run, id);
      if (!found) {
        throw new DomainError('DECLARATION_NOT_FOUND', `There is no declaration "${id.slice(0, 80)}" of yours in the run "${run.slice(0, 80)}".`);
      }
      if (found.withdrawn) {
        throw new DomainError('DECLARATION_WITHDRAWN', 'This declaration was withdrawn; state a new one.');
      }
      const version = await this.restraint.nextVersion(tx, run, id);
      return this.version(tx, context, user, run, { ...found, id, version, stage: 'withdrawn' }, note);
    }); // prettier-ignore
  }

  /** The declarations that whoever asks was told of, by their beginning. Throws as `ledger` does. */
  async list(user: UserPrincipal, run: string): Promise<RunLedger['declarations']> {
    return (await this.ledger(user, run)).declarations;
  }

  /** The ledger as an audience may see it, one's own by default. Throws DomainError RUN_NOT_FOUND or FORBIDDEN_FEED. */
  ledger(user: UserPrincipal, run: string, wanted?: string): Promise<RunLedger> {
    return this.transactions.run(user, async (tx) => {
      const audience = await this.audience(tx, user, run, wanted);
      const declarations = await this.restraint.declarations(tx, run, audience);
      return { run, audience, ...ledgerOf(declarations, await this.restraint.acts(tx, run, audience)) };
    });
  }

  /** Whose ledger it is: control may look at that of every audience, a desk at its own. */
  private async audience(tx: Tx, user: UserPrincipal, run: string, wanted?: string): Promise<string> {
    const found = await this.runs.find(tx, run);
    if (!found) {
      throw new DomainError('RUN_NOT_FOUND', `There is no run "${run.slice(0, 100)}" that you take part in.`);
    }
    const control = user.role === 'controller';
    const own = control ? CONTROL : user.desk && (await this.runs.audienceOfDesk(tx, run, user.desk));
    const audience = wanted ?? own;
    const open = control ? found.audiences.some((each) => each.audience === audience) : audience === own;
    if (audience === undefined || !open) {
      throw new DomainError('FORBIDDEN_FEED', `The ledger of "${(wanted ?? '').slice(0, 80)}" is not yours to see.`);
    }
    return audience;
  }

  /** Stores one version and says who is told what of it. */
  private async version(
    tx: Tx,
    { mode, now }: InputContext,
    user: UserPrincipal,
    run: string,
    { id, version, stage, declaration, to }: Pick<NewDeclaration, 'id' | 'version' | 'stage' | 'declaration' | 'to'>,
    note = declaration.note,
  ): Promise<Input<DeclarationMade>> {
    if (!mayAnnounce(user.role, mode)) {
      throw new DomainError('FORBIDDEN', 'In a run that is actual an approver or a controller declares, no officer.');
    }
    const told = { item: id, version };
    await this.restraint.insert(tx, run, [{ id, version, stage, declaration, statedAt: now, origin: 'input', told, to, createdBy: user.id }]); // prettier-ignore
    const texts = declarationTexts(mode, declaration, stage, (party) => this.parties.party(party)?.names);
    return {
      item: {
        id,
        version,
        kind: 'message',
        act: stage === 'stated' ? 'alert' : 'cancel',
        content: { mode, texts, ...(note === undefined ? {} : { note }) },
      },
      audiences: to && [CONTROL, audienceOf(declaration.party), ...to],
      answer: { id, run, version, stage },
    };
  }

  private speaker(user: UserPrincipal, by: string | undefined): string {
    return partySpokenFor(user.role, user.desk && this.parties.desk(user.desk)?.party, by);
  }
}

/** The acts of the items that a run tells. */
function actsIn({ scenario, items }: RunStart): ReturnType<typeof logOf> {
  const played = new Set(items.map(({ id, version }) => `${id} ${version}`));
  return scenario ? logOf(scenario).filter(({ item, version }) => played.has(`${item} ${version}`)) : [];
}

/** The declarations of a scenario: those that its items tell, and those that are posed. */
function declaredIn({ run, scenario }: RunStart): NewDeclaration[] {
  if (!scenario) {
    return [];
  }
  const tellers = new Map(versionsOf(scenario).map((scheduled) => [scheduled.item.id, scheduled]));
  return declarationsOf(scenario).map((declaration, index): NewDeclaration => {
    const teller = tellers.get(scenario.declarations[index]?.item ?? '');
    return {
      id: declaration.id,
      version: 1,
      stage: 'stated',
      declaration,
      statedAt: (teller && startOf(teller.item)) ?? declaration.from,
      origin: 'scenario',
      told: teller && { item: teller.id, version: teller.version },
      createdBy: run.createdBy,
    };
  });
}
