import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  Validate,
  ValidateIf,
  ValidateNested,
  ValidatorConstraint,
  type ValidatorConstraintInterface,
} from 'class-validator';
import type { AlertInfo, PhraseUse } from '../../core/alert/alert.js';
import { CATEGORIES, CERTAINTIES, SEVERITIES, STATUSES, URGENCIES } from '../../core/alert/alert.js';
import { alertAreaSchema, type AlertArea } from '../../core/area/alert-area.js';
import { phraseUseSchema } from '../../core/phrase/phrase-use.js';
import type { AlertRequest, CancelRequest } from '../../core/wire/alert.js';
import { IsInstant } from '../../platform/http/instant.js';
import { RunQueryDto } from '../runs/run-query.dto.js';

@ValidatorConstraint({ name: 'area' })
class AlertAreaConstraint implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return alertAreaSchema.safeParse(value).success;
  }

  defaultMessage(): string {
    return '$property must be {"iso":"JP-01"}, {"circle":{"latitude","longitude","radiusKm"}} or {"polygon":[[latitude,longitude], ...]} with at least three points';
  }
}

@ValidatorConstraint({ name: 'phrase' })
class PhraseConstraint implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return phraseUseSchema.safeParse(value).success;
  }

  defaultMessage(): string {
    return 'phrase must be {"id":"launch","slots":{"time":"07:29","place":"JP-01"}} with slots as GET /api/v1/phrases lists them';
  }
}

/** What a phrase fills in may be left out beside one; what is given is judged all the same. */
const UnlessPhrase = (): PropertyDecorator =>
  ValidateIf(({ phrase }: { phrase?: unknown }, value) => !phrase || value !== undefined);

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
  @UnlessPhrase()
  @IsString()
  @Length(1, 120)
  event?: string;

  @IsOptional()
  @IsIn(CATEGORIES)
  category?: (typeof CATEGORIES)[number];

  @UnlessPhrase()
  @IsIn(URGENCIES)
  urgency?: (typeof URGENCIES)[number];

  @UnlessPhrase()
  @IsIn(SEVERITIES)
  severity?: (typeof SEVERITIES)[number];

  @UnlessPhrase()
  @IsIn(CERTAINTIES)
  certainty?: (typeof CERTAINTIES)[number];

  /** Must be the mode of the run: said by a sender who knows what it sends to. */
  @IsOptional()
  @IsIn(STATUSES)
  status?: (typeof STATUSES)[number];

  @UnlessPhrase()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(10)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => InfoDto)
  info?: InfoDto[];

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @Type(() => Object)
  @Validate(AlertAreaConstraint, { each: true })
  areas?: AlertArea[];

  @IsOptional()
  @IsInstant()
  expires?: string;

  @ValidateIf((_, phrase) => phrase !== undefined)
  @Type(() => Object)
  @Validate(PhraseConstraint)
  phrase?: PhraseUse;

  /** For an update that corrects the thread or declares it over; a cancel says so by itself. */
  @IsOptional()
  @IsIn(['correction', 'all-clear'])
  ending?: 'correction' | 'all-clear';
}

/** Which alert to read, and of its documents which version. */
export class AlertQueryDto extends RunQueryDto {
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  version?: number;
}

export class CancelDto implements CancelRequest {
  @IsOptional()
  @IsIn([true, 'false-alarm', 'cancellation'], { message: 'prepared must be true, false-alarm or cancellation' })
  prepared?: true | 'false-alarm' | 'cancellation';

  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(10)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => InfoDto)
  info?: InfoDto[];

  @ValidateIf((_, phrase) => phrase !== undefined)
  @Type(() => Object)
  @Validate(PhraseConstraint)
  phrase?: PhraseUse;

  @IsOptional()
  @IsString()
  @Length(1, 400)
  note?: string;
}
