import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Validate,
  ValidateNested,
} from 'class-validator';
import type { AlertInfo } from '../../core/alert/alert.js';
import { CATEGORIES, CERTAINTIES, SEVERITIES, STATUSES, URGENCIES } from '../../core/alert/alert.js';
import type { Area } from '../../core/scenario/scenario.schema.js';
import type { AlertRequest, CancelRequest } from '../../core/wire/alert.js';
import { IsInstant } from '../../platform/http/instant.js';
import { AreaConstraint } from '../announcements/announcements.dto.js';

/** The words of an alert in one language. */
export class InfoDto implements AlertInfo {
  @Matches(/^[a-z]{2,3}(-[A-Z]{2})?$/, { message: 'language must be a BCP 47 tag, as in ja-JP' })
  language!: string;

  @IsString()
  @Length(1, 400)
  headline!: string;

  @IsOptional()
  @IsString()
  @Length(1, 4000)
  description?: string;

  @IsOptional()
  @IsString()
  @Length(1, 4000)
  instruction?: string;
}

/** An alert with the names of CAP 1.2. */
export class AlertDto implements AlertRequest {
  @IsString()
  @Length(1, 120)
  event!: string;

  @IsOptional()
  @IsIn(CATEGORIES)
  category?: (typeof CATEGORIES)[number];

  @IsIn(URGENCIES)
  urgency!: (typeof URGENCIES)[number];

  @IsIn(SEVERITIES)
  severity!: (typeof SEVERITIES)[number];

  @IsIn(CERTAINTIES)
  certainty!: (typeof CERTAINTIES)[number];

  /** Must be the mode of the run: said by a sender who knows what it sends to. */
  @IsOptional()
  @IsIn(STATUSES)
  status?: (typeof STATUSES)[number];

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(10)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => InfoDto)
  info!: InfoDto[];

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @Type(() => Object)
  @Validate(AreaConstraint, { each: true })
  areas?: Area[];

  @IsOptional()
  @IsInstant()
  expires?: string;
}

export class CancelDto implements CancelRequest {
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(10)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => InfoDto)
  info?: InfoDto[];

  @IsOptional()
  @IsString()
  @Length(1, 400)
  note?: string;
}
