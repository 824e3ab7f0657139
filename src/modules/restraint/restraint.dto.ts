import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  Length,
  Matches,
  Validate,
  ValidateNested,
} from 'class-validator';
import { RESTRAINED_ACTS, type RestrainedAct } from '../../core/restraint/log-acts.js';
import type { DeclarationRequest } from '../../core/restraint/state-declaration.js';
import type { Area } from '../../core/scenario/scenario.schema.js';
import { IsInstant } from '../../platform/http/instant.js';
import { AreaConstraint } from '../announcements/announcements.dto.js';

const PARTY = /^[A-Z]{2}$/;
const PARTIES = { each: true, message: '$property must hold the two capital letters of parties' };
const MOST_PARTIES = 20;

export class ConditionDto implements NonNullable<DeclarationRequest['unless']> {
  @IsIn(['attacked'])
  kind!: 'attacked';

  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_PARTIES)
  @Matches(PARTY, PARTIES)
  by?: string[];

  /** How long after the beginning of an attack an act still answers it, as in PT30M. */
  @IsOptional()
  @IsString()
  @Length(1, 30)
  within?: string;
}

export class StateDto implements DeclarationRequest {
  /** The declaring party; a controller may speak for any, a desk speaks for its own. */
  @IsOptional()
  @Matches(PARTY, { message: 'by must be the two capital letters of a party' })
  by?: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(RESTRAINED_ACTS.length)
  @IsIn(RESTRAINED_ACTS, { each: true })
  acts!: RestrainedAct[];

  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_PARTIES)
  @Matches(PARTY, PARTIES)
  against?: string[];

  @IsOptional()
  @ValidateNested()
  @Type(() => ConditionDto)
  unless?: ConditionDto;

  @IsOptional()
  @Validate(AreaConstraint)
  area?: Area;

  @IsOptional()
  @IsInstant()
  from?: string;

  @IsOptional()
  @IsInstant()
  until?: string;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MOST_PARTIES)
  @Matches(PARTY, PARTIES)
  to?: string[];

  @IsOptional()
  @IsString()
  @Length(1, 400)
  note?: string;
}

export class WithdrawDto {
  @IsOptional()
  @IsString()
  @Length(1, 400)
  note?: string;
}

export class LedgerQueryDto {
  /** `jp`, `control`; one's own when left out. */
  @IsOptional()
  @IsString()
  @Length(1, 40)
  audience?: string;
}
