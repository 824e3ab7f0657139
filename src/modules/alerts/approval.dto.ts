import { IsOptional, IsString, Length, Matches } from 'class-validator';
import type { ApproveRequest, RejectRequest } from '../../core/wire/alert.js';

export class ApproveDto implements ApproveRequest {
  @IsString()
  @Length(1, 200)
  password!: string;

  @Matches(/^[0-9a-f]{64}$/, { message: 'hash must be that of the draft, 64 hexadecimal digits' })
  hash!: string;

  @IsString()
  @Length(1, 400)
  confirmation!: string;
}

export class RejectDto implements RejectRequest {
  @IsOptional()
  @IsString()
  @Length(1, 400)
  reason?: string;
}
