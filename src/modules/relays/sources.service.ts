import { Injectable } from '@nestjs/common';
import { DomainError } from '../../core/domain-error.js';
import { SHIPPED_LANGUAGES } from '../../core/scenario/languages.js';
import type { RelayedDocumentView, SourceRequest, SourceView } from '../../core/wire/source.js';
import type { UserPrincipal } from '../../platform/database/principal.js';
import { Transactions, type Tx } from '../../platform/database/transactions.js';
import { PartiesService } from '../parties/parties.service.js';
import { RelayedDocumentsRepository } from './relayed-documents.repository.js';
import { SourcesRepository } from './sources.repository.js';

/** What people decide on sources. One administrator proposes, another approves; they and control suspend: to stop is never to wait for somebody. */
@Injectable()
export class SourcesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly sources: SourcesRepository,
    private readonly documentsOf: RelayedDocumentsRepository,
    private readonly parties: PartiesService,
  ) {}

  /** Nothing is asked of it before it is approved. Throws DomainError SOURCE_INVALID or SOURCE_EXISTS. */
  propose(user: UserPrincipal, wanted: SourceRequest): Promise<SourceView> {
    const fault = this.faultOf(wanted);
    if (fault !== undefined) {
      throw new DomainError('SOURCE_INVALID', fault);
    }
    return this.transactions.run(
      user,
      async (tx) => {
        if (await this.sources.find(tx, wanted.id)) {
          throw new DomainError('SOURCE_EXISTS', `There is a source "${wanted.id}" already; take another id.`);
        }
        await this.sources.insert(tx, wanted, user.id);
        return this.get(tx, wanted.id);
      },
      { action: 'source.proposed', detail: { id: wanted.id, sender: wanted.sender } },
    );
  }

  list(user: UserPrincipal): Promise<SourceView[]> {
    return this.transactions.run(user, (tx) => this.sources.list(tx));
  }

  /** Throws DomainError SOURCE_NOT_FOUND, or SOURCE_SAME_PERSON for who proposed it. */
  approve(user: UserPrincipal, id: string): Promise<SourceView> {
    return this.transactions.run(
      user,
      async (tx) => {
        const { proposedBy } = await this.get(tx, id);
        if (proposedBy === user.id) {
          throw new DomainError(
            'SOURCE_SAME_PERSON',
            'You proposed this source; another administrator must approve it.',
          );
        }
        await this.sources.approve(tx, id, user.id);
        return this.get(tx, id);
      },
      { action: 'source.approved', detail: { id } },
    );
  }

  /** Throws DomainError SOURCE_NOT_FOUND, or SOURCE_NOT_TRUSTED when there is nothing to stop. */
  suspend(user: UserPrincipal, id: string): Promise<SourceView> {
    return this.transactions.run(
      user,
      async (tx) => {
        if ((await this.get(tx, id)).state === 'proposed') {
          throw new DomainError('SOURCE_NOT_TRUSTED', 'This source was never approved; nothing is asked of it.');
        }
        await this.sources.suspend(tx, id);
        return this.get(tx, id);
      },
      { action: 'source.suspended', detail: { id } },
    );
  }

  /** The newest documents first, at most 200. Throws DomainError SOURCE_NOT_FOUND. */
  documents(user: UserPrincipal, id: string): Promise<RelayedDocumentView[]> {
    return this.transactions.run(user, async (tx) => {
      await this.get(tx, id);
      return this.documentsOf.list(tx, id);
    });
  }

  private async get(tx: Tx, id: string): Promise<SourceView> {
    const source = await this.sources.find(tx, id);
    if (!source) {
      throw new DomainError('SOURCE_NOT_FOUND', `There is no source "${id.slice(0, 80)}".`);
    }
    return source;
  }

  private faultOf({ url, party, names }: SourceRequest): string | undefined {
    const parsed = URL.canParse(url) ? new URL(url) : undefined;
    if (!parsed || !/^https?:$/.test(parsed.protocol) || parsed.username || parsed.password) {
      return 'Give the address as http:// or https://, without a name and password in it.';
    }
    if (!this.parties.party(party)) {
      return `There is no party "${party}"; see the parties file.`;
    }
    const named = SHIPPED_LANGUAGES.every((language) => {
      const name: unknown = names[language];
      return typeof name === 'string' && name.trim() !== '' && name.length <= 80;
    });
    return named ? undefined : `Name the source in ${SHIPPED_LANGUAGES.join(', ')}, in at most 80 characters each.`;
  }
}
