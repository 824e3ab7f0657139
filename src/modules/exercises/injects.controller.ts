import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { deadlineOf } from '../../core/exercise/inject.js';
import { isoOf } from '../../core/time/time.js';
import type { BranchView } from '../../core/wire/branch.js';
import type { InjectView } from '../../core/wire/inject.js';
import { CurrentUser } from '../../platform/http/access.guard.js';
import type { UserPrincipal } from '../../platform/database/principal.js';
import { BRANCH_NOT_TAKEN } from '../runs/due-row.js';
import { SetBranchDto } from './branches.dto.js';
import { BranchesService } from './branches.service.js';
import { InjectsService, type InjectState } from './injects.service.js';

@Controller('api/v1/runs/:run/injects')
export class InjectsController {
  constructor(
    private readonly injects: InjectsService,
    private readonly branches: BranchesService,
  ) {}

  @Get()
  async list(@CurrentUser() user: UserPrincipal, @Param('run') run: string): Promise<InjectView[]> {
    const [injects, branches] = [await this.injects.list(user, run), await this.branches.list(user, run)];
    return injects.map((inject) => injectView(inject, branches));
  }

  @Post(':inject/send')
  @HttpCode(200)
  async send(
    @CurrentUser() user: UserPrincipal,
    @Param('run') run: string,
    @Param('inject') inject: string,
  ): Promise<InjectView | undefined> {
    await this.injects.sendNow(user, run, inject);
    return this.find(user, run, inject);
  }

  /** Sets the answer that decides a branch. The same once more changes nothing. */
  @Post(':inject/branch')
  @HttpCode(200)
  async setBranch(
    @CurrentUser() user: UserPrincipal,
    @Param('run') run: string,
    @Param('inject') inject: string,
    @Body() setting: SetBranchDto,
  ): Promise<InjectView | undefined> {
    await this.branches.set(user, run, inject, setting);
    return this.find(user, run, inject);
  }

  private async find(user: UserPrincipal, run: string, inject: string): Promise<InjectView | undefined> {
    return (await this.list(user, run)).find(({ id }) => id === inject);
  }
}

const STATES = {
  pending: 'pending',
  done: 'sent',
  suppressed: 'cancelled',
  skipped: 'skipped',
  cancelled: 'cancelled',
  void: 'cancelled',
} as const;

function injectView({ inject, rows, responses }: InjectState, branches: readonly BranchView[]): InjectView {
  const { id, texts, terms, answerWithinMs } = inject;
  return {
    id,
    texts,
    question: terms.question,
    options: terms.options,
    to: terms.to,
    answerWithinMs,
    branches: branches.filter((branch) => branch.inject === id),
    plannedAt: rows[0] && isoOf(rows[0].plannedAt),
    deliveries: rows.map((row) => {
      const answers = responses.filter(({ audience }) => audience === row.audience).map(({ body }) => body);
      const state = row.reason === BRANCH_NOT_TAKEN ? 'left-out' : STATES[row.state];
      const deadlineAt = isoOf(deadlineOf(row.dueAt, answerWithinMs));
      return { audience: row.audience, state, dueAt: isoOf(row.dueAt), deadlineAt, answer: answers[0], answers };
    }),
  };
}
