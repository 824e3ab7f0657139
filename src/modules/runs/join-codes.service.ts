import { Inject, Injectable } from '@nestjs/common';
import { createHmac, randomBytes } from 'node:crypto';
import { DomainError } from '../../core/domain-error.js';
import { JOIN_CODE_BYTES, joinCodeOf, readJoinCode } from '../../core/exercise/join-code.js';
import type { JoinCodeView, Joined, MakeJoinCodesRequest } from '../../core/wire/session.js';
import type { UserPrincipal } from '../../platform/database/principal.js';
import { Transactions } from '../../platform/database/transactions.js';
import { AttemptCounter } from '../parties/attempt-counter.js';
import { SessionEnds } from '../parties/session-ends.js';
import { SessionEndsRepository } from '../parties/session-ends.repository.js';
import { TOKEN_SECRET, TokensService } from '../parties/tokens.service.js';
import { JoinCodesRepository, type JoinCode } from './join-codes.repository.js';
import { RunsRepository } from './runs.repository.js';
import { RunsService } from './runs.service.js';

const MINUTES = 12 * 60;
/** A day of play; whoever plays on gets another code. */
const PLAYER_SECONDS = 12 * 60 * 60;
/**
 * Wrong codes a minute from one address: a room of players behind one address mistypes less. A code is one of 2^40, so from
 * however many addresses somebody guesses, others need not be kept out for it.
 */
const WRONG_CODES = 30;

/** Codes that control hands out to the players of an exercise: each lets one person in, at one desk of one run. */
@Injectable()
export class JoinCodesService {
  private readonly wrong = new AttemptCounter(WRONG_CODES, () => performance.now());

  constructor(
    private readonly transactions: Transactions,
    private readonly codes: JoinCodesRepository,
    private readonly runs: RunsService,
    private readonly runRows: RunsRepository,
    private readonly tokens: TokensService,
    private readonly ends: SessionEndsRepository,
    private readonly sessionEnds: SessionEnds,
    @Inject(TOKEN_SECRET) private readonly secret: string,
  ) {}

  /** Makes codes, which are told this once. Throws DomainError RUN_NOT_FOUND, JOIN_NEEDS_EXERCISE or DESK_NOT_IN_RUN. */
  async make(
    user: UserPrincipal,
    run: string,
    { desk, count = 1, minutes = MINUTES }: MakeJoinCodesRequest,
  ): Promise<JoinCodeView[]> {
    if ((await this.runs.get(user, run)).run.job === 'watch') {
      throw new DomainError('JOIN_NEEDS_EXERCISE', 'Codes are for exercises and replays; the watch has accounts.');
    }
    const drawn = Array.from({ length: count }, () => joinCodeOf(randomBytes(JOIN_CODE_BYTES)));
    const made = await this.transactions.run(
      user,
      async (tx) => {
        if ((await this.runRows.audienceOfDesk(tx, run, desk)) === undefined) {
          throw new DomainError('DESK_NOT_IN_RUN', `The desk "${desk}" takes no part in this run.`);
        }
        return this.codes.add(tx, { run, desk, minutes, hashes: drawn.map((code) => this.hashOf(code)) });
      },
      { action: 'join-codes.made', run, detail: { desk, count, minutes } },
    );
    return made.map((code, index) => ({ ...viewOf(code), code: drawn[index] }));
  }

  async ofRun(user: UserPrincipal, run: string): Promise<JoinCodeView[]> {
    await this.runs.get(user, run);
    return (await this.transactions.run(user, (tx) => this.codes.ofRun(tx, run))).map(viewOf);
  }

  /**
   * Closes a code, and ends what the player who came in with it holds, on every node within two seconds.
   * Throws DomainError JOIN_CODE_NOT_FOUND.
   */
  async revoke(user: UserPrincipal, run: string, id: string): Promise<JoinCodeView> {
    const code = await this.transactions.run(
      user,
      async (tx) => {
        const revoked = isUuid(id) ? await this.codes.revoke(tx, run, id) : undefined;
        if (!revoked) {
          throw new DomainError(
            'JOIN_CODE_NOT_FOUND',
            'There is no such code; the list of codes of the run names them all.',
          );
        }
        // The code is the player's id.
        await this.ends.end(tx, id, id);
        return revoked;
      },
      ({ desk }) => ({ action: 'join-code.revoked', run, detail: { desk, code: id } }),
    );
    await this.sessionEnds.refresh();
    return viewOf(code);
  }

  /**
   * Lets a player in who asks from a network address. Throws DomainError JOIN_CODE_INVALID, also for one that is over,
   * JOIN_CODE_USED, or TOO_MANY_ATTEMPTS after too many wrong codes from there.
   */
  async join(typed: string, name: string, address: string): Promise<Joined> {
    if (!this.wrong.hasRoom(address)) {
      throw new DomainError('TOO_MANY_ATTEMPTS', 'Too many wrong codes came from here; wait a minute and try again.');
    }
    const takeBack = this.wrong.add(address);
    const code = readJoinCode(typed);
    const used = code === undefined ? undefined : await this.use(this.hashOf(code), name);
    if (!used || used.expired) {
      throw new DomainError('JOIN_CODE_INVALID', 'This code is wrong or over; ask control for another.');
    }
    takeBack();
    if (used.usedAt) {
      throw new DomainError(
        'JOIN_CODE_USED',
        'This code was used before; each lets one person in. Ask control for another.',
      );
    }
    const { id, run, desk } = used;
    const player: UserPrincipal = {
      kind: 'user',
      id,
      username: `player ${name}`,
      displayName: name,
      role: 'officer',
      desk,
      onlyRun: run,
    };
    return { run, desk, ...(await this.tokens.issue(player, PLAYER_SECONDS)) };
  }

  /** The code as it was before. It becomes the player's id, so that what they did is told apart from what others did. */
  private use(hash: string, name: string): Promise<JoinCode | undefined> {
    return this.transactions.run(
      { kind: 'sign-in', tokenHash: hash, username: `player ${name}` },
      async (tx) => {
        const code = await this.codes.find(tx, hash);
        if (code && !code.expired && !code.usedAt) {
          await this.codes.use(tx, code.id, name);
        }
        return code;
      },
      (code) =>
        code && !code.expired && !code.usedAt
          ? { action: 'player.joined', run: code.run, detail: { desk: code.desk, code: code.id } }
          : undefined,
    );
  }

  /** Keyed, since a code is short enough to be found from a plain hash by whoever reads the database. */
  private hashOf(code: string): string {
    return createHmac('sha256', this.secret).update(`join ${code}`).digest('hex');
  }
}

const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

const viewOf = ({ id, desk, expiresAt, usedAt, player }: JoinCode): JoinCodeView => ({
  id,
  desk,
  expiresAt: expiresAt.toISOString(),
  usedAt: usedAt?.toISOString(),
  player: player ?? undefined,
});
