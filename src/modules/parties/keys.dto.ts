import { ArrayMaxSize, ArrayMinSize, IsIn, IsInt, IsString, Length, Max, Min } from 'class-validator';
import { SCOPES, type MakeKeyRequest, type Scope } from '../../core/wire/session.js';

export class MakeKeyDto implements MakeKeyRequest {
  @IsString()
  @Length(1, 80)
  name!: string;

  @IsString()
  @Length(1, 80)
  desk!: string;

  @ArrayMinSize(1)
  @ArrayMaxSize(SCOPES.length)
  @IsIn(SCOPES, { each: true })
  scopes!: Scope[];

  @IsInt()
  @Min(1)
  @Max(365)
  days!: number;
}
