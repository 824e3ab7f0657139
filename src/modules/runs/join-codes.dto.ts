import { IsInt, IsOptional, IsString, Length, Matches, Max, Min } from 'class-validator';
import type { JoinRequest, MakeJoinCodesRequest } from '../../core/wire/session.js';

export class MakeJoinCodesDto implements MakeJoinCodesRequest {
  @IsString()
  @Length(1, 80)
  desk!: string;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(50)
  count?: number;

  @IsOptional()
  @IsInt()
  @Min(5)
  @Max(7 * 24 * 60)
  minutes?: number;
}

export class JoinDto implements JoinRequest {
  @IsString()
  @Length(1, 40)
  code!: string;

  @IsString()
  @Length(1, 80)
  @Matches(/^[^\p{Cc}]*[^\p{Cc}\s][^\p{Cc}]*$/u, { message: 'name must say who is playing' })
  name!: string;
}
