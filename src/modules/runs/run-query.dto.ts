import { IsOptional, IsString, Length } from 'class-validator';
import { LIVE_RUN } from './run.js';

/** Which run a command is for; the live watch when it does not say. */
export class RunQueryDto {
  @IsOptional()
  @IsString()
  @Length(1, 100)
  run: string = LIVE_RUN;
}

export class CheckQueryDto extends RunQueryDto {
  @IsOptional()
  @IsString()
  @Length(1, 80)
  regime: string = 'us-ussr-1988';
}
