import { Type } from 'class-transformer';
import {
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import type { Cursor } from '../../core/wire/feed.js';
import { LIVE_RUN } from '../runs/run.js';

export class CursorDto implements Cursor {
  @IsInt()
  @Min(1)
  @Max(2_147_483_647)
  epoch!: number;

  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  seq!: number;
}

export class WebhookDto {
  @IsString()
  @MaxLength(2_000)
  url!: string;

  @IsString()
  @Length(1, 80)
  audience!: string;

  /** The live watch unless another run is named; a webhook gets nothing of any other. */
  @IsOptional()
  @IsString()
  @Length(1, 100)
  run: string = LIVE_RUN;

  /** The position after which it begins; from now on when it is missing. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => CursorDto)
  after?: CursorDto;
}

export class DeliveriesQueryDto {
  @IsOptional()
  @IsIn(['pending', 'delivered', 'dead'])
  state?: 'pending' | 'delivered' | 'dead';
}
