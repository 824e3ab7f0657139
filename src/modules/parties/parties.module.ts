import { Global, Module, type DynamicModule } from '@nestjs/common';
import { AUTHENTICATOR } from '../../platform/http/authenticator.js';
import { DemoUsers } from './demo-users.js';
import { KeysController } from './keys.controller.js';
import { KeysRepository } from './keys.repository.js';
import { KeysService, RUN_OF_KEYS } from './keys.service.js';
import { OidcController } from './oidc.controller.js';
import { OIDC_SETTINGS, OidcService, type OidcSettings } from './oidc.service.js';
import { PartiesController } from './parties.controller.js';
import { PARTIES_FILE, PartiesService } from './parties.service.js';
import { Reauthentication } from './reauthentication.service.js';
import { SessionAuthenticator } from './session-authenticator.js';
import { SessionEnds } from './session-ends.js';
import { SessionEndsRepository } from './session-ends.repository.js';
import { SignInLimit } from './sign-in-limit.js';
import { SignInService } from './sign-in.service.js';
import { TOKEN_SECRET, TokensService } from './tokens.service.js';
import { UsersRepository } from './users.repository.js';

export interface PartiesSettings {
  partiesFile: string;
  tokenSecret: string;
  oidc?: OidcSettings;
  /** The run that API keys are for. */
  runOfKeys: string;
}

/** Parties, agencies, desks, people and how they sign in. Global, as every module asks who somebody is. */
@Global()
@Module({})
export class PartiesModule {
  static forRoot(options: PartiesSettings): DynamicModule {
    return {
      module: PartiesModule,
      controllers: [PartiesController, KeysController, OidcController],
      providers: [
        { provide: PARTIES_FILE, useValue: options.partiesFile },
        { provide: OIDC_SETTINGS, useValue: options.oidc },
        { provide: RUN_OF_KEYS, useValue: options.runOfKeys },
        { provide: TOKEN_SECRET, useValue: options.tokenSecret },
        { provide: AUTHENTICATOR, useExisting: SessionAuthenticator },
        KeysRepository,
        KeysService,
        OidcService,
        PartiesService,
        SessionAuthenticator,
        SessionEnds,
        SessionEndsRepository,
        { provide: SignInLimit, useFactory: () => new SignInLimit() },
        SignInService,
        Reauthentication,
        TokensService,
        UsersRepository,
        DemoUsers,
      ],
      exports: [
        PartiesService,
        Reauthentication,
        SessionEnds,
        SessionEndsRepository,
        SignInService,
        TOKEN_SECRET,
        TokensService,
        DemoUsers,
        AUTHENTICATOR,
      ],
    };
  }
}
