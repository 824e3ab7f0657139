import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { AS_IT_WAS } from '../../core/arrangement/arrangement.parse.js';
import type { ClockCommand } from '../../core/clock/clock.js';
import { DomainError } from '../../core/domain-error.js';
import { runTimeOf } from '../../core/time/time.js';
import type { ArrangementView } from '../../core/wire/arrangement.js';
import type { ClockAnswer } from '../../core/wire/clock.js';
import type { RunView } from '../../core/wire/run.js';
import type { ScenarioDetail, ScenarioView } from '../../core/wire/scenario.js';
import { CurrentUser } from '../../platform/http/access.guard.js';
import type { UserPrincipal } from '../../platform/database/principal.js';
import { PartiesService } from '../parties/parties.service.js';
import { ArrangementsService } from './arrangements.service.js';
import { ClockService } from './clock.service.js';
import { outcomeView, runView, scenarioDetail, scenarioView } from './run-view.js';
import { ClockCommandDto, StartRunDto } from './runs.dto.js';
import { RunsService } from './runs.service.js';
import { ScenarioLibrary } from './scenario-library.service.js';

/** A minute of the run a second: slow enough to read, fast enough for a class. */
const DEFAULT_SPEED = 60;

@Controller('api/v1')
export class RunsController {
  constructor(
    private readonly runs: RunsService,
    private readonly clocks: ClockService,
    private readonly library: ScenarioLibrary,
    private readonly arrangements: ArrangementsService,
    private readonly parties: PartiesService,
  ) {}

  @Get('scenarios')
  async scenarios(@CurrentUser() { role }: UserPrincipal): Promise<ScenarioView[]> {
    return (await this.library.list()).map(({ scenario }) => scenarioView(scenario, role));
  }

  @Get('scenarios/:scenario')
  async scenario(@CurrentUser() user: UserPrincipal, @Param('scenario') id: string): Promise<ScenarioDetail> {
    if (user.onlyRun !== undefined && (await this.runs.get(user, user.onlyRun)).run.scenario !== id) {
      throw new DomainError('FORBIDDEN', 'This token is for one run, and reads the scenario of that run only.');
    }
    return scenarioDetail((await this.library.load(id)).scenario);
  }

  @Get('arrangements')
  allArrangements(): ArrangementView[] {
    return this.arrangements.views;
  }

  @Get('runs')
  async list(@CurrentUser() user: UserPrincipal): Promise<RunView[]> {
    return (await this.runs.list(user)).map((run) => runView(run, this.parties));
  }

  @Post('runs')
  async start(@CurrentUser() user: UserPrincipal, @Body() wanted: StartRunDto): Promise<RunView> {
    const run = await this.runs.start(user, user.username, {
      scenario: wanted.scenario,
      chapter: wanted.chapter,
      speed: wanted.speed ?? DEFAULT_SPEED,
      seed: wanted.seed ?? 1,
      arrangement: wanted.arrangement ?? AS_IT_WAS,
      paused: wanted.paused ?? false,
      mode: wanted.mode ?? 'exercise',
    });
    return runView(run, this.parties);
  }

  @Get('runs/:run')
  async get(@CurrentUser() user: UserPrincipal, @Param('run') id: string): Promise<RunView> {
    const run = await this.runs.get(user, id);
    const ended = run.clock.state === 'ended' && user.role === 'controller' ? await this.runs.ended(user, id) : {};
    return { ...runView(run, this.parties), ...ended };
  }

  @Post('runs/:run/clock')
  @HttpCode(200)
  async clock(
    @CurrentUser() user: UserPrincipal,
    @Param('run') run: string,
    @Body() wanted: ClockCommandDto,
  ): Promise<ClockAnswer> {
    const command = commandOf(wanted);
    const items = wanted.items ?? 'send';
    return outcomeView(
      wanted.preview && command.action === 'jump'
        ? await this.clocks.preview(user, run, command.to, items)
        : await this.clocks.command(user, run, command, items),
    );
  }
}

function commandOf({ action, speed, to }: ClockCommandDto): ClockCommand {
  switch (action) {
    case 'play':
    case 'pause':
      return { action };
    case 'speed':
      if (speed === undefined) {
        throw new DomainError('REQUEST_INVALID', 'Give the speed to change to, as in {"action":"speed","speed":60}.');
      }
      return { action, speed };
    case 'jump':
      if (to === undefined) {
        throw new DomainError(
          'REQUEST_INVALID',
          'Give the run time to jump to, as in {"action":"jump","to":"2010-11-23T14:30:00+09:00"}.',
        );
      }
      return { action, to: runTimeOf(to) };
  }
}
