import { Body, Controller, Get, Inject, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { randomUUID } from 'node:crypto';
import { AS_IT_WAS } from '../../core/arrangement/arrangement.parse.js';
import { DomainError } from '../../core/domain-error.js';
import type { DemoReplay, DemoView } from '../../core/wire/session.js';
import type { UserPrincipal } from '../../platform/database/principal.js';
import { PartiesService } from '../parties/parties.service.js';
import { TokensService } from '../parties/tokens.service.js';
import { runView } from './run-view.js';
import { DemoReplayDto } from './runs.dto.js';
import { RunsService, newRunId } from './runs.service.js';

/** What the first page plays, and whether it may without anybody signing in. */
export interface DemoSettings {
  readonly enabled: boolean;
  readonly scenario: string;
}

/** Injection token of the DemoSettings. */
export const DEMO_SETTINGS = Symbol('DEMO_SETTINGS');

const DEMO_SPEED = 300;
const DEMO_TOKEN_SECONDS = 4 * 60 * 60;
const WINDOW_MS = 60_000;
/** Runs started a minute without signing in: enough for a class at one machine, too few to fill a disk. */
const RUNS_A_WINDOW = 20;
const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

/**
 * The one button of the first page: plays the default incident for whoever opens it on the machine where the service runs.
 * It hands out a token that controls this one run and reads its scenario and the list of desks, and only where the service
 * listens on loopback alone.
 */
@Controller('api/v1/demo')
export class DemoController {
  private startedAt: number[] = [];

  constructor(
    @Inject(DEMO_SETTINGS) private readonly settings: DemoSettings,
    private readonly runs: RunsService,
    private readonly tokens: TokensService,
    private readonly parties: PartiesService,
  ) {}

  @Get()
  demo(@Req() request: Request): DemoView {
    return { available: this.availableTo(request), scenario: this.settings.scenario };
  }

  @Post('replay')
  async replay(@Req() request: Request, @Body() { speed }: DemoReplayDto): Promise<DemoReplay> {
    if (!this.availableTo(request)) {
      throw new DomainError(
        'DEMO_UNAVAILABLE',
        'This service plays no demonstration without signing in; sign in as a controller.',
      );
    }
    this.countStart();
    const id = newRunId(this.settings.scenario);
    const user: UserPrincipal = {
      kind: 'user',
      // One for each demonstration, so that signing out ends no other.
      id: randomUUID(),
      username: 'demo',
      displayName: 'Demonstration',
      role: 'controller',
      onlyRun: id,
    };
    const wanted = {
      id,
      scenario: this.settings.scenario,
      speed: speed ?? DEMO_SPEED,
      seed: 1,
      arrangement: AS_IT_WAS,
      paused: false,
      mode: 'exercise' as const,
    };
    const run = await this.runs.start(user, user.username, wanted);
    return { run: runView(run, this.parties), ...(await this.tokens.issue(user, DEMO_TOKEN_SECONDS)) };
  }

  /** A page of another site that was led here under a name of its own (DNS rebinding) carries that name in Host. */
  private availableTo(request: Request): boolean {
    const { host, origin } = request.headers;
    const sameOrigin = origin === undefined || origin === `http://${host}`;
    return this.settings.enabled && LOOPBACK.test(host ?? '') && sameOrigin;
  }

  private countStart(): void {
    const now = Date.now();
    this.startedAt = this.startedAt.filter((at) => now - at < WINDOW_MS);
    if (this.startedAt.length >= RUNS_A_WINDOW) {
      throw new DomainError(
        'DEMO_BUSY',
        'Many demonstrations were started in the last minute; wait a moment and try again.',
      );
    }
    this.startedAt.push(now);
  }
}
