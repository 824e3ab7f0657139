import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsOptional, IsString, Matches, Max, Min } from 'class-validator';
import { MAX_SEEDS } from '../../core/compare/compare.js';

export class CompareDto {
  /** Up to ten ids of arrangements with commas between. */
  @IsOptional()
  @IsString()
  @Matches(/^[a-z0-9-]{1,60}(,[a-z0-9-]{1,60}){0,9}$/, {
    message: 'arrangements must be up to ten ids with commas between',
  })
  arrangements?: string;

  @IsOptional()
  @Transform(({ value }) => Number(value))
  @IsInt()
  @Min(1)
  @Max(MAX_SEEDS)
  seeds?: number;

  @IsOptional()
  @IsString()
  @Matches(/^[a-z0-9-]{1,80}$/, { message: 'chapter must be the id of a chapter' })
  chapter?: string;

  /** Whether arrangements carry only what they cover, on days on which they were in force. */
  @IsOptional()
  @Transform(({ value }) => (value === 'true' ? true : value === 'false' ? false : (value as unknown)))
  @IsBoolean()
  strict?: boolean;
}

export class CompareFigureDto extends CompareDto {
  @IsOptional()
  @IsIn(['en', 'ja', 'ko', 'en-US', 'ja-JP', 'ko-KR'])
  language?: string;
}
