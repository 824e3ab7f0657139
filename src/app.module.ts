import { Global, Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import type { Logger } from 'pino';
import { AlertsModule } from './modules/alerts/alerts.module.js';
import { AnalysisModule } from './modules/analysis/analysis.module.js';
import { AnnouncementsModule } from './modules/announcements/announcements.module.js';
import { DisseminationModule } from './modules/dissemination/dissemination.module.js';
import { ExercisesModule } from './modules/exercises/exercises.module.js';
import type { OidcSettings } from './modules/parties/oidc.service.js';
import { PartiesModule } from './modules/parties/parties.module.js';
import { RealtimeModule } from './modules/realtime/realtime.module.js';
import { KEPT_DELIVERIES } from './modules/realtime/webhook-pruner.js';
import type { KeptDeliveries } from './modules/realtime/webhook-outbox.repository.js';
import { RelaysModule } from './modules/relays/relays.module.js';
import { RestraintModule } from './modules/restraint/restraint.module.js';
import type { DemoSettings } from './modules/runs/demo.controller.js';
import { RunNamePipe } from './modules/runs/run-name.pipe.js';
import { drillWatch } from './modules/runs/watches.js';
import { RunsModule } from './modules/runs/runs.module.js';
import { DatabaseModule } from './platform/database/database.module.js';
import { HealthController } from './platform/health/health.controller.js';
import { Stopping } from './platform/health/stopping.js';
import { Vitals } from './platform/health/vitals.js';
import { AccessGuard } from './platform/http/access.guard.js';
import { OutageInterceptor } from './platform/http/outage.interceptor.js';
import { ProblemFilter } from './platform/http/problem.filter.js';
import { LOGGER } from './platform/logging/logger.js';
import { METRICS_SETTINGS, type MetricsSettings } from './platform/metrics/metrics-access.js';
import { MetricsController } from './platform/metrics/metrics.controller.js';
import { Metrics } from './platform/metrics/metrics.js';
import { GuardedHttp, TARGETS, type TargetSettings } from './platform/net/guarded-http.js';
import { CapWorkers } from './platform/xml/cap-workers.js';
import { SIGNATURES, type SignatureSettings } from './platform/xml/sign-xml.js';
import { AuditSealer } from './platform/audit/audit-sealer.js';
import { Canary } from './platform/queue/canary.js';
import { SIGNING, type SigningSettings } from './platform/signing/signer.js';
import { QUEUE_CONNECTION, Queue, type QueueConnection } from './platform/queue/queue.js';

export interface AppSettings {
  databaseUrl: string;
  queue: QueueConnection;
  logger: Logger;
  tokenSecret: string;
  partiesFile: string;
  scenariosDir: string;
  demo: DemoSettings;
  signing: SigningSettings;
  metrics: MetricsSettings;
  targets: TargetSettings;
  keptDeliveries: KeptDeliveries;
  /** Of CAP documents. */
  signatures: SignatureSettings;
  oidc?: OidcSettings;
  allowActual: boolean;
}

/** What every module uses. */
@Global()
@Module({})
class PlatformModule {
  static forRoot({ logger, queue, signing, metrics, targets, keptDeliveries, signatures }: AppSettings): DynamicModule {
    return {
      module: PlatformModule,
      providers: [
        { provide: LOGGER, useValue: logger },
        { provide: QUEUE_CONNECTION, useValue: queue },
        { provide: METRICS_SETTINGS, useValue: metrics },
        { provide: SIGNING, useValue: signing },
        { provide: SIGNATURES, useValue: signatures },
        { provide: TARGETS, useValue: targets },
        { provide: KEPT_DELIVERIES, useValue: keptDeliveries },
        AuditSealer,
        Canary,
        { provide: CapWorkers, useFactory: () => new CapWorkers() },
        GuardedHttp,
        Metrics,
        Queue,
        Stopping,
        Vitals,
      ],
      exports: [
        KEPT_DELIVERIES,
        LOGGER,
        METRICS_SETTINGS,
        SIGNATURES,
        SIGNING,
        TARGETS,
        CapWorkers,
        GuardedHttp,
        Metrics,
        Queue,
        Stopping,
        Vitals,
      ],
    };
  }
}

/** The whole service; which parts of it work is decided by who starts it. */
@Module({})
export class AppModule {
  static forRoot(settings: AppSettings): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.forRoot(settings),
        DatabaseModule.forRoot(settings.databaseUrl),
        PartiesModule.forRoot({ ...settings, runOfKeys: drillWatch(settings.allowActual) }),
        RunsModule.forRoot(settings),
        AnnouncementsModule,
        RestraintModule,
        AlertsModule,
        RelaysModule,
        DisseminationModule,
        ExercisesModule,
        AnalysisModule,
        RealtimeModule,
      ],
      controllers: [HealthController, MetricsController],
      providers: [
        { provide: APP_PIPE, useClass: RunNamePipe },
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_INTERCEPTOR, useClass: OutageInterceptor },
        { provide: APP_FILTER, useClass: ProblemFilter },
      ],
    };
  }
}
