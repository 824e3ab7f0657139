import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  Validate,
} from 'class-validator';
import type { Area, Names } from '../../core/scenario/scenario.schema.js';
import type { SourceRequest } from '../../core/wire/source.js';
import { AreaConstraint } from '../announcements/announcements.dto.js';

const LANGUAGE = /^[a-z]{2,3}(-[A-Z]{2})?$/;

export class SourceDto implements SourceRequest {
  @Matches(/^[a-z][a-z0-9-]{1,30}$/, { message: 'id must be lower-case letters, digits and hyphens, as in kma' })
  id!: string;

  @IsString()
  @Length(1, 2_000)
  url!: string;

  @IsString()
  @Matches(/^[^\s,<&]{1,200}$/, { message: 'sender must be as CAP has it, without spaces and commas' })
  sender!: string;

  @Matches(/^[A-Z]{2}$/, { message: 'party must be two capital letters, as in KR' })
  party!: string;

  @IsObject()
  names!: Names;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(10)
  @Matches(LANGUAGE, { each: true, message: 'languages must be BCP 47 tags, as in ko-KR' })
  languages?: string[];

  @IsOptional()
  @Type(() => Object)
  @Validate(AreaConstraint)
  area?: Area;

  @IsOptional()
  @Matches(/^[0-9a-f]{64}$/, { message: 'fingerprint must be SHA-256 in lower-case hex' })
  fingerprint?: string;

  @IsOptional()
  @IsBoolean()
  asTest?: boolean;

  @IsOptional()
  @IsInt()
  @Min(10)
  @Max(86_400)
  intervalS?: number;

  @IsOptional()
  @IsInt()
  @Min(60)
  @Max(31_536_000)
  maxAgeS?: number;
}
