import { IsBoolean, IsOptional, IsString, Length } from 'class-validator';
import type { RefreshRequest, SignInRequest, SignOutRequest } from '../../core/wire/session.js';

export class SignInDto implements SignInRequest {
  @IsString()
  @Length(1, 100)
  username!: string;

  @IsString()
  @Length(1, 200)
  password!: string;
}

export class RefreshDto implements RefreshRequest {
  @IsString()
  @Length(1, 200)
  refreshToken!: string;
}

export class SignOutDto implements SignOutRequest {
  @IsOptional()
  @IsBoolean()
  everywhere?: boolean;
}
