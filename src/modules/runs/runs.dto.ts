import { IsBoolean, IsIn, IsInt, IsNumber, IsOptional, IsString, Length, Max, Min } from 'class-validator';
import { MAX_SPEED, MIN_SPEED } from '../../core/clock/clock.js';
import type { ClockRequest } from '../../core/wire/clock.js';
import type { StartRunRequest } from '../../core/wire/run.js';
import type { DemoReplayRequest } from '../../core/wire/session.js';
import { IsInstant } from '../../platform/http/instant.js';

export class StartRunDto implements StartRunRequest {
  @IsString()
  @Length(1, 80)
  scenario!: string;

  @IsOptional()
  @IsString()
  @Length(1, 80)
  chapter?: string;

  /** Run seconds a wall second. */
  @IsOptional()
  @IsNumber()
  @Min(MIN_SPEED)
  @Max(MAX_SPEED)
  speed?: number;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  seed?: number;

  @IsOptional()
  @IsString()
  @Length(1, 60)
  arrangement?: string;

  @IsOptional()
  @IsBoolean()
  paused?: boolean;

  @IsOptional()
  @IsIn(['exercise', 'test'])
  mode?: 'exercise' | 'test';
}

export class ClockCommandDto implements ClockRequest {
  @IsIn(['play', 'pause', 'speed', 'jump'])
  action!: 'play' | 'pause' | 'speed' | 'jump';

  @IsOptional()
  @IsNumber()
  speed?: number;

  /** Run time to jump to, with its offset. */
  @IsOptional()
  @IsInstant()
  to?: string;

  /** What a jump forward does with the items in between. */
  @IsOptional()
  @IsIn(['send', 'skip'])
  items?: 'send' | 'skip';

  /** Only says what a jump would do. */
  @IsOptional()
  @IsBoolean()
  preview?: boolean;
}

export class DemoReplayDto implements DemoReplayRequest {
  @IsOptional()
  @IsNumber()
  @Min(MIN_SPEED)
  @Max(MAX_SPEED)
  speed?: number;
}
