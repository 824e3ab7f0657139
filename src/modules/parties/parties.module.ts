import { Global, Module, type DynamicModule } from '@nestjs/common';
import { AUTHENTICATOR } from '../../platform/http/authenticator.js';
import { DemoUsers } from './demo-users.js';
import { PartiesController } from './parties.controller.js';
import { PARTIES_FILE, PartiesService } from './parties.service.js';
import { SignInLimit } from './sign-in-limit.js';
import { SignInService } from './sign-in.service.js';
import { TOKEN_SECRET, TokensService } from './tokens.service.js';
import { UsersRepository } from './users.repository.js';

/** Parties, agencies, desks, people and how they sign in. Global, as every module asks who somebody is. */
@Global()
@Module({})
export class PartiesModule {
  static forRoot(options: { partiesFile: string; tokenSecret: string }): DynamicModule {
    return {
      module: PartiesModule,
      controllers: [PartiesController],
      providers: [
        { provide: PARTIES_FILE, useValue: options.partiesFile },
        { provide: TOKEN_SECRET, useValue: options.tokenSecret },
        { provide: AUTHENTICATOR, useExisting: TokensService },
        PartiesService,
        { provide: SignInLimit, useFactory: () => new SignInLimit() },
        SignInService,
        TokensService,
        UsersRepository,
        DemoUsers,
      ],
      exports: [PartiesService, SignInService, TokensService, DemoUsers, AUTHENTICATOR],
    };
  }
}
