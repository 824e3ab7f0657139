import { IsOptional, IsString, Length } from 'class-validator';
import type { SetBranchRequest } from '../../core/wire/branch.js';

export class SetBranchDto implements SetBranchRequest {
  @IsString()
  @Length(1, 80)
  answer!: string;

  @IsOptional()
  @IsString()
  @Length(1, 80)
  by?: string;
}
