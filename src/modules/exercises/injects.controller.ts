import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { deadlineOf } from '../../core/exercise/inject.js';
import { isoOf } from '../../core/time/time.js';
import type { InjectView } from '../../core/wire/inject.js';
import { CurrentUser } from '../../platform/http/access.guard.js';
import type { UserPrincipal } from '../../platform/database/principal.js';
import { InjectsService, type InjectState } from './injects.service.js';

@Controller('api/v1/runs/:run/injects')
export class InjectsController {
  constructor(private readonly injects: InjectsService) {}

  @Get()
  async list(@CurrentUser() user: UserPrincipal, @Param('run') run: string): Promise<InjectView[]> {
    return (await this.injects.list(user, run)).map(injectView);
  }

  @Post(':inject/send')
  @HttpCode(200)
  async send(
    @CurrentUser() user: UserPrincipal,
    @Param('run') run: string,
    @Param('inject') inject: string,
  ): Promise<InjectView | undefined> {
    await this.injects.sendNow(user, run, inject);
    const states = await this.injects.list(user, run);
    return states.map(injectView).find(({ id }) => id === inject);
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

function injectView({ inject, rows, responses }: InjectState): InjectView {
  const { id, texts, terms, answerWithinMs } = inject;
  return {
    id,
    texts,
    question: terms.question,
    options: terms.options,
    to: terms.to,
    answerWithinMs,
    plannedAt: rows[0] && isoOf(rows[0].plannedAt),
    deliveries: rows.map((row) => {
      const answers = responses.filter(({ audience }) => audience === row.audience).map(({ body }) => body);
      const state = STATES[row.state];
      const deadlineAt = isoOf(deadlineOf(row.dueAt, answerWithinMs));
      return { audience: row.audience, state, dueAt: isoOf(row.dueAt), deadlineAt, answer: answers[0], answers };
    }),
  };
}
